import assert from 'node:assert/strict'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import type { AskedSecret, ClientSecrets } from '../../adapters/client-secret.ts'
import { systemClock } from '../../adapters/clock.ts'
import { openConnections } from '../../adapters/connections.ts'
import { type ExchangeParts, openTokenExchange } from '../../adapters/token-exchange.ts'
import { fail, type Result } from '../../core/causes/catalogue.ts'
import type { OAuthRequest } from '../../core/oauth-request.ts'
import type { Spent } from '../../core/record.ts'
import { Secret } from '../../core/secret.ts'
import type { TokenResult } from '../../core/token-response.ts'
import { openHttpServer } from '../fixtures/adapters/loopback-servers.ts'
import {
  noExplanations,
  toCodeRequest,
  toRefreshRequest,
} from '../fixtures/adapters/sample-request.ts'
import { openTestMeter } from '../fixtures/adapters/test-meter.ts'

const tokens = { access_token: 'a', token_type: 'Bearer', expires_in: 3600 }
const asked = (secret: string): AskedSecret => ({
  secret: new Secret(secret),
  source: 'cache',
  ageSeconds: 7,
})

interface Setup {
  /** Status and body in turn; the last one stays. */
  readonly answers: readonly (readonly [status: number, body: object])[]
  readonly first?: Result<AskedSecret>
  readonly replacement?: Awaited<ReturnType<ClientSecrets['replace']>>
  readonly deadlineMs?: number
  /** What reading the secret takes. */
  readonly secretMs?: number
  /** What looking for another secret takes. */
  readonly replaceMs?: number
}

/** An exchange over a secret that is given by hand and a server that answers in turn. */
async function openExchange(t: TestContext, setup: Setup) {
  const requests: { readonly authorization: string | undefined; readonly body: string }[] = []
  const server = await openHttpServer(t, async (request, response) => {
    const { authorization } = request.headers
    requests.push({ authorization, body: await text(request) })
    const at = Math.min(requests.length, setup.answers.length) - 1
    const [status, body] = setup.answers[at] ?? [599, {}]
    response.writeHead(status, { 'x-amz-cognito-request-id': 'cognito-1' })
    response.end(JSON.stringify(body))
  })
  let passedMs = 0
  const clock = { ...systemClock, random: () => 0, spanMs: () => performance.now() + passedMs }
  const replaced: string[] = []
  const secrets: ExchangeParts['secrets'] = {
    ask: async (_client, meter) => {
      passedMs += setup.secretMs ?? 0
      meter.noteSecretFetch('ok')
      return setup.first ?? { ok: true, value: asked('s1') }
    },
    replace: async (_client, refused, meter) => {
      passedMs += setup.replaceMs ?? 0
      replaced.push(refused.reveal())
      meter.noteSecretFetch('failed')
      return setup.replacement ?? { found: 'secret_unchanged' }
    },
  }
  const connections = openConnections(clock, { idleConnectionMs: 4000, mostInFlight: 200 })
  t.after(() => connections.close())
  const exchange = openTokenExchange({
    secrets,
    connections,
    explanations: noExplanations,
    clock,
    connectTimeoutMs: 1000,
  })
  const domain = `http://127.0.0.1:${server.port}`
  const ask = async (request: OAuthRequest) => {
    const meter = openTestMeter(setup.deadlineMs, clock)
    const result = await exchange(request, meter)
    return { result, ...meter.read() }
  }
  const refresh = () => ask(toRefreshRequest({ domain, refreshTokenRotation: 'off' }))
  const code = () => ask(toCodeRequest({ domain }))
  return { requests, replaced, refresh, code }
}

type Exchanged = Pick<Spent, 'facts'> & { readonly result: TokenResult }

function toSeen({ result, facts }: Exchanged): string {
  const attempts = `${facts.attempts ?? 0} attempts`
  return result.ok ? `tokens, ${attempts}` : [result.cause, ...result.evidence, attempts].join(' ')
}

test('a code is exchanged with the raw Basic pair and the named parameters alone', async (t) => {
  const first: Result<AskedSecret> = { ok: true, value: asked('a+b:c%/ä') }
  const { code, requests } = await openExchange(t, { answers: [[200, tokens]], first })
  const exchanged = await code()
  assert.deepEqual(exchanged.result, { ok: true, value: tokens })
  const [request] = requests
  const pair = Buffer.from(request?.authorization?.slice('Basic '.length) ?? '', 'base64')
  assert.equal(pair.toString(), 'client1:a+b:c%/ä')
  assert.deepEqual(Object.fromEntries(new URLSearchParams(request?.body)), {
    grant_type: 'authorization_code',
    client_id: 'client1',
    code: 'code-1',
    redirect_uri: 'https://shop.example.com/callback',
    code_verifier: 'v'.repeat(43),
  })
})

test('what an exchange spends is in the meter of its request', async (t) => {
  const { refresh } = await openExchange(t, { answers: [[200, tokens]] })
  const { facts, secretFetches } = await refresh()
  const { upstreamMs = -1, ...others } = facts
  assert.ok(upstreamMs >= 0)
  assert.deepEqual(others, {
    attempts: 1,
    secretSource: 'cache',
    secretAgeSeconds: 7,
    upstreamStatus: 200,
    upstreamRequestId: 'cognito-1',
  })
  assert.deepEqual(secretFetches, ['ok'])
})

