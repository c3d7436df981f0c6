import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CauseName, fail } from '../../../core/causes/catalogue.ts'
import {
  judgePair,
  type PairFindings,
  type PoolInRegion,
  pairCheckNames,
  type SecretInRegion,
} from '../../../core/doctor/pair.ts'
import { toPoolClient } from '../../fixtures/core/sample-findings.ts'

const regions = ['eu-central-1', 'eu-west-1'] as const
const ofAll = 'https://issuer-cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Pool1'
const original: SecretInRegion = {
  digest: { ok: true, value: 'd1' },
  copy: { ok: true, value: { originalIn: undefined, isRotating: true } },
}
const replica: SecretInRegion = {
  digest: { ok: true, value: 'd1' },
  copy: { ok: true, value: { originalIn: 'eu-central-1', isRotating: false } },
}
const pool: PoolInRegion = {
  settings: { ok: true, value: { CallbackURLs: '["a"]', RefreshTokenValidity: '30' } },
  issuerType: { ok: true, value: 'UPDATED' },
}

interface Changes {
  readonly publicUrl?: string
  readonly secrets?: readonly [Partial<SecretInRegion>, Partial<SecretInRegion>]
  readonly pools?: readonly [Partial<PoolInRegion>, Partial<PoolInRegion>]
}

/** A pair in order, with what a test changes. */
function toPair({
  publicUrl = 'https://auth.example.com',
  secrets = [{}, {}],
  pools = [{}, {}],
}: Changes): PairFindings {
  return {
    regions,
    publicUrl,
    secrets: [
      {
        name: 'shop',
        secretId: 'token-proxy/shop',
        found: [
          { ...original, ...secrets[0] },
          { ...replica, ...secrets[1] },
        ],
      },
    ],
    clients: [
      {
        client: toPoolClient({ issuer: ofAll }),
        found: [
          { ...pool, ...pools[0] },
          { ...pool, ...pools[1] },
        ],
      },
    ],
  }
}

type Status = 'ok' | 'failed' | 'warning' | 'skipped'
const unread = (why: 'absent' | 'denied' | 'unanswered') => ({ ok: false, why }) as const
const own = { copy: { ok: true, value: { originalIn: undefined, isRotating: false } } } as const
const digestFails = (cause: CauseName) => ({ digest: fail(cause) })

/** What one change makes of one check; everything else stays in order. */
const cases: readonly (readonly [string, Changes, string, Status, RegExp])[] = [
  ['no public address', { publicUrl: '' }, 'one_address', 'warning', /publicUrl is not set/],
  [
    'another value',
    { secrets: [{}, { digest: { ok: true, value: 'd2' } }] },
    'same_secret',
    'failed',
    /another value in eu-west-1/,
  ],
  [
    'a secret that the second Region does not have',
    { secrets: [{}, digestFails('secret_not_found')] },
    'same_secret',
    'failed',
    /^eu-west-1: secret_not_found/,
  ],
  [
    'a secret that the primary Region may not read',
    { secrets: [digestFails('secret_access_denied'), {}] },
    'same_secret',
    'failed',
    /^eu-central-1: secret_access_denied/,
  ],
  [
    'a primary Region that is down',
    { secrets: [digestFails('secret_unavailable'), {}] },
    'same_secret',
    'skipped',
    /Secrets Manager of eu-central-1 did not answer/,
  ],
  [
    'a second Region that throttles',
    { secrets: [{}, digestFails('secret_throttled')] },
    'same_secret',
    'skipped',
    /eu-west-1 did not answer/,
  ],
  [
    'a secret of its own while the first one rotates',
    { secrets: [{}, own] },
    'secret_replica',
    'failed',
    /a rotation in one Region does not reach the other/,
  ],
  [
    'a secret of its own that rotates, too',
    {
      secrets: [
        { copy: unread('denied') },
        { copy: { ok: true, value: { originalIn: undefined, isRotating: true } } },
      ],
    },
    'secret_replica',
    'failed',
    /no replica/,
  ],
  [
    'a secret of its own while nothing rotates',
    { secrets: [own, own] },
    'secret_replica',
    'warning',
    /no replica$/,
  ],
  [
    'a replica of another original',
    {
      secrets: [{}, { copy: { ok: true, value: { originalIn: 'us-east-1', isRotating: false } } }],
    },
    'secret_replica',
    'failed',
    /a replica of that in us-east-1/,
  ],
  [
    'a secret that may not be described',
    { secrets: [{}, { copy: unread('denied') }] },
    'secret_replica',
    'skipped',
    /no permission to describe/,
  ],
  [
    'a secret that is not described',
    { secrets: [{}, { copy: unread('unanswered') }] },
    'secret_replica',
    'skipped',
    /no description of the secret in eu-west-1/,
  ],
  [
    'an app client that differs',
    {
      pools: [
        {},
        { settings: { ok: true, value: { CallbackURLs: '["b"]', AccessTokenValidity: '1' } } },
      ],
    },
    'same_app_client',
    'failed',
    /: AccessTokenValidity, CallbackURLs, RefreshTokenValidity$/,
  ],
  [
    'a user pool without a replica',
    { pools: [{}, { settings: unread('absent') }] },
    'same_app_client',
    'failed',
    /^eu-west-1 has no client1 in eu-central-1_Pool1/,
  ],
  [
    'a user pool that does not answer',
    { pools: [{ settings: unread('unanswered') }, {}] },
    'same_app_client',
    'warning',
    /did not answer/,
  ],
]

for (const [what, changes, name, status, found] of cases) {
  test(`${what} makes ${name.replaceAll('_', ' ')} ${status}, and nothing else`, () => {
    const { checks, isWell } = judgePair(toPair(changes))
    const check = checks.find((one) => one.name === name)
    assert.equal(check?.status, status)
    assert.match(check?.found ?? '', found)
    assert.equal(isWell, status !== 'failed')
    const others = checks.filter((one) => one.name !== name && one.status !== 'ok')
    assert.deepEqual(others, [])
  })
}

test('a pair in order has every check, and each is passed', () => {
  const { checks, isWell, regions: named } = judgePair(toPair({}))
  assert.ok(isWell)
  assert.deepEqual(named, regions)
  assert.deepEqual(
    checks.map(({ name, status }) => [name, status]),
    pairCheckNames.map((name) => [name, 'ok']),
  )
})

test('an issuer that is not known is judged by itself, and may not be described', () => {
  const { checks, isWell } = judgePair(toPair({ pools: [{ issuerType: unread('denied') }, {}] }))
  assert.equal(checks.find(({ name }) => name === 'one_issuer')?.status, 'skipped')
  assert.ok(isWell)
})

test('what has to be replicated comes with the call that does it', () => {
  const { checks } = judgePair(toPair({ secrets: [{}, digestFails('secret_not_found')] }))
  const command = checks.find(({ name }) => name === 'same_secret')?.command
  assert.equal(
    command,
    'aws secretsmanager replicate-secret-to-regions --region eu-central-1 --secret-id token-proxy/shop --add-replica-regions Region=eu-west-1',
  )
})
