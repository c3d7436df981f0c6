import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { type CookieKeys, toCookieKey } from '../../adapters/cookie-key.ts'
import { sealToken } from '../../adapters/cookie-seal.ts'
import { type CookieParts, openCookieExchange } from '../../adapters/refresh-cookie.ts'
import { type Exchanged, openRequestExchange } from '../../adapters/request-exchange.ts'
import { fail, type Result } from '../../core/causes/catalogue.ts'
import type { OAuthRequest, SealedRequest } from '../../core/oauth-request.ts'
import { toClearedLines } from '../../core/refresh-cookie.ts'
import { Secret } from '../../core/secret.ts'
import { toCodeRequest, toRefreshRequest } from '../fixtures/adapters/sample-request.ts'
import { openTestMeter } from '../fixtures/adapters/test-meter.ts'
import { toClient } from '../fixtures/core/sample-client.ts'

const client = toClient({ refreshToken: 'cookie' })
const newKey = () => toCookieKey(new Secret(randomBytes(32).toString('base64')))
const [k1, k2] = [newKey(), newKey()]
const seal = (key = k1) => sealToken(key, client.clientId, new Secret('refresh-1'))
const toSealed = (sealed: string): SealedRequest => ({ grantType: 'refresh_token', client, sealed })
const tokens = { access_token: 'a', refresh_token: 'refresh-2', token_type: 'Bearer' }
const good: Exchanged = {
  result: { ok: true, value: tokens },
}

interface Parts {
  readonly keys?: CookieKeys
  readonly asked?: Result<never>
  readonly replaced?: Awaited<ReturnType<CookieParts['keys']['replace']>>
  readonly exchanged?: Exchanged
}

/** Cookies around an exchange that gives what it is told; each ask for keys is a read. */
function openParts({ keys = [k1], asked, replaced, exchanged = good }: Parts = {}) {
  const sent: OAuthRequest[] = []
  const cached: CookieParts['keys'] = {
    ask: async (meter) => {
      meter.noteSecretFetch(asked === undefined ? 'ok' : 'failed')
      return asked ?? { ok: true, value: { secret: keys, source: 'fetched', ageSeconds: 0 } }
    },
    replace: async (isWanted, meter) => {
      meter.noteSecretFetch('ok')
      assert.ok(!isWanted(keys))
      const answer = replaced ?? assert.fail('no other key may be looked for')
      if (answer.found === 'secret_changed') assert.ok(isWanted(answer.asked.secret))
      return answer
    },
  }
  const exchangeTokens = async (request: OAuthRequest) => {
    sent.push(request)
    return exchanged.result
  }
  const cookies = { keys: cached, maxAgeSeconds: 60, cooldownSeconds: 30 }
  const exchange = openRequestExchange(exchangeTokens, async () =>
    openCookieExchange(exchangeTokens, cookies),
  )
  const ask = async (request: OAuthRequest | SealedRequest, leftMs?: number) => {
    const meter = openTestMeter(leftMs)
    const { result, cookies } = await exchange(request, meter)
    return { result, cookies, secretFetches: meter.read().secretFetches }
  }
  return { ask, sent }
}

test('a client that handles its refresh token itself costs no key', async () => {
  const { ask } = openParts({ asked: fail('secret_not_found') })
  for (const request of [toCodeRequest(), toRefreshRequest()]) {
    const { result, secretFetches } = await ask(request)
    assert.deepEqual([result, secretFetches], [good.result, []])
  }
})

test('a sealed refresh is sent opened, and its new token comes back in a cookie alone', async () => {
  const { ask, sent } = openParts()
  const { result, cookies = [], secretFetches } = await ask(toSealed(seal()))
  const [request] = sent
  assert.ok(request?.grantType === 'refresh_token')
  assert.equal(request.refreshToken.reveal(), 'refresh-1')
  const { refresh_token: _, ...shown } = tokens
  assert.deepEqual(result, { ok: true, value: shown })
  assert.match(cookies[0] ?? '', RegExp(`^__Host-refresh-shop=1\\.${k1.id}\\.`))
  assert.deepEqual(secretFetches, ['ok'])
})

test('a cookie of the key before is sealed again with the current one, the same token in it', async () => {
  const { refresh_token: _, ...value } = tokens
  const exchanged = { ...good, result: { ok: true, value } } as const
  const { ask } = openParts({ keys: [k2, k1], exchanged })
  const aged = await ask(toSealed(seal(k1)))
  assert.match(aged.cookies?.[0] ?? '', RegExp(`=1\\.${k2.id}\\.`))
  const current = await ask(toSealed(seal(k2)))
  assert.equal(current.cookies, undefined)
})

