import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseCanary, toCanaryFailure } from '../../../core/smoke/canary.ts'

const client = {
  ...{ name: 'web', clientId: '1example', origin: 'https://app.example' },
  ...{ redirectUri: 'https://app.example/callback', isCookieMode: false, hasDiscovery: true },
}
const url = 'https://auth.example.com'

test('a canary checks the address and the clients of its environment', () => {
  const parsed = parseCanary({ SMOKE_URL: `${url}/`, SMOKE_CLIENTS: JSON.stringify([client]) })
  const target = { url, clients: [client], hasSharedDiscovery: undefined }
  assert.deepEqual(parsed, { ok: true, target })
})

test('without clients, the deployment alone is checked', () => {
  const parsed = parseCanary({ SMOKE_URL: url })
  assert.deepEqual(parsed.ok && parsed.target.clients, [])
})

test('a client for which no code can be exchanged needs no origin and no redirect URI', () => {
  const { origin: _, redirectUri: __, ...bare } = client
  assert.ok(parseCanary({ SMOKE_URL: url, SMOKE_CLIENTS: JSON.stringify([bare]) }).ok)
})

test('an environment that says nothing usable is named by its variable', () => {
  for (const address of [undefined, '', 'auth.example.com', `${url}?a`]) {
    const parsed = parseCanary({ SMOKE_URL: address })
    assert.deepEqual(parsed, { ok: false, problem: 'SMOKE_URL must be an address' })
  }
  const unusable = [{ ...client, clientId: 7 }, { ...client, origin: 7 }, { name: 'a' }, 7, null]
  const texts = ['{', '{}', ...unusable.map((one) => JSON.stringify([one]))]
  for (const clients of texts) {
    const parsed = parseCanary({ SMOKE_URL: url, SMOKE_CLIENTS: clients })
    assert.deepEqual(parsed, {
      ...{ ok: false, problem: 'SMOKE_CLIENTS must be a JSON array of clients' },
    })
  }
})

test('a failed run names each failed check with its fix, in printable lines', () => {
  const text = toCanaryFailure({
    ...{ url, isWell: false, isReached: true },
    checks: [
      { name: 'health', status: 'ok', found: '200' },
      { name: 'headers', status: 'failed', found: 'no \u0007bell', fix: 'Look at the CDN.' },
      {
        ...{ name: 'junk_code', client: 'web', status: 'failed', found: '502' },
        requestId: 'r1',
      },
    ],
  })
  assert.equal(
    text,
    [
      '2 of 3 checks of https://auth.example.com failed',
      'headers: no \\u0007bell. Look at the CDN.',
      'junk_code (web): 502.  [request id r1]',
    ].join('\n'),
  )
})
