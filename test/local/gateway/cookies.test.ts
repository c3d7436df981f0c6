import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toCors } from '../../../core/http-api.ts'
import { echo, openTestGateway, send } from '../../fixtures/local/gateway-fixture.ts'

const origin = 'https://app.example'
const preflight = {
  method: 'OPTIONS',
  headers: { origin, 'access-control-request-method': 'POST' },
}

for (const [refreshToken, allowed] of [
  ['cookie', 'true'],
  ['body', undefined],
] as const) {
  test(`a browser may ${allowed === undefined ? 'not ' : ''}send cookies where the refresh token is in the ${refreshToken}`, async (t) => {
    const cors = toCors([{ origins: [origin], refreshToken }])
    const gateway = await openTestGateway(t, echo, { cors })
    for (const call of [preflight, { headers: { origin } }]) {
      const { headers } = await send(gateway.url, call)
      assert.equal(headers['access-control-allow-origin'], origin)
      assert.equal(headers['access-control-allow-credentials'], allowed)
    }
    const strangers = await send(gateway.url, { headers: { origin: 'https://evil.example' } })
    assert.equal(strangers.headers['access-control-allow-credentials'], undefined)
  })
}
