import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Meter } from '../../adapters/meter.ts'
import type { Exchanged } from '../../adapters/request-exchange.ts'
import { openTokenEndpoint } from '../../adapters/token-endpoint.ts'
import type { OAuthRequest } from '../../core/oauth-request.ts'
import { toUnjudgedOutcome } from '../../core/outcome.ts'
import { openTestShell, refreshEvent, toSettings } from '../fixtures/adapters/sample-shell.ts'

const exchanged: Exchanged = {
  result: { ok: true, value: { access_token: 'a', token_type: 'Bearer' } },
}

test('a request that may go on is exchanged, and its outcome names client and grant', async () => {
  const seen: OAuthRequest[] = []
  const { shell, receive } = openTestShell(async (request) => {
    seen.push(request)
    return exchanged
  })
  const outcome = await openTokenEndpoint(shell)(receive(refreshEvent))
  assert.deepEqual(outcome, { client: 'shop', grantType: 'refresh_token', ...exchanged })
  const [request] = seen
  assert.ok(request?.grantType === 'refresh_token')
  assert.equal(request.refreshToken.reveal(), 'r')
})

for (const event of [undefined, null, 7, 'text', [], {}, { ...refreshEvent, rawPath: '/' }]) {
  test(`${JSON.stringify(event)?.slice(0, 30)} is refused without an exchange`, async () => {
    const { shell, receive } = openTestShell(() => assert.fail('nothing may be exchanged'))
    const { result, client } = await openTokenEndpoint(shell)(receive(event))
    assert.ok(!result.ok)
    assert.deepEqual([result.cause, client], ['route_not_found', 'unknown'])
  })
}

test('the deadline is cut to what Lambda has left less the margin', async () => {
  const meters: Meter[] = []
  const { shell, receive } = openTestShell(async (_request, meter) => {
    meters.push(meter)
    return exchanged
  })
  await openTokenEndpoint(shell)(receive(refreshEvent, { getRemainingTimeInMillis: () => 3000 }))
  await openTokenEndpoint(shell)(receive(refreshEvent))
  assert.deepEqual(
    meters.map((meter) => meter.leftMs()),
    [2500, 10_000],
  )
})

test('without settings nothing is opened and every request is config_invalid', async () => {
  const { shell, receive } = openTestShell(() => assert.fail('nothing may be exchanged'))
  const endpoint = openTokenEndpoint({ ...shell, open: undefined })
  assert.deepEqual(await endpoint(receive(refreshEvent)), toUnjudgedOutcome('config_invalid'))
})

test('requests beyond the limit are turned away until others are done', async () => {
  const settings = toSettings({ TOKEN_PROXY_MOST_IN_FLIGHT: '2' })
  const { promise, resolve } = Promise.withResolvers<Exchanged>()
  const { shell, receive } = openTestShell(() => promise, settings)
  const endpoint = openTokenEndpoint(shell)
  const first = [endpoint(receive(refreshEvent)), endpoint(receive(refreshEvent))]
  assert.deepEqual(await endpoint(receive(refreshEvent)), toUnjudgedOutcome('proxy_overloaded'))
  resolve(exchanged)
  await Promise.all(first)
  assert.ok((await endpoint(receive(refreshEvent))).result.ok)
})

test('an exchange that throws gives its place back', async () => {
  const settings = toSettings({ TOKEN_PROXY_MOST_IN_FLIGHT: '1' })
  const { shell, receive } = openTestShell(async () => {
    throw new Error('bug')
  }, settings)
  const endpoint = openTokenEndpoint(shell)
  await assert.rejects(endpoint(receive(refreshEvent)), /bug/)
  await assert.rejects(endpoint(receive(refreshEvent)), /bug/)
})
