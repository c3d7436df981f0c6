import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { clientFields } from '../../core/settings/client-fields.ts'
import { numberSettings, textSettings } from '../../core/settings/table.ts'
import { parseStage } from '../../infra/stage.ts'
import { stageFields } from '../../infra/stage-fields.ts'
import { toStageSchema } from '../../pages/stage-schema.ts'

const dev: Readonly<Record<string, unknown>> = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'stages', 'dev.json'), 'utf8'),
)
const [web] = dev['clients'] as readonly Readonly<Record<string, unknown>>[]
const schema = toStageSchema()
const isStage = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)

/** Values that are of no use at any place. */
const bad: readonly unknown[] = [{ a: 1 }, null, -1, '\u0000', ['\u0000']]

test('the example is a stage by the schema that it names', () => {
  assert.equal(dev['$schema'], './stage.schema.json')
  assert.ok(isStage(dev), JSON.stringify(isStage.errors))
  assert.ok(parseStage(dev).ok)
})

test('the schema knows every field of a stage, a client and the settings, and no other', () => {
  const { evidenceTable: _, ...texts } = textSettings
  const own = { $schema: '', clients: '', ...stageFields, ...numberSettings, ...texts }
  assert.deepEqual(Object.keys(schema['properties'] as object).sort(), Object.keys(own).sort())
  assert.ok(!isStage({ ...dev, regoin: 'eu-central-1' }))
  assert.ok(!isStage({ ...dev, clients: [{ ...web, orgins: [] }] }))
})

test('what the schema refuses of a field, the check of the stage refuses, too', () => {
  const changed = [
    ...['clients', ...Object.keys(stageFields)].flatMap((name) =>
      bad.map((value) => ({ ...dev, [name]: value })),
    ),
    ...Object.keys(clientFields).flatMap((name) =>
      bad.map((value) => ({ ...dev, clients: [{ ...web, [name]: value }] })),
    ),
  ].filter((stage) => !isStage(stage))
  // Null leaves a field at its default: the check of the stage is milder there.
  const milder = changed.filter((stage) => parseStage(stage).ok)
  assert.ok(changed.length > 100, `${changed.length}`)
  for (const stage of milder) assert.match(JSON.stringify(stage), /:null/)
})

test('required fields are required', () => {
  for (const name of ['region', 'clients']) {
    const { [name]: _, ...rest } = dev
    assert.ok(!isStage(rest), name)
  }
  for (const name of ['name', 'clientId', 'secretId', 'domain', 'origins']) {
    const { [name]: _, ...rest } = web ?? {}
    assert.ok(!isStage({ ...dev, clients: [rest] }), name)
  }
})

test('a stage of a second Region needs no clients of its own', () => {
  assert.ok(isStage({ region: 'eu-west-1', replicaOf: 'prod' }), JSON.stringify(isStage.errors))
})

test('defaults are those that a stage gets', () => {
  const parsed = parseStage({ region: dev['region'], clients: dev['clients'] })
  assert.ok(parsed.ok)
  const { stage } = parsed
  const properties = schema['properties'] as Readonly<Record<string, { default?: unknown }>>
  for (const name of Object.keys(stageFields) as (keyof typeof stageFields)[]) {
    if (name !== 'region') assert.deepEqual(properties[name]?.default, stage[name], name)
  }
})
