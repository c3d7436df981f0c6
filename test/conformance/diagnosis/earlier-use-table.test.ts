// What was done with a code or refresh token before, in any sandbox: the table says so.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openCanaries } from '../../fixtures/conformance/canaries.ts'
import {
  assertUndetermined,
  toWrongVerifier,
  usedElsewhere,
  usedHere,
} from '../../fixtures/conformance/code-uses.ts'
import {
  type Answered,
  assertFinding,
  type DiagnosedWorld,
  openTestWorld,
} from '../../fixtures/conformance/diagnosed-world.ts'
import { judgeInTime } from '../../fixtures/conformance/in-time.ts'
import {
  assertElsewhere,
  openTableRows,
  type Row,
  spendOnRecord,
} from '../../fixtures/conformance/table-rows.ts'

async function openWithTable(t: TestContext, client = {}) {
  const world = await openTestWorld(t, { hasTable: true, client })
  const rows = openTableRows(world.table)
  t.after(() => rows.close())
  return { world, rows }
}

test('another sandbox has the proof once the first exchange has ended', async (t) => {
  const { world, rows } = await openWithTable(t)
  const form = await spendOnRecord(world, rows, world.codeForm)
  await assertElsewhere(world, form, usedHere)
})

test('a code that was refused because of its verifier does not count as used in another sandbox', async (t) => {
  const { world } = await openWithTable(t)
  const ask = async () => {
    const form = await world.codeForm()
    const answers: Answered[] = []
    for (const _ of [1, 2, 3]) {
      answers.push(await world.ask({ ...form, ...toWrongVerifier() }))
      world.gateway.coolDown()
    }
    return answers
  }
  await judgeInTime(ask, (answers) => {
    const seen = [['no_use_on_record', 'oauth_enabled'], ['oauth_enabled'], ['oauth_enabled']]
    for (const [index, answered] of answers.entries()) {
      assertUndetermined(answered, seen[index] ?? [])
    }
  })
})

test('an exchange with a wrong verifier is never proved to be a second one, beside the right one or after it', async (t) => {
  const { world, rows } = await openWithTable(t)
  const form = await world.codeForm()
  const right = world.ask(form)
  world.gateway.coolDown()
  const wrong = await world.ask({ ...form, ...toWrongVerifier() })
  assert.notEqual(wrong.record['certainty'], 'proved')
  await right
  const spent = await spendOnRecord(world, rows, world.codeForm)
  await assertElsewhere(world, { ...spent, ...toWrongVerifier() }, usedElsewhere)
})

test('of two simultaneous exchanges one succeeds, and the other is refused because the code is used', async (t) => {
  const { world } = await openWithTable(t)
  const ask = async () => {
    const form = await world.codeForm()
    return Promise.all([world.ask(form), world.ask(form)])
  }
  await judgeInTime(ask, (both) => {
    assert.deepEqual(both.map(({ reply }) => reply.status).sort(), [200, 400])
    const refused = both.find(({ reply }) => reply.status === 400)
    assert.ok(refused)
    // Proved where the other has ended by then, and likely where it may still go on.
    const isProved = refused.record['certainty'] === 'proved'
    assertFinding(refused, isProved ? usedHere : usedElsewhere)
  })
})

/** So long a refusal waits for another exchange that has not ended yet, in milliseconds. */
const settlingMs = 150

test('two exchanges at one moment that are both refused do not accuse each other', async (t) => {
  const { world } = await openWithTable(t)
  const ask = async () => {
    const form = { ...(await world.codeForm()), ...toWrongVerifier() }
    return Promise.all([world.ask(form), world.ask(form)])
  }
  const judge = (both: readonly Answered[]) => {
    for (const { record } of both) {
      assert.deepEqual([record['cause'], record['certainty']], ['code_rejected', 'undetermined'])
    }
  }
  await judgeInTime(ask, judge, ({ record }) => Number(record['total_ms']) >= settlingMs)
})

test('a refresh token that another sandbox had replaced is proved to be rotated out', async (t) => {
  const { world, rows } = await openWithTable(t, { refreshTokenRotation: 'on' })
  world.visitor.client.refreshTokenRotation = { retryGracePeriodSeconds: 0 }
  const form = await spendOnRecord(world, rows, world.refreshForm)
  await assertElsewhere(world, form, {
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
  const ask = async () => {
    const form = await world.refreshForm()
    const revoked = await world.revoke(form)
    world.gateway.coolDown()
    return [revoked, await world.ask(form)] as const
  }
  await judgeInTime(ask, ([revoked, refused]) => {
    assert.equal(revoked?.reply.status, 200)
    assert.ok(refused)
    assertFinding(refused, {
      cause: 'refresh_token_revoked',
      certainty: 'likely',
      evidence: ['token_revoked_before'],
    })
  })
})

test('a revocation that was refused revokes nothing in the memory either', async (t) => {
  const { world } = await openWithTable(t)
  const form = await world.refreshForm()
  world.visitor.client.enableTokenRevocation = false
  assert.notEqual((await world.revoke(form)).reply.status, 200)
  assert.equal((await world.ask(form)).reply.status, 200)
  world.visitor.pool.breakWith('refresh_expired')
  assert.equal((await world.ask(form)).record['cause'], 'refresh_token_rejected')
})

/** Does one of everything, and gives what was spent. */
async function spendSome(world: DiagnosedWorld) {
  const code = await world.codeForm()
  const refresh = await world.refreshForm()
  const answers = [
    await world.ask(code),
    await world.ask(code),
    await world.ask(refresh),
    await world.revoke(refresh),
  ]
  return {
    answers,
    secrets: {
      code: code['code'] ?? '',
      token: refresh['refresh_token'] ?? '',
      verifier: code['code_verifier'] ?? '',
    },
  }
}

test('the table contains digests that reveal nothing, each with its time to live', async (t) => {
  const { world, rows } = await openWithTable(t)
  const nowSeconds = Date.now() / 1000
  const canaries = openCanaries()
  canaries.add('client secret', world.visitor.client.secrets[0]?.value ?? '')
  let code = ''
  let known: readonly Row[] = []
  const found = await judgeInTime(
    async () => {
      known = await rows.read()
      const spent = await spendSome(world)
      for (const [name, value] of Object.entries(spent.secrets)) canaries.add(name, value)
      code = spent.secrets.code
      return spent.answers
    },
    async () => {
      const isKnown = (row: Row) => known.some(({ digest }) => digest?.S === row['digest']?.S)
      const added = (await rows.read()).filter((row) => !isKnown(row))
      // The refresh adds none: its token stays the same.
      assert.equal(added.length, 2)
      return added
    },
  )
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
