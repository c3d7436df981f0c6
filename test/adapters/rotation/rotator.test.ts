import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openRotatorOver } from '../../../adapters/rotation/rotator.ts'
import { failStep } from '../../../core/causes/rotation.ts'
import type { RotationRun } from '../../../core/rotation/report.ts'
import {
  addSecret,
  deleteSecret,
  isTaken,
  labelled,
  openModel,
  putVersion,
  type RotationModel,
  toParts,
  toText,
  toVersionValue,
} from '../../fixtures/adapters/rotation-model.ts'
import {
  calm,
  current,
  forever,
  limits,
  open,
  target,
  token,
} from '../../fixtures/adapters/sample-rotation.ts'

const cookieKey = { is: 'cookie_key', secretId: 'key' } as const

/** A secret without any version, at a client with its first secret. */
function openUnfilled(): RotationModel {
  const model = openModel()
  model.versions.clear()
  return model
}

async function fill(model: RotationModel) {
  const runs: RotationRun[] = []
  const last = await open(model).fill(target, (run) => runs.push(run))
  return { last, did: runs.flatMap((run) => run.did) }
}

test('a secret without a value is filled with what Cognito describes', async () => {
  const model = openUnfilled()
  const { last, did } = await fill(model)
  assert.equal(last.failure, undefined)
  assert.deepEqual(did, ['stored_described', 'promoted'])
  assert.equal(current(model), model.described)
  assert.equal(model.active.length, 1)
})

test('a secret without a value is filled with a second secret where Cognito describes none', async () => {
  const model = openUnfilled()
  model.described = undefined
  const { last, did } = await fill(model)
  assert.equal(last.failure, undefined)
  assert.deepEqual(did, ['stored', 'added', 'promoted'])
  assert.ok(isTaken(model, current(model) ?? ''))
  assert.equal(model.active.length, 2)
})

test('a secret that works is not filled', async () => {
  const model = openModel()
  const { last, did } = await fill(model)
  assert.equal(last.failure, undefined)
  assert.deepEqual(did, [])
})

test('an interrupted fill that had stored a value continues with that value', async () => {
  const model = openUnfilled()
  model.described = undefined
  await open(model).run(target, 'create', token, forever)
  const stored = toVersionValue(model.versions.get(token))
  const { last, did } = await fill(model)
  assert.equal(last.failure, undefined)
  assert.deepEqual(did, ['added', 'promoted'])
  assert.equal(current(model), stored)
})

test('a fill says why it has ended', async () => {
  const model = openUnfilled()
  model.described = undefined
  addSecret(model, 'a0secret0that0somebody0added')
  const { last } = await fill(model)
  assert.equal(last.failure?.cause, 'rotation_current_rejected')
  assert.deepEqual(last.failure?.evidence, ['current_missing'])
})

test('a secret that spreads too slowly fails the step with its cause, and a repeat goes on', async () => {
  const model = openModel()
  model.spreadMs = 400_000
  putVersion(model, token, undefined, 'AWSPENDING')
  const rotator = open(model)
  const before = current(model)
  for (const goal of ['create', 'set'] as const) await rotator.run(target, goal, token, forever)
  const causes: unknown[] = []
  for (let turn = 0; turn < 3; turn += 1) {
    const startedAtMs = model.nowMs
    const run = await rotator.run(target, 'test', token, forever)
    causes.push(run.failure?.cause)
    assert.ok(model.nowMs - startedAtMs <= 188_000)
    assert.equal(current(model), before)
  }
  assert.deepEqual(causes, ['rotation_not_spread', 'rotation_not_spread', undefined])
  await rotator.run(target, 'finish', token, forever)
  assert.notEqual(current(model), before)
})

test('the wait for a secret to spread ends before Lambda does', async () => {
  const model = openModel()
  model.spreadMs = 30_000
  putVersion(model, token, undefined, 'AWSPENDING')
  const rotator = open(model)
  for (const goal of ['create', 'set'] as const) await rotator.run(target, goal, token, forever)
  const endsAtMs = model.nowMs + 15_000
  const run = await rotator.run(target, 'test', token, () => endsAtMs - model.nowMs)
  assert.equal(run.failure?.cause, 'rotation_not_spread')
  assert.ok(model.nowMs < endsAtMs - 5000)
  assert.equal((await rotator.run(target, 'test', token, forever)).failure, undefined)
})

