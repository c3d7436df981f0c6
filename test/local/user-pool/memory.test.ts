import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openMemoryStore } from '../../../local/user-pool/memory-store.ts'
import { openVisitor } from '../../fixtures/local/user-pool-visitor.ts'

const most = 5

function openStore() {
  const time = { nowMs: 0 }
  const store = openMemoryStore({
    clock: () => time.nowMs,
    graceMs: () => 0,
    maxEntriesPerModel: most,
  })
  const codes = store.adapterFor('AuthorizationCode')
  const add = (id: string, seconds = 300) => codes.upsert(id, { jti: id }, seconds)
  return { time, store, codes, add }
}

async function openBusyPool(t: TestContext) {
  const time = { shiftMs: 0 }
  const clock = () => Date.now() + time.shiftMs
  const visitor = await openVisitor({ clock, maxEntriesPerModel: most })
  t.after(() => visitor.close())
  const visit = async () => {
    const { refresh_token } = await visitor.tokens()
    const form = { grant_type: 'refresh_token', refresh_token }
    const answer = await visitor.post('/oauth2/token', form)
    assert.equal(answer.status, 200)
  }
  return { time, visitor, visit }
}

test('many sign-ins and refreshes leave no more of any kind than its bound', async (t) => {
  const { visitor, visit } = await openBusyPool(t)
  for (let count = 0; count < 4 * most; count += 1) await visit()
  const { pool } = visitor
  const sizes = Object.entries(pool.remembered()).filter(([, size]) => size > 0)
  for (const [model, size] of sizes) assert.ok(size <= most, `${size} of ${model}`)
  for (const model of ['AccessToken', 'AuthorizationCode', 'Grant', 'RefreshToken', 'Session']) {
    assert.ok(Object.hasOwn(pool.remembered(), model), model)
  }
})

test('codes that have expired are not kept until the bound is reached', async (t) => {
  const { time, visitor, visit } = await openBusyPool(t)
  for (let count = 0; count < most - 1; count += 1) await visit()
  assert.equal(visitor.pool.remembered()['AuthorizationCode'], most - 1)
  time.shiftMs = 301_000
  await visit()
  assert.equal(visitor.pool.remembered()['AuthorizationCode'], 1)
})

test('beyond the bound, the entry that was used least recently goes first', async () => {
  const { store, codes, add } = openStore()
  for (const id of ['one', 'two', 'three', 'four', 'five']) await add(id)
  assert.equal((await codes.find('one'))?.jti, 'one')
  await add('six')
  assert.equal(await codes.find('two'), undefined)
  assert.equal((await codes.find('one'))?.jti, 'one')
  assert.deepEqual(store.sizes(), { AuthorizationCode: most })
})

test('an entry that is written again counts once', async () => {
  const { store, add } = openStore()
  for (let count = 0; count < 3; count += 1) await add('one')
  assert.deepEqual(store.sizes(), { AuthorizationCode: 1 })
})

test('a new entry removes those that have expired', async () => {
  const { time, store, add } = openStore()
  await add('one', 10)
  await add('two', 20)
  time.nowMs = 10_000
  await add('three')
  assert.deepEqual(store.sizes(), { AuthorizationCode: 2 })
})
