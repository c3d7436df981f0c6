// The lines are those of the built function, behind the gateway and with everything that it calls; the
// clock is the machine's.
import assert from 'node:assert/strict'
import test from 'node:test'
import { type CauseName, toCause } from '../../../core/causes/catalogue.ts'
import { openMetricStore } from '../../../local/cloudwatch/metric-store.ts'
import { watchAt } from '../../../local/cloudwatch/watcher.ts'
import { readDrilledWatch, toCauseAlarm } from '../../fixtures/conformance/alarm-drill.ts'
import { upstreamFaults } from '../../fixtures/conformance/faults.ts'
import { codeGrant, openProxy } from '../../fixtures/conformance/proxy.ts'
import { refusedCalls } from '../../fixtures/conformance/refused-calls.ts'

/** Those that answer at once. */
const quickFaults = upstreamFaults.filter(({ cause }) => cause !== 'cognito_timeout')
const isAlarming = (cause: CauseName) => toCause(cause).alarm !== undefined

test('what the built function writes of each fault of Cognito sets off the alarm of its cause', async (t) => {
  const proxy = await openProxy({ concurrency: 1 })
  t.after(() => proxy.close())
  const expected = new Set<string>()
  const byCause = new Map(
    quickFaults
      .filter(({ grants = ['code'] }) => grants.includes('code'))
      .map((fault) => [fault.cause, fault.behaviour]),
  )
  for (const [cause, behaviour] of byCause) {
    if (isAlarming(cause)) expected.add(toCauseAlarm(cause))
    for (let time = 0; time < (toCause(cause).alarm?.atLeast ?? 1); time += 1) {
      proxy.upstream.script(behaviour)
      await proxy.send({ body: codeGrant() })
    }
  }
  for (const { call } of refusedCalls) await proxy.send(call)
  expected.add(toCauseAlarm('caller_sent_credentials'))
  await proxy.send({ body: codeGrant({ client_secret: proxy.secret }) })
  const { watch } = readDrilledWatch()
  // The minute that is under way counts once it is full.
  const nowMs = Date.now() + 60_000
  const store = openMetricStore(() => nowMs)
  for (const line of proxy.lines()) store.take(line)
  assert.equal(store.rejectedLines(), 0)
  const { statuses } = watchAt(watch, store, nowMs, new Map())
  const causeAlarms = new Set([...byCause.keys()].map(toCauseAlarm))
  const up = [...statuses].filter(
    ([id, { state }]) => state === 'ALARM' && watch.metricAlarms.has(id),
  )
  assert.deepEqual(
    up
      .map(([id]) => id)
      .filter((id) => expected.has(id) || causeAlarms.has(id))
      .sort(),
    [...expected].sort(),
  )
  assert.ok(expected.size >= 10)
})