test('a key that another sandbox has read before opens its cookie', async () => {
  const asked = { secret: [k2, k1] as const, source: 'fetched', ageSeconds: 0 } as const
  const { ask, sent } = openParts({ replaced: { found: 'secret_changed', asked } })
  const { result, secretFetches } = await ask(toSealed(seal(k2)))
  assert.ok(result.ok)
  assert.equal(sent.length, 1)
  assert.deepEqual(secretFetches, ['ok', 'ok'])
})

const failures: readonly (readonly [string, Parts, string, string])[] = [
  ['a key that nobody has', { replaced: { found: 'secret_unchanged' } }, seal(k2), 'key_unknown'],
  ['a text that is no cookie', {}, 'canary', 'malformed'],
  ['another client', {}, sealToken(k1, 'client2', new Secret('x')), 'not_authentic'],
]

for (const [says, parts, sealed, evidence] of failures) {
  test(`a cookie of ${says} is not sent anywhere`, async () => {
    const { ask, sent } = openParts(parts)
    const { result, cookies } = await ask(toSealed(sealed))
    assert.ok(!result.ok)
    assert.deepEqual(
      [result.cause, result.evidence.join(' ')],
      ['refresh_cookie_unreadable', evidence],
    )
    assert.deepEqual(cookies, toClearedLines(client))
    assert.equal(sent.length, 0)
  })
}

test('a key that was not looked up is not judged during the cool-down: its cookie may be valid', async () => {
  const { ask, sent } = openParts({ replaced: { found: 'cooling_down' } })
  const { result, cookies } = await ask(toSealed(seal(k2)))
  const evidence = ['key_unknown', 'cooling_down'] as const
  assert.deepEqual(result, fail('refresh_cookie_undecided', { evidence, retryAfterSeconds: 30 }))
  assert.deepEqual([cookies, sent.length], [undefined, 0])
})

test('a key that was looked for in vain stays unknown until the keys are read again', async () => {
  let found: 'secret_unchanged' | 'cooling_down' = 'secret_unchanged'
  let keys: CookieKeys = [k1]
  const cached: CookieParts['keys'] = {
    ask: async () => ({ ok: true, value: { secret: keys, source: 'cache', ageSeconds: 0 } }),
    replace: async (isWanted) => {
      assert.ok(!isWanted(keys))
      return { found }
    },
  }
  const parts = { keys: cached, maxAgeSeconds: 60, cooldownSeconds: 30 }
  const exchange = openCookieExchange(async () => assert.fail('nothing is sent'), parts)
  const ask = async (key: typeof k1) => {
    const { result } = await exchange(toSealed(seal(key)), openTestMeter())
    return result.ok ? assert.fail('no key opens it') : result.cause
  }
  const other = newKey()
  for (const key of [k2, other]) assert.equal(await ask(key), 'refresh_cookie_unreadable')
  found = 'cooling_down'
  for (const key of [k2, other]) assert.equal(await ask(key), 'refresh_cookie_unreadable')
  assert.equal(await ask(newKey()), 'refresh_cookie_undecided')
  keys = [k1]
  assert.equal(await ask(k2), 'refresh_cookie_undecided')
})

test('a key that cannot be read keeps the cookie, and its failure says which secret it was', async () => {
  const failure = fail('secret_unavailable', { evidence: ['no_answer'] })
  for (const parts of [
    { asked: failure },
    { replaced: { found: 'refetch_failed', failure } as const },
  ]) {
    const { ask, sent } = openParts(parts)
    const { result, cookies } = await ask(toSealed(seal(k2)))
    assert.deepEqual(result, { ...failure, evidence: ['no_answer', 'cookie_key'] })
    assert.deepEqual([cookies, sent.length], [undefined, 0])
  }
})

test('a code is not spent while the key that its refresh token needs cannot be read', async () => {
  const { ask, sent } = openParts({ asked: fail('secret_not_found') })
  const { result, secretFetches } = await ask(toCodeRequest({ refreshToken: 'cookie' }))
  assert.ok(!result.ok)
  assert.deepEqual(
    [result.cause, result.evidence, secretFetches, sent.length],
    ['secret_not_found', ['cookie_key'], ['failed'], 0],
  )
})

test('with too little time left, nothing is read and nothing is sent', async () => {
  const { ask, sent } = openParts()
  const { result, secretFetches } = await ask(toSealed(seal()), 10)
  assert.ok(!result.ok)
  assert.deepEqual([result.cause, secretFetches, sent.length], ['deadline_exhausted', [], 0])
})

test('a refresh token too large for a cookie is a failure, not half a session', async () => {
  const value = { ...tokens, refresh_token: 'r'.repeat(6000) }
  const { ask } = openParts({ exchanged: { ...good, result: { ok: true, value } } })
  const { result, cookies } = await ask(toCodeRequest({ refreshToken: 'cookie' }))
  assert.ok(!result.ok)
  assert.deepEqual(result.evidence, ['refresh_token_too_long'])
  assert.equal(cookies, undefined)
})
