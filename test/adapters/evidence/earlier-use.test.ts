import assert from 'node:assert/strict'
import test from 'node:test'
import { type EarlierUses, openEarlierUses } from '../../../adapters/evidence/earlier-use.ts'
import type { StoredUse, UseRow, UseTable } from '../../../adapters/evidence/use-table.ts'
import { unused } from '../../../core/diagnosis/use-history.ts'
import type { OAuthRequest } from '../../../core/oauth-request.ts'
import { Secret } from '../../../core/secret.ts'
import { openManualClock } from '../../fixtures/adapters/manual-clock.ts'
import { toClient } from '../../fixtures/core/sample-client.ts'

const key = new Secret('the client secret')
const waitMs = 500

const verifier = 'v'.repeat(43)
const redirectUri = 'https://app.example/callback'

function makeCode(code = 'a-code', codeVerifier = verifier, uri = redirectUri): OAuthRequest {
  return {
    grantType: 'authorization_code',
    client: toClient(),
    code: new Secret(code),
    redirectUri: uri,
    codeVerifier: new Secret(codeVerifier),
  }
}

function makeRefresh(token = 'a-token'): OAuthRequest {
  return { grantType: 'refresh_token', client: toClient(), refreshToken: new Secret(token) }
}

function open(table?: UseTable) {
  const clock = openManualClock()
  return { clock, uses: openEarlierUses(clock, table) }
}

/** Begins a use that is refused, and asks what the others mean for it. */
async function refuse(uses: EarlierUses, request: OAuthRequest, secret = key) {
  const use = uses.begin(request, secret)
  await use.end('refused', waitMs)
  return use.earlier(waitMs)
}

test('a first use knows of none before', async () => {
  const { uses } = open()
  assert.equal(await refuse(uses, makeCode()), 'none')
})

for (const [outcome, expected] of [
  ['spent', 'spent'],
  ['lost', 'sent'],
  ['refused', 'unknown'],
] as const) {
  test(`a use that was ${outcome} makes the next one find ${expected}`, async () => {
    const { clock, uses } = open()
    await uses.begin(makeCode(), key).end(outcome, waitMs)
    clock.pass(60_000)
    assert.equal(await refuse(uses, makeCode()), expected)
    assert.equal(await refuse(uses, makeCode('another')), 'none')
  })
}

test('a use that is still open only suggests, whichever of the two began first', async () => {
  const { clock, uses } = open()
  const first = uses.begin(makeCode(), key)
  clock.pass(10)
  const second = uses.begin(makeCode(), key)
  await second.end('refused', waitMs)
  assert.equal(await second.earlier(waitMs), 'sent')
  await first.end('refused', waitMs)
  assert.equal(await first.earlier(waitMs), 'unknown', 'both have ended by now')
  const third = uses.begin(makeCode(), key)
  const fourth = uses.begin(makeCode(), key)
  await third.end('refused', waitMs)
  assert.equal(await third.earlier(waitMs), 'sent')
  await fourth.end('spent', waitMs)
  assert.equal(await third.earlier(waitMs), 'spent')
})

test('a success with the same parameters proves the other use, whichever began or ended first', async () => {
  const { clock, uses } = open()
  const refused = uses.begin(makeCode(), key)
  const good = uses.begin(makeCode(), key)
  await refused.end('refused', waitMs)
  clock.jump(-1000)
  await good.end('spent', waitMs)
  assert.equal(await refused.earlier(waitMs), 'spent')
})

test('a success with another verifier or redirect URI only suggests something, whenever it was', async () => {
  const { clock, uses } = open()
  await uses.begin(makeCode(), key).end('spent', waitMs)
  for (const other of [
    makeCode('a-code', 'w'.repeat(43)),
    makeCode('a-code', verifier, `${redirectUri}/`),
  ]) {
    clock.pass(60_000)
    assert.equal(await refuse(uses, other), 'sent')
  }
  assert.equal(await refuse(uses, makeCode()), 'spent')
})

test('two uses that are both refused do not accuse each other', async () => {
  const { clock, uses } = open()
  const first = uses.begin(makeCode(), key)
  const second = uses.begin(makeCode(), key)
  clock.pass(10)
  await first.end('refused', waitMs)
  await second.end('refused', waitMs)
  assert.equal(await first.earlier(waitMs), 'unknown')
  assert.equal(await second.earlier(waitMs), 'unknown')
})

test('a refresh token that was revoked is the one that is refreshed with', async () => {
  const { uses } = open()
  const token = new Secret('a-token')
  const revocation: OAuthRequest = { grantType: undefined, client: toClient(), token }
  await uses.begin(revocation, key).end('revoked', waitMs)
  assert.equal(await refuse(uses, makeRefresh()), 'revoked')
})

test('a code, a token and another client’s code of the same text are different things', async () => {
  const { uses } = open()
  await uses.begin(makeCode('same'), key).end('spent', waitMs)
  const client = { ...toClient(), clientId: 'another' }
  for (const request of [makeRefresh('same'), { ...makeCode('same'), client }]) {
    assert.equal(await refuse(uses, request), 'none')
  }
})

test('a code is forgotten after ten minutes, whoever comes with it again', async () => {
  const { clock, uses } = open()
  await uses.begin(makeCode(), key).end('spent', waitMs)
  clock.pass(600_001)
  assert.equal(await refuse(uses, makeCode()), 'none')
  assert.equal(await refuse(uses, makeCode()), 'unknown', 'only the refused use is known by now')
})

