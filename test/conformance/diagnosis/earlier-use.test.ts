// What was done with a code or refresh token before, in this sandbox and, by the table, in others.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import test, { type TestContext } from 'node:test'
import { openCanaries } from '../../fixtures/conformance/canaries.ts'
import {
  type Answered,
  assertFinding,
  type DiagnosedWorld,
  type DiagnosedWorldOptions,
  type ExpectedFinding,
  openDiagnosedWorld,
} from '../../fixtures/conformance/diagnosed-world.ts'
import {
  askAnotherSandbox,
  openTableRows,
  spendOnRecord,
} from '../../fixtures/conformance/table-rows.ts'
import { attemptUntilDone } from '../../fixtures/patience.ts'

async function open(t: TestContext, options: DiagnosedWorldOptions = {}) {
  const world = await openDiagnosedWorld(options)
  t.after(() => world.close())
  return world
}

async function openWithTable(t: TestContext, client = {}) {
  const world = await open(t, { hasTable: true, client })
  const rows = openTableRows(world.table)
  t.after(() => rows.close())
  return { world, rows }
}

const usedHere: ExpectedFinding = {
  cause: 'code_already_used',
  certainty: 'proved',
  evidence: ['code_spent_before'],
}
const usedElsewhere: ExpectedFinding = {
  cause: 'code_already_used',
  certainty: 'likely',
  evidence: ['code_seen_before'],
}

/** Says that nothing was known against this code. */
function assertUndetermined(answered: Answered, seen: readonly string[]) {
  const { cause, certainty, evidence } = answered.record
  assert.deepEqual([cause, certainty], ['code_rejected', 'undetermined'])
  assert.deepEqual(evidence, seen)
}

test('a code that is exchanged twice in one sandbox is proved to be used', async (t) => {
  const world = await open(t)
  const form = await world.codeForm()
  assert.equal((await world.ask(form)).reply.status, 200)
  for (const _ of ['the second time', 'the third time']) {
    assertFinding(await world.ask(form), usedHere)
  }
  assert.equal((await world.ask(await world.codeForm())).reply.status, 200)
})

test('without a table, another sandbox does not know of the first exchange', async (t) => {
  const world = await open(t)
  const form = await world.codeForm()
  await world.ask(form)
  world.gateway.coolDown()
  assertUndetermined(await world.ask(form), ['no_use_on_record', 'oauth_enabled'])
})

test('with a table, another sandbox has the proof once the first exchange has ended', async (t) => {
  const { world, rows } = await openWithTable(t)
  const form = await spendOnRecord(world, rows, world.codeForm)
  assertFinding(await askAnotherSandbox(world, form), usedHere)
})

const wrongVerifier = () => ({ code_verifier: randomBytes(32).toString('base64url') })

test('a code that was refused because of its verifier does not count as used in the same sandbox', async (t) => {
  const world = await open(t)
  const form = await world.codeForm()
  // What was described for the first refusal is too old to rule anything out for the next.
  for (const seen of [['no_use_on_record', 'oauth_enabled'], [], []]) {
    assertUndetermined(await world.ask({ ...form, ...wrongVerifier() }), seen)
  }
})

test('a code that was refused because of its verifier does not count as used in another sandbox', async (t) => {
  const { world } = await openWithTable(t)
  const form = await world.codeForm()
  for (const seen of [
    ['no_use_on_record', 'oauth_enabled'],
    ['oauth_enabled'],
    ['oauth_enabled'],
  ]) {
    assertUndetermined(await world.ask({ ...form, ...wrongVerifier() }), seen)
    world.gateway.coolDown()
  }
})

test('an exchange with a wrong verifier is never proved to be a second one, whatever the outcome of the right one', async (t) => {
  const { world } = await openWithTable(t)
  for (const isAtOnce of [true, false]) {
    const form = await world.codeForm()
    const right = world.ask(form)
    if (!isAtOnce) await right
    world.gateway.coolDown()
    const wrong = await world.ask({ ...form, ...wrongVerifier() })
    assert.notEqual(wrong.record['certainty'], 'proved')
    if (!isAtOnce) assertFinding(wrong, usedElsewhere)
    await right
  }
})

test('of two simultaneous exchanges one succeeds, and the other is refused because the code is used', async (t) => {
  const { world } = await openWithTable(t)
  const refused = await attemptUntilDone(async () => {
    const form = await world.codeForm()
    const both = await Promise.all([world.ask(form), world.ask(form)])
    assert.deepEqual(both.map(({ reply }) => reply.status).sort(), [200, 400])
    const one = both.find(({ reply }) => reply.status === 400)
    // On a busy machine the note of the other one may reach the table too late.
    return one?.record['certainty'] === 'undetermined' ? undefined : one
  })
  // Proved where the other has ended by then, and likely where it may still go on.
  assertFinding(refused, refused.record['certainty'] === 'proved' ? usedHere : usedElsewhere)
})

test('two exchanges at one moment that are both refused do not accuse each other', async (t) => {
  const { world } = await openWithTable(t)
  const form = await world.codeForm()
  const ask = () => world.ask({ ...form, ...wrongVerifier() })
  for (const { record } of await Promise.all([ask(), ask()])) {
    assert.deepEqual([record['cause'], record['certainty']], ['code_rejected', 'undetermined'])
  }
})

