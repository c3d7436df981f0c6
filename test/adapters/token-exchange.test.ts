import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AskedSecret } from '../../adapters/client-secret.ts'
import { fail, type Result } from '../../core/causes/catalogue.ts'
import {
  asked,
  changed,
  invalidClient,
  nearlyAllMs,
  openExchange,
  tokens,
  toSeen,
} from '../fixtures/adapters/sample-exchange.ts'

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
  const { code, requests } = await openExchange(t, { answers: [], secretMs: nearlyAllMs })
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

test('throttling is reported as such, and delays the second attempts of others', async (t) => {
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

test('another secret that there is no time to try is reported as untried, and nothing is sent again', async (t) => {
  const setup = { answers: [invalidClient], replacement: changed, replaceMs: nearlyAllMs } as const
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
