import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readClient } from '../../fixtures/core/read-client.ts'
import { leastClientFields } from '../../fixtures/core/sample-client.ts'

const toProblems = (value: unknown) => readClient(value).problems

const badOrigin = 'must be an exact https origin'
const badUri = 'must be an https, loopback or private-scheme URI without a fragment'
const badGrant = 'must be a supported grant'
const noOrigins = 'origins: must not be empty without allowNoOrigin'
const noRedirects = 'redirectUris: must not be empty if the code grant is allowed'
const noGrace = 'retryGracePeriodSeconds: needs refreshTokenRotation "on"'

const rows: readonly (readonly [string, Readonly<Record<string, unknown>>, readonly string[]])[] = [
  ['absent origins', { origins: undefined }, ['origins: is missing']],
  [
    'absent origins, allowNoOrigin notwithstanding',
    { origins: undefined, allowNoOrigin: true },
    ['origins: is missing'],
  ],
  ['no origin', { origins: [] }, [noOrigins]],
  [
    'no origin with an allowNoOrigin that is no boolean',
    { origins: [], allowNoOrigin: 1 },
    ['allowNoOrigin: must be true or false'],
  ],
  ['origins that are no list', { origins: 'x' }, ['origins: must be a list']],
  ['origins of null', { origins: null }, [noOrigins]],
  ['the origin *', { origins: ['*'] }, [`origins[0]: ${badOrigin}`]],
  ['the origin null', { origins: ['null'] }, [`origins[0]: ${badOrigin}`]],
  [
    'an origin with a path, after a good one',
    { origins: ['https://a.example', 'https://b.example/'] },
    [`origins[1]: ${badOrigin}`],
  ],
  [
    'an origin with a default port and a number',
    { origins: ['https://a.example:443', 7] },
    [`origins[0]: ${badOrigin}`, `origins[1]: ${badOrigin}`],
  ],
  [
    'origins of apps with a scheme of their own, after a good one',
    { origins: ['https://a.example', 'capacitor://localhost', 'moz-extension://x'] },
    [1, 2].map(
      (at) =>
        `origins[${at}]: ${badOrigin}: an app with a scheme of its own calls as docs/native-apps.md says`,
    ),
  ],
  [
    'an origin and a redirect URI that are lists themselves',
    { origins: [['https://a.example']], redirectUris: [['https://a.example/cb']] },
    [`origins[0]: ${badOrigin}`, `redirectUris[0]: ${badUri}`],
  ],
  [
    'an origin that is repeated',
    { origins: ['https://a.example', 'https://b.example', 'https://a.example'] },
    ['origins[2]: is repeated'],
  ],
  ['no redirect URI', { redirectUris: [] }, [noRedirects]],
  ['absent redirect URIs', { redirectUris: undefined }, [noRedirects]],
  [
    'no redirect URI with the code grant alone',
    { redirectUris: [], grants: ['authorization_code'] },
    [noRedirects],
  ],
  ['redirect URIs that are no list', { redirectUris: {} }, ['redirectUris: must be a list']],
  [
    'an http redirect URI beyond loopback',
    { redirectUris: ['http://a.example/cb', 'https://a.example/cb'] },
    [`redirectUris[0]: ${badUri}`],
  ],
  [
    'a redirect URI that is repeated',
    { redirectUris: ['https://a.example/cb', 'https://a.example/cb'] },
    ['redirectUris[1]: is repeated'],
  ],
  ['no grant', { grants: [] }, ['grants: must not be empty']],
  ['grants that are no list', { grants: 'x' }, ['grants: must be a list']],
  ['grants of null', { grants: null }, ['grants: must not be empty']],
  [
    'client_credentials',
    { grants: ['refresh_token', 'client_credentials'] },
    [`grants[1]: ${badGrant}`],
  ],
  [
    'a grant that is repeated',
    { grants: ['refresh_token', 'refresh_token'] },
    ['grants[1]: is repeated'],
  ],
  [
    'a repeated refresh token that is in a cookie',
    { refreshToken: 'cookie', repeatRefreshToken: true },
    ['repeatRefreshToken: may not be true with refreshToken "cookie"'],
  ],
  ['a grace with rotation not known', { retryGracePeriodSeconds: 5 }, [noGrace]],
  [
    'a grace with rotation off',
    { refreshTokenRotation: 'off', retryGracePeriodSeconds: 5 },
    [noGrace],
  ],
  ['an unknown field', { clientSecret: 'canary' }, ['clientSecret: is not known']],
  ['a field named like one of Object', { toString: 'x' }, ['toString: is not known']],
  ['a field whose name might be a value', { 'a b': 'x' }, ['something: is not known']],
  ['a field of 32 letters', { ['x'.repeat(32)]: 1 }, [`${'x'.repeat(32)}: is not known`]],
  ['a field of 33 letters', { ['x'.repeat(33)]: 1 }, ['something: is not known']],
]

for (const [what, changes, problems] of rows) {
  test(`refuses ${what}`, () => {
    assert.deepEqual(toProblems({ ...leastClientFields, ...changes }), problems)
  })
}

test('refuses __proto__ as a field that is not known', () => {
  const fields: unknown = JSON.parse(
    `{"__proto__":{},${JSON.stringify(leastClientFields).slice(1)}`,
  )
  assert.deepEqual(toProblems(fields), ['something: is not known'])
})

for (const value of [null, undefined, 7, 'x', [], [leastClientFields]]) {
  test(`refuses ${JSON.stringify(value)?.slice(0, 20)} as a client`, () => {
    assert.deepEqual(readClient(value), { client: undefined, problems: [': must be an object'] })
  })
}

test('notes every field that is missing', () => {
  assert.deepEqual(toProblems({}), [
    'name: is missing',
    'clientId: is missing',
    'secretId: is missing',
    'domain: is missing',
    'origins: is missing',
    noRedirects,
  ])
})
