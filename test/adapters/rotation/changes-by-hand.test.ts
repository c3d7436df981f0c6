// What somebody does by hand, or invokes out of turn, while a rotation or its overlap is under way.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Goal } from '../../../core/rotation/choose.ts'
import { rotationSteps } from '../../../core/rotation/event.ts'
import {
  addSecret,
  deleteSecret,
  isTaken,
  labelled,
  openModel,
  putVersion,
  type RotationModel,
} from '../../fixtures/adapters/rotation-model.ts'
import {
  current,
  token as first,
  forever,
  open as openOver,
  target,
} from '../../fixtures/adapters/sample-rotation.ts'

const second = 'a-token-of-secrets-manager-000002'

function open(forgetMs: number) {
  const model = openModel()
  model.forgetMs = forgetMs
  const rotator = openOver(model)
  const run = (goal: Goal, token = '') => rotator.run(target, goal, token, forever)
  const rotate = async (token: string) => {
    putVersion(model, token, undefined, 'AWSPENDING')
    for (const step of rotationSteps) assert.equal((await run(step, token)).failure, undefined)
    model.rotatedAtMs = model.nowMs
  }
  return { model, run, rotate }
}

const values = ({ active }: RotationModel) => active.map(({ value }) => value)

async function openCancelled() {
  const opened = open(10_000)
  const { model, run } = opened
  putVersion(model, first, undefined, 'AWSPENDING')
  for (const goal of ['create', 'set'] as const) await run(goal, first)
  assert.deepEqual((await run('cancel')).did, ['deleted', 'unlabelled'])
  return opened
}

test('a step set that comes after its rotation was cancelled deletes nothing that it has not added', async () => {
  const { model, run, rotate } = await openCancelled()
  await rotate(second)
  const before = values(model)
  assert.deepEqual((await run('set', first)).did, [])
  assert.deepEqual(values(model), before)
})

test('nor does it delete what somebody has added by hand', async () => {
  const { model, run } = await openCancelled()
  addSecret(model, 'a0secret0that0somebody0added')
  assert.deepEqual((await run('set', first)).did, [])
  assert.ok(values(model).includes('a0secret0that0somebody0added'))
})

test('a current secret that somebody deletes during the overlap is replaced by the old one, and never added again', async () => {
  for (const goal of ['end_overlap', 'watch'] as const) {
    const { model, run, rotate } = open(10_000)
    const [old = ''] = values(model)
    await rotate(first)
    const deleted = current(model) ?? ''
    deleteSecret(model, model.active.find(({ value }) => value === deleted)?.id ?? '')
    assert.deepEqual((await run(goal)).did, ['unlabelled', 'restored'], goal)
    assert.equal(current(model), old)
    for (const step of rotationSteps) await run(step, first)
    assert.equal(current(model), old, 'the rotation is over')
    model.nowMs += 60_000
    await rotate(second)
    assert.ok(!isTaken(model, deleted) && ![old, deleted].includes(current(model) ?? ''))
  }
})

test('an old value that somebody makes current again stays, although its text names what it once replaced', async () => {
  const { model, run, rotate } = open(60_000)
  const [old = ''] = values(model)
  await rotate(first)
  const text = labelled(model, 'AWSCURRENT')?.[1].text ?? ''
  const deleted = current(model) ?? ''
  deleteSecret(model, model.active.find(({ value }) => value === deleted)?.id ?? '')
  putVersion(model, 'by-hand', text.replace(deleted, old), 'AWSCURRENT')
  for (const [goal, wanted] of [
    ['end_overlap', []],
    ['watch', []],
    ['cancel', ['unlabelled']],
  ] as const) {
    const { did, failure } = await run(goal)
    assert.deepEqual([did, failure], [wanted, undefined], goal)
  }
  assert.equal(current(model), old)
})

test('nor is its secret deleted as the one that it replaces, once the overlap is over', async () => {
  const { model, run, rotate } = open(0)
  const [old = ''] = values(model)
  await rotate(first)
  const text = labelled(model, 'AWSCURRENT')?.[1].text ?? ''
  putVersion(model, 'by-hand', text.replace(current(model) ?? '', old), 'AWSCURRENT')
  model.nowMs += 2 * 86_400_000
  assert.deepEqual((await run('end_overlap')).did, [])
  assert.ok(isTaken(model, current(model) ?? ''))
})

test('a step set that is repeated adds no current secret again that somebody has deleted', async () => {
  const { model, run, rotate } = open(0)
  await rotate(first)
  const deleted = current(model) ?? ''
  deleteSecret(model, model.active.find(({ value }) => value === deleted)?.id ?? '')
  assert.deepEqual((await run('set', first)).did, [])
  assert.ok(!isTaken(model, deleted))
})
