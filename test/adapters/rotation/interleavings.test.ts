// Whatever is killed, throttled, lost, repeated or done at the same time, a rotation ends with a secret that works.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openRotatorOver } from '../../../adapters/rotation/rotator.ts'
import {
  type Boundary,
  isTaken,
  openModel,
  putVersion,
  type RotationModel,
  toParts,
} from '../../fixtures/adapters/rotation-model.ts'
import { assertRotations } from '../../fixtures/adapters/rotation-worlds.ts'
import {
  calm,
  current,
  forever,
  limits,
  open,
  target,
  token,
} from '../../fixtures/adapters/sample-rotation.ts'

test('a rotation that is killed, throttled and repeated at any call ends well: 300 rotations in 100 worlds', (t) =>
  assertRotations(t, 100, 3))

/** A rotation that is ready for its finish. */
async function openTested(): Promise<RotationModel> {
  const model = openModel()
  putVersion(model, token, undefined, 'AWSPENDING')
  for (const goal of ['create', 'set', 'test'] as const) {
    await open(model).run(target, goal, token, forever)
  }
  return model
}

/** A rotator that does something else just before it makes a call for the first time. */
function openBefore(model: RotationModel, call: string, work: () => Promise<unknown>) {
  let isFirst = true
  const before: Boundary['before'] = async (made) => {
    if (made === call && isFirst) {
      isFirst = false
      await work()
    }
    return undefined
  }
  return openRotatorOver(toParts(model, { ...calm, before }), limits)
}

test('a cancel in the moment of a finish leaves what works current, whichever of the two is later', async () => {
  for (const later of ['finish', 'cancel'] as const) {
    const model = await openTested()
    const before = current(model)
    const earlier = later === 'finish' ? 'cancel' : 'finish'
    const call = later === 'finish' ? 'update_secret_version_stage' : 'delete_client_secret'
    const inBetween = () => open(model).run(target, earlier, token, forever)
    const { did } = await openBefore(model, call, inBetween).run(target, later, token, forever)
    assert.ok(did.includes('restored'), later)
    assert.equal(current(model), before, later)
    assert.ok(isTaken(model, current(model) ?? ''), later)
    assert.equal(model.active.length, 1, later)
  }
})

test('a cancel just before the new secret is added leaves none at Cognito that no version names', async () => {
  const model = openModel()
  model.spreadMs = 30_000
  putVersion(model, token, undefined, 'AWSPENDING')
  await open(model).run(target, 'create', token, forever)
  const cancel = () => open(model).run(target, 'cancel', '', forever)
  const rotator = openBefore(model, 'add_client_secret', cancel)
  const { did, failure } = await rotator.run(target, 'set', token, forever)
  assert.deepEqual([...did, failure?.evidence], ['added', 'deleted', ['absent']])
  assert.equal(model.active.length, 1)
  assert.ok(isTaken(model, current(model) ?? ''))
})