test('a stuck rotation is undone, with the secret that it has added', async () => {
  const model = openModel()
  putVersion(model, token, undefined, 'AWSPENDING')
  const rotator = open(model)
  for (const goal of ['create', 'set'] as const) await rotator.run(target, goal, token, forever)
  assert.equal(model.active.length, 2)
  const { did } = await rotator.run(target, 'cancel', '', forever)
  assert.deepEqual(did, ['deleted', 'unlabelled'])
  assert.deepEqual(
    model.active.map(({ value }) => value),
    [current(model)],
  )
})

test('a rotation that goes on after a half-done cancel makes its value current only once it has spread again', async () => {
  const model = openModel()
  model.spreadMs = 30_000
  model.forgetMs = 10_000
  putVersion(model, token, undefined, 'AWSPENDING')
  const rotator = open(model)
  for (const goal of ['create', 'set', 'test'] as const) {
    await rotator.run(target, goal, token, forever)
  }
  // The secret is deleted at Cognito, and the label AWSPENDING stays.
  const isLost = (call: string) => call === 'delete_client_secret'
  const after = (call: string) => (isLost(call) ? failStep('rotation_unanswered') : undefined)
  const interrupted = openRotatorOver(toParts(model, { ...calm, after }), limits)
  const { failure } = await interrupted.run(target, 'cancel', '', forever)
  assert.equal(failure?.cause, 'rotation_unanswered')
  assert.equal(model.active.length, 1)
  for (const goal of ['set', 'test', 'finish'] as const) {
    assert.equal((await rotator.run(target, goal, token, forever)).failure, undefined)
  }
  assert.equal(labelled(model, 'AWSCURRENT')?.[0], token)
  // By now Cognito has forgotten what was deleted.
  model.nowMs += model.forgetMs
  assert.ok(isTaken(model, current(model) ?? ''))
})

test('a secret that was just deleted by hand but still works causes no loss of another one', async () => {
  const model = openModel()
  model.forgetMs = 20_000
  addSecret(model, 'a0secret0that0somebody0added')
  const [original] = model.active
  deleteSecret(model, original?.id ?? '')
  putVersion(model, token, undefined, 'AWSPENDING')
  const rotator = open(model)
  for (const goal of ['create', 'set', 'test', 'finish'] as const) {
    await rotator.run(target, goal, token, forever)
  }
  model.rotatedAtMs = model.nowMs
  model.nowMs += 86_400_000
  const run = await rotator.run(target, 'end_overlap', '', forever)
  assert.deepEqual(run.failure, {
    ...{ ok: false, cause: 'rotation_slot_taken', evidence: ['other_not_proved'] },
  })
  assert.equal(model.active.length, 2)
})

test('a cookie key becomes current once every sandbox has read it, and not before', async () => {
  const model = openModel()
  model.active = []
  model.versions.clear()
  putVersion(model, 'first', 'k'.repeat(43), 'AWSCURRENT')
  putVersion(model, token, undefined, 'AWSPENDING')
  const rotator = open(model)
  await rotator.run(cookieKey, 'create', token, forever)
  const storedAtMs = model.nowMs
  await rotator.run(cookieKey, 'set', token, forever)
  const early = await rotator.run(cookieKey, 'finish', token, forever)
  assert.equal(early.failure?.cause, 'rotation_not_spread')
  const hasty = await rotator.run(cookieKey, 'test', token, () => 300_000)
  assert.deepEqual(hasty.failure?.evidence, ['readers_behind'])
  const patient = await rotator.run(cookieKey, 'test', token, () => 600_000)
  assert.equal(patient.failure, undefined)
  assert.equal(model.nowMs - storedAtMs, 333_000)
  const { did, activeSecrets } = await rotator.run(cookieKey, 'finish', token, forever)
  assert.deepEqual([did, activeSecrets], [['promoted'], undefined])
  assert.match(labelled(model, 'AWSCURRENT')?.[1].text ?? '', /^[\w+/]{43}=$/)
  assert.equal(labelled(model, 'AWSPREVIOUS')?.[0], 'first')
})

test('the text of a version keeps the fields that an operator has put there', async () => {
  const model = openModel()
  const text = JSON.parse(toText(model.described ?? ''))
  putVersion(model, 'imported', JSON.stringify({ ...text, owner: 'shop' }), 'AWSCURRENT')
  putVersion(model, token, undefined, 'AWSPENDING')
  await open(model).run(target, 'create', token, forever)
  const stored = JSON.parse(model.versions.get(token)?.text ?? '')
  assert.deepEqual(Object.keys(stored), [
    'client_id',
    'client_secret',
    'owner',
    'replaces',
    'of_version',
  ])
})
