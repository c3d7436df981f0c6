import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Client } from '../../../core/settings/client.ts'
import { readClient } from '../../fixtures/core/read-client.ts'
import { leastClientFields, toClient } from '../../fixtures/core/sample-client.ts'

type Fields = Readonly<Record<string, unknown>>

const parse = (changes: Fields) => readClient({ ...leastClientFields, ...changes })

const taken: readonly (readonly [string, Fields, Partial<Client>])[] = [
  ['the least that must be there', {}, {}],
  ['the shortest name', { name: 'a' }, { name: 'a' }],
  ['the longest name', { name: `a${'1'.repeat(31)}` }, { name: `a${'1'.repeat(31)}` }],
  ['a name that ends in a hyphen', { name: 'a-' }, { name: 'a-' }],
  ['a name with every kind of character', { name: 'z-0-9' }, { name: 'z-0-9' }],
  ['a client id of one character', { clientId: '_' }, { clientId: '_' }],
  ['a client id of 128 characters', { clientId: 'a+'.repeat(64) }, { clientId: 'a+'.repeat(64) }],
  ['a secret name with every character', { secretId: 'aZ0/_+=.@!-' }, { secretId: 'aZ0/_+=.@!-' }],
  ['a secret name of one character', { secretId: '9' }, { secretId: '9' }],
  ...['my-your-secret', 'a-xxx', 'todo-app/cognito', 'exchange/media', 'change_me/web'].map(
    (secretId): readonly [string, Fields, Partial<Client>] => [
      `${secretId}, which only holds a placeholder`,
      { secretId },
      { secretId },
    ],
  ),
  ['a secret name of 512 characters', { secretId: 's'.repeat(512) }, { secretId: 's'.repeat(512) }],
  ...['aws', 'aws-cn', 'aws-us-gov'].map(
    (partition): readonly [string, Fields, Partial<Client>] => {
      const secretId = `arn:${partition}:secretsmanager:eu-central-1:123456789012:secret:shop-AbCdEf`
      return [`an ARN of the partition ${partition}`, { secretId }, { secretId }]
    },
  ),
  [
    'a domain on loopback',
    { domain: 'http://127.0.0.1:9000' },
    { domain: 'http://127.0.0.1:9000' },
  ],
  [
    'a user pool, from which the issuer follows',
    { userPoolId: 'eu-central-1_Ab1' },
    {
      userPoolId: 'eu-central-1_Ab1',
      issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Ab1',
    },
  ],
  [
    'a user pool of the shortest form',
    { userPoolId: 'eu-9_09' },
    { userPoolId: 'eu-9_09', issuer: 'https://cognito-idp.eu-9.amazonaws.com/eu-9_09' },
  ],
  [
    'a user pool in China, where AWS has another domain',
    { userPoolId: 'cn-north-1_Ab1' },
    {
      userPoolId: 'cn-north-1_Ab1',
      issuer: 'https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_Ab1',
    },
  ],
  [
    'a user pool in a region of four parts',
    { userPoolId: `us-gov-west-1_${'a'.repeat(40)}` },
    {
      userPoolId: `us-gov-west-1_${'a'.repeat(40)}`,
      issuer: `https://cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_${'a'.repeat(40)}`,
    },
  ],
  [
    'the Region of a replica beside its user pool',
    { userPoolId: 'eu-central-1_Ab1', userPoolRegion: 'eu-west-1' },
    {
      userPoolId: 'eu-central-1_Ab1',
      userPoolRegion: 'eu-west-1',
      issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Ab1',
    },
  ],
  ['an issuer alone', { issuer: 'https://id.example/x' }, { issuer: 'https://id.example/x' }],
  [
    'an issuer beside a user pool',
    { issuer: 'https://id.example', userPoolId: 'eu-central-1_Ab1' },
    { issuer: 'https://id.example', userPoolId: 'eu-central-1_Ab1' },
  ],
  [
    'several origins',
    { origins: ['https://a.example', 'http://localhost:3000'] },
    { origins: ['https://a.example', 'http://localhost:3000'] },
  ],
  [
    'no origin with allowNoOrigin',
    { origins: [], allowNoOrigin: true },
    { origins: [], allowNoOrigin: true },
  ],
  ['allowNoOrigin beside origins', { allowNoOrigin: true }, { allowNoOrigin: true }],
  ['allowNoOrigin of false', { allowNoOrigin: false }, {}],
  [
    'a private scheme',
    { redirectUris: ['com.example:/cb'] },
    { redirectUris: ['com.example:/cb'] },
  ],
  [
    'the refresh grant alone, without a redirect URI',
    { grants: ['refresh_token'], redirectUris: undefined },
    { grants: ['refresh_token'], redirectUris: [] },
  ],
  ['the code grant alone', { grants: ['authorization_code'] }, { grants: ['authorization_code'] }],
  ['the grants in any order', { grants: ['refresh_token', 'authorization_code'] }, {}],
  ['the refresh token in the body', { refreshToken: 'body' }, {}],
  ['the refresh token in a cookie', { refreshToken: 'cookie' }, { refreshToken: 'cookie' }],
  ['rotation off', { refreshTokenRotation: 'off' }, { refreshTokenRotation: 'off' }],
  ['rotation not known', { refreshTokenRotation: 'unknown' }, {}],
  ['rotation on', { refreshTokenRotation: 'on' }, { refreshTokenRotation: 'on' }],
  ...[0, 1, 60].map((seconds): readonly [string, Fields, Partial<Client>] => {
    const rotation = { refreshTokenRotation: 'on' as const, retryGracePeriodSeconds: seconds }
    return [`rotation with ${seconds} s of grace`, rotation, rotation]
  }),
  [
    'rotation off with no grace',
    { refreshTokenRotation: 'off', retryGracePeriodSeconds: 0 },
    { refreshTokenRotation: 'off' },
  ],
]

