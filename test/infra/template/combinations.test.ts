import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { toTemplate } from '../../../infra/deployment.ts'
import { chooseSeed } from '../../fixtures/core/seeded-random.ts'
import { findOrganisationFaults } from '../../fixtures/infra/organisation.ts'
import { exampleStages } from '../../fixtures/infra/packaged-stages.ts'
import { type Combinations, combineStages } from '../../fixtures/infra/stage-combinations.ts'
import { findPolicyFaults } from '../../fixtures/infra/template-policy.ts'
import {
  findDanglingReferences,
  findEnforcedDependencies,
} from '../../fixtures/infra/template-references.ts'
import { findSchemaFaults } from '../../fixtures/infra/template-schema.ts'
import type { Json } from '../../fixtures/infra/template-tree.ts'

// What packaging writes is this template with the place of the code: doors.test.ts compares them. The seed comes from
// process.env.SEED where it is set.
const seed = chooseSeed()
let combinations: Combinations
let templates: readonly (readonly [settings: string, template: Json])[]
before(() => {
  combinations = combineStages(Object.values(exampleStages), seed)
  templates = combinations.stages.map((stage) => {
    const template = toTemplate(stage, () => ({ S3Bucket: 'bucket', S3Key: 'key' }))
    const { environment, settings, ...fields } = stage
    return [`SEED=${seed}: ${JSON.stringify(fields)}`, JSON.parse(JSON.stringify(template))]
  })
})

test('every value of every field of a stage is combined with those of the others', () => {
  const missing = combinations.choices.filter((choice) => !combinations.met.has(choice))
  assert.deepEqual(missing, [], `SEED=${seed}`)
  assert.ok(combinations.choices.length > 40)
})

for (const find of [
  findSchemaFaults,
  findPolicyFaults,
  findDanglingReferences,
  findEnforcedDependencies,
]) {
  test(`the template of every combination passes ${find.name}`, () => {
    for (const [settings, template] of templates) {
      assert.deepEqual(find(template), [], settings)
    }
  })
}

test('every combination has the tags, boundary, path and keys of its stage', () => {
  for (const [index, stage] of combinations.stages.entries()) {
    const [settings, template] = templates[index] ?? assert.fail()
    assert.deepEqual(findOrganisationFaults(template, stage), [], settings)
  }
})