test('a first exchange of unknown fate makes the second only likely a double one', async (t) => {
  const world = await open(t, { env: { TOKEN_PROXY_DEADLINE_MS: '3000' } })
  const form = await world.codeForm()
  world.visitor.pool.breakWith('cut_body', 1)
  assert.equal((await world.ask(form)).record['cause'], 'cognito_connection_lost')
  world.visitor.pool.breakWith('code_used')
  assertFinding(await world.ask(form), usedElsewhere)
})

test('a refresh token that was replaced here is proved to be rotated out', async (t) => {
  const world = await open(t)
  world.visitor.client.refreshTokenRotation = { retryGracePeriodSeconds: 0 }
  const form = await world.refreshForm()
  const first = await world.ask(form)
  assert.notEqual(first.reply.body['refresh_token'], undefined)
  assertFinding(await world.ask(form), {
    cause: 'refresh_token_rotated_out',
    certainty: 'proved',
    evidence: ['token_rotated_before'],
  })
})

test('a refresh token that another sandbox had replaced is proved to be rotated out', async (t) => {
  const { world, rows } = await openWithTable(t, { refreshTokenRotation: 'on' })
  world.visitor.client.refreshTokenRotation = { retryGracePeriodSeconds: 0 }
  const form = await spendOnRecord(world, rows, world.refreshForm)
  assertFinding(await askAnotherSandbox(world, form), {
    cause: 'refresh_token_rotated_out',
    certainty: 'proved',
    evidence: ['token_rotated_before'],
  })
})

test('a refresh token that stays valid is refreshed with as often as one likes', async (t) => {
  const { world } = await openWithTable(t)
  const form = await world.refreshForm()
  for (const _ of [1, 2, 3]) assert.equal((await world.ask(form)).reply.status, 200)
  world.visitor.pool.breakWith('refresh_expired')
  const { record } = await world.ask(form)
  assert.deepEqual(
    [record['cause'], record['certainty']],
    ['refresh_token_rejected', 'undetermined'],
  )
})

test('a token revoked through one sandbox is likely to be revoked in another', async (t) => {
  const { world } = await openWithTable(t)
  const refused = await attemptUntilDone(async () => {
    const form = await world.refreshForm()
    const { client_id = '', refresh_token: token = '' } = form
    await world.ask({ client_id, token }, '/oauth2/revoke')
    world.gateway.coolDown()
    const answered = await world.ask(form)
    return answered.record['certainty'] === 'undetermined' ? undefined : answered
  })
  assertFinding(refused, {
    cause: 'refresh_token_revoked',
    certainty: 'likely',
    evidence: ['token_revoked_before'],
  })
})

test('a revocation that was refused revokes nothing in the memory either', async (t) => {
  const { world } = await openWithTable(t)
  const form = await world.refreshForm()
  const { client_id = '', refresh_token: token = '' } = form
  world.visitor.client.enableTokenRevocation = false
  assert.notEqual((await world.ask({ client_id, token }, '/oauth2/revoke')).reply.status, 200)
  assert.equal((await world.ask(form)).reply.status, 200)
  world.visitor.pool.breakWith('refresh_expired')
  assert.equal((await world.ask(form)).record['cause'], 'refresh_token_rejected')
})

/** Does one of everything, and gives what was spent. */
async function spendSome(world: DiagnosedWorld) {
  const code = await world.codeForm()
  await world.ask(code)
  await world.ask(code)
  const refresh = await world.refreshForm()
  await world.ask(refresh)
  const { client_id = '', refresh_token: token = '' } = refresh
  await world.ask({ client_id, token }, '/oauth2/revoke')
  return { code: code['code'] ?? '', token, verifier: code['code_verifier'] ?? '' }
}

test('the table contains digests that reveal nothing, each with its time to live', async (t) => {
  const { world, rows } = await openWithTable(t)
  const nowSeconds = Date.now() / 1000
  const canaries = openCanaries()
  canaries.add('client secret', world.visitor.client.secrets[0]?.value ?? '')
  let code = ''
  // A write that the function did not wait for is not there.
  const found = await attemptUntilDone(async () => {
    const spent = await spendSome(world)
    for (const [name, value] of Object.entries(spent)) canaries.add(name, value)
    code = spent.code
    const all = await rows.read()
    return all.length < 2 ? undefined : all
  })
  const text = JSON.stringify(found)
  assert.deepEqual(canaries.findIn(text), [])
  assert.deepEqual(canaries.findIn(Buffer.from(text).toString('hex')), [])
  assert.notDeepEqual(canaries.findIn(text + code), [], 'the scan would find one')
  for (const row of found) {
    assert.match(row['digest']?.S ?? '', /^[A-Za-z0-9_-]{43}$/)
    const lifeSeconds = Number(row['forgetAt']?.N) - nowSeconds
    assert.ok(lifeSeconds > 500 && lifeSeconds <= 86_460, `${lifeSeconds} s`)
    const known = ['digest', 'total', 'forgetAt', 'refused', 'spentBy', 'rotatedOut', 'revoked']
    assert.deepEqual(
      Object.keys(row).filter((name) => !known.includes(name)),
      [],
    )
  }
})
