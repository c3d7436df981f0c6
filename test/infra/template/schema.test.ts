import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { routes } from '../../../core/http-api.ts'
import { toDeployNames } from '../../../infra/deploy/names.ts'
import { listResourceRights } from '../../../infra/deploy/resource-rights.ts'
import { listRights } from '../../../infra/deploy/rights.ts'
import { toStackName } from '../../../infra/physical-names.ts'
import { readPackagedApi } from '../../../local/gateway/packaged-api.ts'
import { readEmitted } from '../../fixtures/infra/emitted.ts'
import { findOrganisationFaults } from '../../fixtures/infra/organisation.ts'
import {
  packageStages,
  planStages,
  type StageTemplate,
} from '../../fixtures/infra/packaged-stages.ts'
import type { Template } from '../../fixtures/infra/packaging.ts'
import { toStatefulResources } from '../../fixtures/infra/stateful-resources.ts'
import { findFormulas, findMetrics } from '../../fixtures/infra/template-metrics.ts'
import { findUnknownNames } from '../../fixtures/infra/template-names.ts'
import { toTemplateOf } from '../../fixtures/infra/template-of-stage.ts'
import { findPolicyFaults } from '../../fixtures/infra/template-policy.ts'
import { findQueries } from '../../fixtures/infra/template-queries.ts'
import {
  findDanglingReferences,
  findEnforcedDependencies,
} from '../../fixtures/infra/template-references.ts'
import { findSchemaFaults } from '../../fixtures/infra/template-schema.ts'
import type { JsonObject } from '../../fixtures/infra/template-tree.ts'

/** What toStatefulResources made of the template of that release, with the table, for a stage `everything`. */
const fixtures = join(import.meta.dirname, '..', '..', 'fixtures', 'infra')
const released: JsonObject = JSON.parse(
  readFileSync(join(fixtures, 'stateful-1.0.0-rc.1.json'), 'utf8'),
)

const caller = { account: '123456789012', partition: 'aws' }

/** The bucket of osls, and what says where it is. */
const ofOsls = [
  'ServerlessDeploymentBucket',
  'ServerlessDeploymentBucketPolicy',
  'ServerlessDeploymentBucketName',
]

/** Resources and outputs without what osls adds, and with one name for every version of a function. */
function withoutOsls({ Resources, Outputs }: Template): unknown {
  const hide = (key: string, value: unknown) =>
    ofOsls.includes(key) || key === 'Code' ? undefined : value
  const text = JSON.stringify({ Resources, Outputs }, hide)
  return JSON.parse(text.replaceAll(/Version[0-9a-f]{16}/g, 'Version'))
}

describe('the template of every stage', () => {
  let packaged: readonly (readonly [string, StageTemplate])[]
  let stages: readonly (readonly [string, StageTemplate])[]
  before(async () => {
    packaged = Object.entries(await packageStages())
    stages = [...packaged, ...Object.entries(planStages())]
  })

  test('is packaged as it is planned: osls adds the code, its bucket and nothing else', () => {
    for (const [name, { template, stage }] of packaged) {
      const { Resources, Outputs } = template as unknown as Template
      assert.deepEqual(withoutOsls({ Resources, Outputs }), withoutOsls(toTemplateOf(stage)), name)
      for (const id of ofOsls) assert.ok(id in { ...Resources, ...Outputs }, id)
    }
  })

  test('needs no right for a resource that is not looked for beforehand', () => {
    for (const [name, { template, stage }] of packaged) {
      const { region, rolePath = '/' } = stage
      const at = { ...caller, region, rolePath, stack: toStackName(name) }
      const { Resources } = template as unknown as Template
      const needed = listResourceRights(Resources, at).flatMap(({ actions }) => actions)
      const asked = listRights(toDeployNames(name, stage), stage, caller).flatMap(
        ({ actions }) => actions,
      )
      assert.deepEqual(
        needed.filter((one) => !asked.includes(one)),
        [],
        name,
      )
    }
  })

  test('has only resources and properties that AWS knows, none missing, each of its type', () => {
    for (const [name, { template }] of stages)
      assert.deepEqual(findSchemaFaults(template), [], name)
  })

  test('refers only to its own resources and to existing attributes', () => {
    for (const [name, { template }] of stages) {
      assert.deepEqual(findDanglingReferences(template), [], name)
    }
  })

  test("depends on nothing that a reference enforces already, as AWS's linter wants it (W3005)", () => {
    for (const [name, { template }] of stages) {
      assert.deepEqual(findEnforcedDependencies(template), [], name)
    }
  })

  test('names only metrics, dimensions, units, fields and log groups that the code emits (OBS-06)', () => {
    for (const [name, { template, stage }] of stages) {
      assert.deepEqual(findUnknownNames(template, readEmitted(stage)), [], name)
    }
  })

  test('grants nothing on all resources, opens nothing to the public, and encrypts and expires stored data', () => {
    for (const [name, { template }] of stages) {
      assert.deepEqual(findPolicyFaults(template), [], name)
    }
  })

  test('replaces and deletes nothing stateful in an upgrade from the release before', () => {
    const template = Object.fromEntries(stages)['everything']?.template ?? {}
    const now = toStatefulResources(template)
    assert.ok(Object.keys(released).length > 5)
    for (const [id, resource] of Object.entries(released)) {
      assert.deepEqual(now[id], resource, id)
    }
  })

  test('has the tags, the boundary, the path and the keys of the stage wherever they belong', () => {
    for (const [name, { template, stage }] of stages) {
      assert.deepEqual(findOrganisationFaults(template, stage), [], name)
    }
  })

  test('is served by the local gateway in the same way, whether through an alias or not', () => {
    for (const [name, { template, stage }] of stages) {
      const api = readPackagedApi(template)
      assert.equal(api.routes.length, routes.length, name)
      assert.deepEqual(Object.keys(api.environments).sort(), ['metadata', 'oauth2'], name)
      const isAliased = JSON.stringify(template).includes('AWS::Lambda::Alias')
      assert.equal(isAliased, stage.gradualDeployment || stage.provisionedConcurrency > 0, name)
    }
  })

  test('names metrics, formulas and queries, so that there is something to hold', () => {
    for (const [name, { template }] of stages) {
      for (const find of [findMetrics, findFormulas, findQueries]) {
        assert.ok(find(template).length > 0, `${name}: ${find.name}`)
      }
    }
  })
})