test('without a secret Cognito is not asked', async (t) => {
  const first = fail('secret_not_found')
  const { refresh, requests } = await openExchange(t, { answers: [], first })
  assert.equal(toSeen(await refresh()), 'secret_not_found 0 attempts')
  assert.equal(requests.length, 0)
})

test('with too little time left not even the secret is asked for', async (t) => {
  const { refresh, requests } = await openExchange(t, { answers: [], deadlineMs: 249 })
  const exchanged = await refresh()
  assert.equal(toSeen(exchanged), 'deadline_exhausted 0 attempts')
  assert.deepEqual(exchanged.secretFetches, [])
  assert.equal(requests.length, 0)
})

test('when the secret took the time, Cognito is not asked', async (t) => {
  const { code, requests } = await openExchange(t, { answers: [], secretMs: 4800 })
  assert.equal(toSeen(await code()), 'deadline_exhausted 0 attempts')
  assert.equal(requests.length, 0)
})

test('a refresh of unknown outcome is sent once more where that is safe', async (t) => {
  const { refresh, requests } = await openExchange(t, {
    answers: [
      [500, {}],
      [200, tokens],
    ],
  })
  assert.equal(toSeen(await refresh()), 'tokens, 2 attempts')
  assert.equal(requests[0]?.body, requests[1]?.body)
})

test('a second failure is final', async (t) => {
  const { refresh, requests } = await openExchange(t, { answers: [[502, {}]] })
  assert.equal(toSeen(await refresh()), 'cognito_error 2 attempts')
  assert.equal(requests.length, 2)
})

test('a code of unknown outcome is never sent again', async (t) => {
  const { code, requests } = await openExchange(t, { answers: [[500, {}]] })
  assert.equal(toSeen(await code()), 'cognito_error 1 attempts')
  assert.equal(requests.length, 1)
})

test('throttling is told as it is, and holds back the second attempts of others', async (t) => {
  const { refresh, requests } = await openExchange(t, {
    answers: [
      [429, {}],
      [500, {}],
    ],
  })
  assert.equal(toSeen(await refresh()), 'cognito_throttled 1 attempts')
  assert.equal(toSeen(await refresh()), 'cognito_error 1 attempts')
  assert.equal(requests.length, 2)
})

const invalidClient = [400, { error: 'invalid_client' }] as const
const changed = { found: 'secret_changed', asked: { ...asked('s2'), source: 'fetched' } } as const

test('a refused secret is replaced, and the request sent once more with the other one', async (t) => {
  for (const grant of ['code', 'refresh'] as const) {
    const answers = [invalidClient, [200, tokens]] as const
    const opened = await openExchange(t, { answers, replacement: changed })
    const exchanged = await opened[grant]()
    assert.equal(toSeen(exchanged), 'tokens, 2 attempts')
    assert.equal(exchanged.facts.secretSource, 'fetched')
    assert.deepEqual(opened.replaced, ['s1'])
    assert.deepEqual(exchanged.secretFetches, ['ok', 'failed'])
    const secrets = opened.requests.map(({ authorization = '' }) => atob(authorization.slice(6)))
    assert.deepEqual(secrets, ['client1:s1', 'client1:s2'])
  }
})

for (const found of ['secret_unchanged', 'refetch_failed', 'cooling_down'] as const) {
  test(`a refused secret that has no other is named ${found}, and nothing is sent again`, async (t) => {
    const replacement = { found }
    const { code, requests } = await openExchange(t, { answers: [invalidClient], replacement })
    assert.equal(toSeen(await code()), `client_rejected ${found} 1 attempts`)
    assert.equal(requests.length, 1)
  })
}

test('the other secret, refused as well, is final', async (t) => {
  const { refresh, replaced } = await openExchange(t, {
    answers: [invalidClient],
    replacement: changed,
  })
  assert.equal(toSeen(await refresh()), 'client_rejected secret_changed 2 attempts')
  assert.equal(replaced.length, 1)
})

test('another secret that there is no time left to try is named as untried, and nothing is sent again', async (t) => {
  const setup = { answers: [invalidClient], replacement: changed, replaceMs: 4800 } as const
  const { code, requests } = await openExchange(t, setup)
  const exchanged = await code()
  assert.equal(toSeen(exchanged), 'client_rejected secret_changed_untried 1 attempts')
  assert.equal(exchanged.facts.secretSource, 'cache', 'the record is of the secret that was used')
  assert.equal(requests.length, 1)
})

test('what Cognito says to the other secret stands', async (t) => {
  const answers = [invalidClient, [400, { error: 'invalid_grant' }]] as const
  const { refresh } = await openExchange(t, { answers, replacement: changed })
  assert.equal(toSeen(await refresh()), 'refresh_token_rejected 2 attempts')
})

test('a failure of unknown outcome with the other secret is not sent a third time', async (t) => {
  const answers = [invalidClient, [500, {}]] as const
  const { refresh, requests } = await openExchange(t, { answers, replacement: changed })
  assert.equal(toSeen(await refresh()), 'cognito_error 2 attempts')
  assert.equal(requests.length, 2)
})