for (const [what, changes, expected] of taken) {
  test(`takes ${what}`, () => {
    assert.deepEqual(parse(changes), { client: toClient(expected), problems: [] })
  })
}

const rules = {
  name: 'name: must match [a-z][a-z0-9-]{0,31}, and not be unknown or cookie-key',
  clientId: "clientId: must be an app client's id",
  secretId: 'secretId: must name a secret',
  domain: 'domain: must be https://HOST without a path',
  userPoolId: 'userPoolId: must be a user pool id',
  userPoolRegion: 'userPoolRegion: must name an AWS Region',
  issuer: 'issuer: must be an https URL',
  allowNoOrigin: 'allowNoOrigin: must be true or false',
  refreshToken: 'refreshToken: must be "body" or "cookie"',
  refreshTokenRotation: 'refreshTokenRotation: must be "off", "on" or "unknown"',
  retryGracePeriodSeconds: 'retryGracePeriodSeconds: must be a whole number from 0 to 60',
}

const arn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:'
const refused: Readonly<Record<keyof typeof rules, readonly unknown[]>> = {
  name: ['', 'A', '1a', '-a', 'a_b', 'a\n', ' a', `a${'1'.repeat(32)}`, 'unknown', 7, null],
  clientId: ['', 'a-b', 'a b', 'a\n', ' a', 'a'.repeat(129), 7, null, ['a']],
  secretId: [
    ...['', 'a b', 'a:b', 'a\n', ' a', 's'.repeat(513), 7, arn, `x${arn}a`, 'é'],
    ...[
      `${arn.replace('12', '1')}a`,
      `${arn.replace('12', '121')}a`,
      `${arn.replace('secretsm', 'm')}a`,
    ],
    ...['changeme', 'prod/CHANGE_ME', 'REPLACE-ME', 'replaceme', 'a/placeholder', 'your-secret'],
    ...['your_secret', 'xxx', 'XXXX', 'todo', 'a/b/TODO', `${arn}change-me`],
  ],
  domain: [
    '',
    'http://a.example',
    'https://a.example/',
    'a.example',
    'https://u@a.example',
    7,
    null,
  ],
  userPoolId: [
    ...['', 'eu-central-1', '_a', 'eu_a', 'eu-central-1_', 'eu-central-1_a-b', 'EU-central-1_a'],
    ...['xeu-central-1_a', 'eu-_a', 'eu-central-1_a\n', `eu-central-1_${'a'.repeat(41)}`, 7, null],
    `us-isob-east-11_${'a'.repeat(40)}`,
  ],
  userPoolRegion: ['', 'eu', 'EU-central-1', 'eu-central-1a', ' eu-central-1', 7, null],
  issuer: ['', 'http://a.example', 'https://a.example?x', 'x', 7, null],
  allowNoOrigin: ['true', 1, 'canary', {}],
  refreshToken: ['Cookie', '', 1, true],
  refreshTokenRotation: ['On', '', 1, true, 'enabled'],
  retryGracePeriodSeconds: [-1, 61, 0.5, '5', true, {}, [5]],
}

for (const [field, values] of Object.entries(refused)) {
  for (const value of values) {
    const name = field as keyof typeof rules
    const shown = JSON.stringify(value).slice(0, 70)
    test(`refuses ${shown} of ${JSON.stringify(value).length} characters as ${name}`, () => {
      const more = name === 'retryGracePeriodSeconds' ? { refreshTokenRotation: 'on' } : {}
      assert.deepEqual(parse({ ...more, [name]: value }).problems, [rules[name]])
    })
  }
}

for (const [length, isTaken] of [
  [55, true],
  [56, false],
] as const) {
  test(`${isTaken ? 'takes' : 'refuses'} a user pool id of ${length} characters`, () => {
    const userPoolId = `us-isob-east-1_${'a'.repeat(40)}`.padStart(length, 'us-')
    assert.equal(userPoolId.length, length)
    assert.equal(parse({ userPoolId }).problems.length, isTaken ? 0 : 1)
  })
}

test('refuses the Region of a replica without its user pool', () => {
  const { problems } = parse({ userPoolRegion: 'eu-west-1' })
  assert.deepEqual(problems, ['userPoolRegion: needs userPoolId'])
})

test('refuses a cookie for callers without an origin, which alone tells sites apart', () => {
  const native = { refreshToken: 'cookie', allowNoOrigin: true }
  const rule = 'allowNoOrigin: must not be true with refreshToken "cookie"'
  assert.deepEqual(parse(native).problems, [rule])
  assert.deepEqual(parse({ ...native, origins: [] }).problems, [rule])
  assert.deepEqual(parse({ ...native, allowNoOrigin: false }).problems, [])
})

test('falls back to what allows least where a field is wrong', () => {
  const wrong = { allowNoOrigin: 'x', refreshTokenRotation: 'x', retryGracePeriodSeconds: 'x' }
  assert.deepEqual(parse(wrong).client, toClient())
})
