import assert from 'node:assert/strict'
import test from 'node:test'
import { metrics } from '../../core/metrics.ts'
import { addUp, sum } from '../fixtures/conformance/emf.ts'
import { upstreamFaults } from '../fixtures/conformance/faults.ts'
import { assertBalance, assertFewSeries, names } from '../fixtures/conformance/metric-balance.ts'
import { codeGrant, openProxy, refreshGrant } from '../fixtures/conformance/proxy.ts'
import { refusedCalls } from '../fixtures/conformance/refused-calls.ts'

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
  // Of the function that exchanges, and of the one that answers strays.
  assert.equal(sum(series, 'ColdStarts'), 2)
  assert.equal(sum(series, 'UpstreamAttempts'), proxy.upstream.requests.length)
  assert.equal(sum(series, 'SecretFetches', 'result'), proxy.secretCalls())
})

test('2,000 hostile requests make at most 150 series (OBS-05)', (t) => assertFewSeries(t, 2000))

test('with few metrics the built function counts requests, grants and what pages, and records all the rest', async (t) => {
  const proxy = await openProxy({ concurrency: 1, env: { TOKEN_PROXY_WATCH: 'small' } })
  t.after(() => proxy.close())
  proxy.upstream.script({ status: 200, body: { access_token: 'a', token_type: 'Bearer' } })
  await proxy.send({ body: codeGrant() })
  proxy.upstream.script({ status: 500, body: {} })
  await proxy.send({ body: codeGrant() })
  const [success = {}, { _aws, ...failure } = {}] = proxy.metrics()
  const counted = Object.entries(success).filter(([name]) => name in metrics)
  assert.deepEqual(counted, [
    ['Requests', 1],
    ['Successes', 1],
  ])
  assert.deepEqual(failure, { service: 'token-proxy', pages_at: '5', Requests: 1, Failures: 1 })
  assert.equal(proxy.records()[1]?.['cause'], 'cognito_error')
})
