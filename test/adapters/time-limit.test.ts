import assert from 'node:assert/strict'
import test from 'node:test'
import { waitWithin } from '../../adapters/time-limit.ts'

test('work that is done in time is returned, and nothing counts as late', async () => {
  const done = await waitWithin(Promise.resolve(1), 1000, () => assert.fail('it is not late'))
  assert.equal(done, 1)
})

test('work that is not done in time is given up, once', async () => {
  let late = 0
  const onLate = () => {
    late += 1
    return 'late'
  }
  for (const waitMs of [5, 0, -5]) {
    assert.equal(await waitWithin(new Promise(() => {}), waitMs, onLate), 'late')
  }
  assert.equal(late, 3)
})
