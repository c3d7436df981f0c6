import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toCause } from '../../core/causes/catalogue.ts'
import { toCheckMetrics, toReport } from '../../core/doctor/report.ts'
import { pagesAtValues, toFewerSeries, toPagesAt } from '../../core/fewer-series.ts'
import { type MetricGroup, type MetricName, metrics, toMetrics } from '../../core/metrics.ts'
import {
  causeNames,
  measures,
  toFailedOutcome,
  toSuccess,
} from '../fixtures/core/sample-outcome.ts'

test('a deployment that is watched less closely has these metrics and dimensions alone', () => {
  const small = Object.entries(metrics).flatMap(([name, row]) =>
    'small' in row ? [[name, row.small]] : [],
  )
  assert.deepEqual(Object.fromEntries(small), {
    Requests: [[]],
    Successes: [['grant_type']],
    Failures: [[], ['pages_at']],
    LeakedSecrets: [[]],
    CheckFailures: [[], ['kind']],
  })
})

const one = (name: MetricName, by: MetricGroup['by'], dimensions: MetricGroup['dimensions']) => ({
  by,
  dimensions,
  values: [{ name, value: 1 }],
})

test('of a success, counts the request and its grant alone', () => {
  const spent = {
    ...measures,
    facts: { attempts: 1, upstreamMs: 90 },
    secretFetches: ['ok'] as const,
    isColdStart: true,
  }
  assert.deepEqual(toFewerSeries(toMetrics(toSuccess(), spent)), [
    one('Requests', [[]], {}),
    one('Successes', [['grant_type']], { grant_type: 'authorization_code' }),
  ])
})

test('counts a failure by when its cause pages, and a caller’s mistake by nothing', () => {
  const read = (cause: Parameters<typeof toFailedOutcome>[0]) =>
    toFewerSeries(toMetrics(toFailedOutcome(cause), measures))
  assert.deepEqual(read('cognito_timeout'), [
    one('Requests', [[]], {}),
    one('Failures', [[], ['pages_at']], { pages_at: '5' }),
  ])
  assert.deepEqual(read('code_rejected'), [one('Requests', [[]], {}), one('Failures', [[]], {})])
})

test('keeps the kind of what the doctor finds, and that it has been there', () => {
  const failed = { name: 'live_probe', status: 'failed', found: '' } as const
  const count = (cause: 'cognito_timeout' | 'scopes_missing') =>
    toFewerSeries(toCheckMetrics(toReport('web', [{ ...failed, cause }])))
  assert.deepEqual(count('cognito_timeout'), [
    one('CheckFailures', [[], ['kind']], { kind: 'outage' }),
  ])
  // A cause that no request ends with pages at no count.
  assert.deepEqual(count('scopes_missing'), [
    one('CheckFailures', [[], ['kind']], { kind: 'waiting' }),
  ])
  assert.deepEqual(toFewerSeries(toCheckMetrics(toReport('web', []))), [
    { by: [[]], dimensions: {}, values: [{ name: 'CheckFailures', value: 0 }] },
  ])
})

test('a cause pages at the count of its alarm, never if it can be provoked, and callers’ causes have no count', () => {
  for (const name of causeNames) {
    const { fault, alarm } = toCause(name)
    if (fault === 'caller') assert.equal(toPagesAt(name), undefined, name)
    else assert.equal(toPagesAt(name), alarm?.provokable ? 'never' : `${alarm?.atLeast}`, name)
  }
  const used = new Set(causeNames.map(toPagesAt).filter((value) => value !== undefined))
  assert.deepEqual([...used].sort(), [...pagesAtValues].sort())
})

test('all alarms of causes have the same window, so that one alarm can replace many', () => {
  const windows = causeNames.flatMap((name) => toCause(name).alarm?.withinSeconds ?? [])
  assert.deepEqual([...new Set(windows)], [600])
})
