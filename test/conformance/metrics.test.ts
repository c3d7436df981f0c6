import assert from 'node:assert/strict'
import test from 'node:test'
import {
  type Invocation,
  openDirectHandler,
  toEvent,
} from '../fixtures/conformance/direct-handler.ts'
import { addUp, type Series, sum } from '../fixtures/conformance/emf.ts'
import { upstreamFaults } from '../fixtures/conformance/faults.ts'
import {
  codeGrant,
  openProxy,
  pickMetrics,
  refreshGrant,
  toEnvironment,
  webClient,
} from '../fixtures/conformance/proxy.ts'
import { refusedCalls } from '../fixtures/conformance/refused-calls.ts'
import { chooseSeed, openRandom } from '../fixtures/core/seeded-random.ts'

const names = { service: 'token-proxy', client: ['web'] }

function assertBalance(series: Series, requests: number): void {
  assert.equal(sum(series, 'Requests'), requests)
  assert.equal(sum(series, 'Requests', 'client'), requests)
  assert.equal(sum(series, 'Failures', 'cause'), sum(series, 'Failures'))
  assert.equal(sum(series, 'Failures', 'fault'), sum(series, 'Failures'))
  assert.equal(sum(series, 'Successes', 'grant_type'), sum(series, 'Successes'))
  assert.equal(sum(series, 'Successes') + sum(series, 'Failures', 'cause'), requests)
}

test('over a mixed run, requests are successes and failures by cause, nothing else (OBS-04)', async (t) => {
  const proxy = await openProxy({ concurrency: 1 })
  t.after(() => proxy.close())
  const behaviours = upstreamFaults.filter(({ cause }) => cause !== 'cognito_timeout')
  const tokens = { status: 200, body: { access_token: 'a', token_type: 'Bearer' } }
  for (const body of [codeGrant(), refreshGrant(), refreshGrant()]) {
    proxy.upstream.script(tokens)
    await proxy.send({ body })
  }
  for (const { behaviour } of behaviours) {
    proxy.upstream.script(behaviour)
    await proxy.send({ body: refreshGrant() })
  }
  for (const { call } of refusedCalls) await proxy.send(call)
  const series = addUp(proxy.metrics(), names)
  assertBalance(series, 3 + behaviours.length + refusedCalls.length)
  assert.equal(sum(series, 'Successes'), 3)
  assert.equal(sum(series, 'ColdStarts'), 1)
  assert.equal(sum(series, 'UpstreamAttempts'), proxy.upstream.requests.length)
  assert.equal(sum(series, 'SecretFetches', 'result'), proxy.secretCalls())
})

const calls = 100_000
const atOnce = 1000

test(`${calls} hostile requests make at most 150 series (OBS-05)`, async (t) => {
  const seed = chooseSeed()
  t.diagnostic(`SEED=${seed}`)
  const random = openRandom(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const noise = () =>
    Array.from({ length: 8 }, () => String.fromCharCode(random() * 0x3000)).join('')
  const makeEvent = () => {
    const grant = pick([codeGrant, refreshGrant])
    const field = pick([
      'client_id',
      'grant_type',
      'code',
      'redirect_uri',
      'code_verifier',
      noise(),
    ])
    const parameters = grant({ [field]: pick([noise(), undefined, '__proto__', 'unknown']) })
    const body = new URLSearchParams(pick([parameters, grant()])).toString()
    return toEvent(pick([body, noise(), `${body}&${noise()}`]), {
      rawPath: pick(['/oauth2/token', '/oauth2/token', '/oauth2/token', noise()]),
      rawQueryString: pick(['', '', '', noise()]),
      headers: {
        'content-type': pick([
          'application/x-www-form-urlencoded',
          'application/x-www-form-urlencoded',
          noise(),
        ]),
        origin: pick(['https://app.example', 'https://app.example', noise()]),
        [pick(['dpop', 'authorization', 'x', 'x', 'x', noise()])]: noise(),
      },
      requestContext: {
        http: { method: pick(['POST', 'POST', 'POST', noise()]) },
        requestId: noise(),
      },
    })
  }
  const nowhere = 'http://127.0.0.1:1'
  const handler = openDirectHandler({
    ...toEnvironment(nowhere, [{ ...webClient, domain: nowhere }]),
    TOKEN_PROXY_MOST_IN_FLIGHT: '500',
  })
  t.after(() => handler.close())
  for (let done = 0; done < calls; done += atOnce) {
    const invocations = Array.from(
      { length: atOnce },
      (): Invocation => ({
        event: pick([makeEvent(), makeEvent(), makeEvent(), null, [], noise()]),
        remainingMs: pick([15_000, 15_000, 0]),
      }),
    )
    await handler.invoke(invocations)
  }
  assert.equal(handler.lines().length, 2 * calls)
  const series = addUp(pickMetrics(handler.lines()), names)
  assertBalance(series, calls)
  assert.ok(series.size <= 150, `${series.size} series`)
  assert.ok(sum(series, 'Failures', 'cause') > 0 && series.size > 20)
})