test('ten thousand digests of accepted codes and tokens are kept, and the oldest go first', async () => {
  const { uses } = open()
  await uses.begin(makeCode('oldest'), key).end('spent', waitMs)
  await uses.begin(makeCode('second'), key).end('spent', waitMs)
  const spend = (code: string) => uses.begin(makeCode(code), key).end('spent', waitMs)
  for (let made = 0; made < 9_998; made += 1) await spend(`code ${made}`)
  assert.equal(await refuse(uses, makeCode('oldest')), 'spent')
  await spend('one more')
  assert.equal(await refuse(uses, makeCode('second')), 'none')
})

test('of more digests than are kept, a hundred go at once', async () => {
  const { uses } = open()
  const spend = (code: string) => uses.begin(makeCode(code), key).end('spent', waitMs)
  for (let made = 0; made <= 10_000; made += 1) await spend(`code ${made}`)
  assert.equal(await refuse(uses, makeCode('code 100')), 'none')
  assert.equal(await refuse(uses, makeCode('code 101')), 'spent')
})

test('a use is known in its sandbox whatever the client secret is by now', async () => {
  const { uses } = open()
  await uses.begin(makeCode(), key).end('spent', waitMs)
  assert.equal(await refuse(uses, makeCode(), new Secret('the next client secret')), 'spent')
})

/** A table that tells what it was given and answers as it is told to. */
function openToldTable(read: UseRow['read'] = async () => undefined) {
  const told: StoredUse[] = []
  const table: UseTable = {
    begin: (use) => {
      told.push(use)
      return { end: async () => {}, read }
    },
  }
  return { table, told }
}

test('the table gets keyed digests, and without its answer the local evidence stays', async () => {
  const { table, told } = openToldTable()
  const { uses } = open(table)
  assert.equal(await refuse(uses, makeCode()), 'unknown')
  await uses.begin(makeCode(), key).end('spent', waitMs)
  assert.equal(await refuse(uses, makeCode()), 'spent')
  uses.begin(makeCode(), new Secret('another client secret'))
  assert.equal(new Set(told.map(({ digest }) => digest)).size, 2)
  assert.equal(new Set(told.map(({ exchangeDigest }) => exchangeDigest)).size, 2)
  for (const { digest, exchangeDigest } of told) {
    assert.match(digest, /^[A-Za-z0-9_-]{43}$/)
    assert.match(exchangeDigest, /^[A-Za-z0-9_-]{43}$/)
    assert.notEqual(digest, exchangeDigest)
  }
})

test('exchanges of one code have one digest, and one exchange digest only where they are alike', async () => {
  const { table, told } = openToldTable()
  const { uses } = open(table)
  const makings = [
    makeCode(),
    makeCode('a-code', 'w'.repeat(43)),
    makeCode('a-code', verifier, 'x'),
  ]
  for (const request of [...makings, makeCode(), makeRefresh()]) uses.begin(request, key)
  const [digests, exchanges] = [
    told.map(({ digest }) => digest),
    told.map(({ exchangeDigest }) => exchangeDigest),
  ]
  assert.equal(new Set(digests.slice(0, 4)).size, 1)
  assert.equal(new Set(exchanges.slice(0, 3)).size, 3)
  assert.equal(exchanges[3], exchanges[0])
  assert.equal(exchanges[4], '', 'a refresh token is used without more')
  // The client has no rotation: its refresh tokens would fill the table, and tell nothing.
  assert.deepEqual(
    told.map(({ isCounted }) => isCounted),
    [true, true, true, true, false],
  )
})

test('a double use elsewhere is proved once the other one has said that it had ended well', async () => {
  const reads: (string | undefined)[] = [undefined, 'the same']
  const { table, told } = openToldTable(async () => {
    const spentBy = reads.shift() && told[0]?.exchangeDigest
    return { ...unused, total: 2, refused: 1, spentBy }
  })
  const { uses } = open(table)
  assert.equal(await refuse(uses, makeCode()), 'spent')
  assert.deepEqual(reads, [], 'it is given a moment, and read again')
})

/** Made-up codes, refresh tokens and revocations, more of each than a memory holds. */
async function flood(uses: EarlierUses): Promise<void> {
  for (let sent = 0; sent < 10_050; sent += 1) {
    await uses.begin(makeCode(`junk-${sent}`), key).end('refused', waitMs)
    await uses.begin(makeRefresh(`junk-${sent}`), key).end('refused', waitMs)
    const token = new Secret(`junk-revoked-${sent}`)
    const revocation: OAuthRequest = { grantType: undefined, client: toClient(), token }
    await uses.begin(revocation, key).end('revoked', waitMs)
  }
}

test('no number of made-up codes, tokens and revocations makes a sandbox forget what Cognito accepted', async () => {
  const { uses } = open()
  await uses.begin(makeCode(), key).end('spent', waitMs)
  await uses.begin(makeRefresh(), key).end('rotated_out', waitMs)
  const lived = uses.begin(makeRefresh('kept, then revoked'), key)
  await lived.end('kept', waitMs)
  const token = new Secret('kept, then revoked')
  await uses.begin({ grantType: undefined, client: toClient(), token }, key).end('revoked', waitMs)
  await flood(uses)
  assert.equal(await refuse(uses, makeCode()), 'spent')
  assert.equal(await refuse(uses, makeRefresh()), 'rotated_out')
  assert.equal(await refuse(uses, makeRefresh('kept, then revoked')), 'revoked')
})
