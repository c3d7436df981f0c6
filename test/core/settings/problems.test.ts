import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openProblems } from '../../../core/settings/problems.ts'
import { parseSettings } from '../../../core/settings/settings.ts'
import { textSettings } from '../../../core/settings/table.ts'
import { leastClientFields } from '../../fixtures/core/sample-client.ts'

test('a place is sound until a problem is noted there or within it, and its neighbours stay so', () => {
  const { note, add, isSound, list } = openProblems(['BAD'])
  assert.ok(isSound('A', 'A[0].b') && isSound())
  note('A[1].list[2]', 'is wrong')
  assert.deepEqual(list, ['A[1].list[2] is wrong'])
  for (const place of ['A', 'A[1]', 'A[1].list', 'A[1].list[2]', 'BAD']) {
    assert.equal(isSound(place), false, place)
  }
  assert.ok(isSound('A[0]', 'A[1].lis', 'A[1].list[20]', 'A[10]', 'BA', 'BAD2'))
  assert.equal(isSound('A[0]', 'A[1]'), false)
  add(['C is wrong'])
  assert.equal(list.at(-1), 'C is wrong')
})

const cookieTexts = {
  TOKEN_PROXY_PUBLIC_URL: 'https://login.example.com',
  TOKEN_PROXY_COOKIE_KEY_SECRET: 'key',
}
const cookie = { refreshToken: 'cookie' }
const uriRule = 'must be an https, loopback or private-scheme URI without a fragment'

/** One mistake each, and the one problem that it is: of the client, or of another variable. */
const mistakes: readonly (readonly [
  says: string,
  fields: Readonly<Record<string, unknown>>,
  problem: string,
  environment?: Readonly<Record<string, string>>,
])[] = [
  [
    'an origin without a scheme',
    { origins: ['dev.example.com'] },
    'origins[0] must be an exact https origin',
  ],
  ['origins that are no list', { origins: 'x' }, 'origins must be a list'],
  [
    'an allowNoOrigin that is no boolean',
    { origins: [], allowNoOrigin: 'true' },
    'allowNoOrigin must be true or false',
  ],
  ['a misspelt allowNoOrigin', { origins: [], allowNoOrgin: true }, 'allowNoOrgin is not known'],
  ['a redirect URI that is none', { redirectUris: ['/callback'] }, `redirectUris[0] ${uriRule}`],
  ['redirect URIs that are no list', { redirectUris: 'x' }, 'redirectUris must be a list'],
  ['a grant that is not carried', { grants: ['password'] }, 'grants[0] must be a supported grant'],
  ['grants that are no list', { grants: 'refresh_token' }, 'grants must be a list'],
  [
    'a grant that is not carried, without redirect URIs',
    { grants: ['refresh_token', 'code'], redirectUris: [] },
    'grants[1] must be a supported grant',
  ],
  [
    'a rotation of another kind',
    { refreshTokenRotation: true, retryGracePeriodSeconds: 10 },
    'refreshTokenRotation must be "off", "on" or "unknown"',
  ],
  [
    'an unusable address of the proxy',
    cookie,
    `TOKEN_PROXY_PUBLIC_URL must be ${textSettings.publicUrl.form}`,
    { ...cookieTexts, TOKEN_PROXY_PUBLIC_URL: 'https://login.example.org/x' },
  ],
  [
    'an origin of a cookie client that is none, before one of another site',
    { ...cookie, origins: ['x', 'https://shop.example.org'] },
    'origins[0] must be an exact https origin',
    cookieTexts,
  ],
  [
    'a grant of a cookie client that is not carried',
    { ...cookie, grants: ['code'] },
    'grants[0] must be a supported grant',
    cookieTexts,
  ],
  [
    'an unusable soft age',
    {},
    'TOKEN_PROXY_SECRET_SOFT_AGE_SECONDS must be a whole number from 1 to 3600',
    { TOKEN_PROXY_SECRET_SOFT_AGE_SECONDS: '9999', TOKEN_PROXY_SECRET_HARD_AGE_SECONDS: '60' },
  ],
]

for (const [says, fields, problem, environment = {}] of mistakes) {
  test(`${says} is one problem, and nothing follows from it`, () => {
    const client = { ...leastClientFields, ...fields }
    const parsed = parseSettings({ TOKEN_PROXY_CLIENTS: JSON.stringify([client]), ...environment })
    assert.ok(!parsed.ok)
    const place = problem.startsWith('TOKEN_PROXY_') ? '' : 'TOKEN_PROXY_CLIENTS[0].'
    assert.deepEqual(parsed.problems, [`${place}${problem}`])
  })
}

test('the same unusable name twice is two problems, one at each place', () => {
  const client = { ...leastClientFields, name: 'Shop' }
  const clients = JSON.stringify([client, { ...client, clientId: 'other' }])
  const parsed = parseSettings({ TOKEN_PROXY_CLIENTS: clients })
  assert.ok(!parsed.ok)
  const rule = 'must match [a-z][a-z0-9-]{0,31}, and not be unknown or cookie-key'
  assert.deepEqual(
    parsed.problems,
    [0, 1].map((index) => `TOKEN_PROXY_CLIENTS[${index}].name ${rule}`),
  )
})
