// The key of the cookies rotates by the built function, without anything at Cognito.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { openRotatingWorld } from '../../fixtures/conformance/rotating-world.ts'
import { hangMs } from '../../fixtures/patience.ts'

const options = { timeout: hangMs }

test(
  'a cookie key rotates by the same function, once every sandbox can have read it',
  options,
  async (t) => {
    const cookieKey = 'token-proxy/cookie-key'
    const { secrets, ...world } = await openRotatingWorld(t, {
      TOKEN_PROXY_COOKIE_KEY_SECRET: cookieKey,
      TOKEN_PROXY_SECRET_SOFT_AGE_SECONDS: '1',
      TOKEN_PROXY_SECRET_TIMEOUT_MS: '50',
    })
    const first = randomBytes(32).toString('base64')
    secrets.put(cookieKey, first)
    const beganAtMs = Date.now()
    assert.equal(await world.rotate(cookieKey), 'done')
    assert.ok(Date.now() - beganAtMs >= 1150)
    const versions = [...(secrets.secrets.get(cookieKey)?.versions.values() ?? [])]
    assert.deepEqual(
      versions.map(({ stages }) => [...stages].sort()),
      [['AWSPREVIOUS'], ['AWSCURRENT', 'AWSPENDING']],
    )
    const [, second] = versions
    assert.match(second?.value ?? '', /^[\w+/]{43}=$/)
    const written = world.lines.join('\n')
    for (const { value = '' } of versions) assert.ok(!written.includes(value.slice(0, 12)))
    assert.deepEqual(
      world.steps().map(({ client }) => client),
      Array(4).fill('cookie-key'),
    )
  },
)
