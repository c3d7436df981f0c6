import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type CauseName,
  causes,
  type EvidenceOf,
  type Failure,
  fail,
} from '../../core/causes/catalogue.ts'
import { metricNamespace, metrics, toMetrics } from '../../core/metrics.ts'
import type { Measures } from '../../core/record.ts'
import {
  allFacts,
  causeNames,
  measures,
  toFailedOutcome,
  toSuccess,
} from '../fixtures/core/sample-outcome.ts'

const contract = {
  Requests: ['Count', [[], ['client']]],
  Successes: ['Count', [[], ['grant_type']]],
  Failures: ['Count', [[], ['cause'], ['fault']]],
  UpstreamLatency: ['Milliseconds', [[]]],
  ProxyLatency: ['Milliseconds', [[]]],
  SecretLatency: ['Milliseconds', [[]]],
  SecretAge: ['Seconds', [[]]],
  SecretFetches: ['Count', [['result']]],
  UpstreamAttempts: ['Count', [[], ['grant_type']]],
  ColdStarts: ['Count', [[]]],
  StrayFailures: ['Count', [[]]],
  LeakedSecrets: ['Count', [[]]],
  CheckFailures: ['Count', [[], ['cause'], ['kind'], ['client']]],
  Rotations: ['Count', [['result']]],
  RotationFailures: ['Count', [['cause']]],
  Deployments: ['Count', [[]]],
}

test('has the names, units and dimensions of the contract', () => {
  const table = Object.entries(metrics).map(([name, { unit, by }]) => [name, [unit, by]])
  assert.deepEqual(Object.fromEntries(table), contract)
  assert.equal(metricNamespace, 'TokenProxy')
})

const alone = { by: [[]], dimensions: {} }

test('counts and measures a success in full', () => {
  const secretFetches = ['failed', 'ok', 'failed'] as const
  const facts = { ...allFacts, secretSource: 'stale' } as const
  const spent = { ...measures, isColdStart: true, facts, secretFetches }
  assert.deepEqual(toMetrics(toSuccess(), spent), [
    {
      by: [[], ['client']],
      dimensions: { client: 'shop' },
      values: [{ name: 'Requests', value: 1 }],
    },
    {
      by: [[], ['grant_type']],
      dimensions: { grant_type: 'authorization_code' },
      values: [{ name: 'Successes', value: 1 }],
    },
    {
      by: [[], ['grant_type']],
      dimensions: { grant_type: 'authorization_code' },
      values: [{ name: 'UpstreamAttempts', value: 2 }],
    },
    {
      ...alone,
      values: [
        { name: 'UpstreamLatency', value: 81.4 },
        { name: 'ProxyLatency', value: 26.6 },
        { name: 'SecretLatency', value: 12.6 },
        { name: 'SecretAge', value: 31.5 },
        { name: 'ColdStarts', value: 1 },
      ],
    },
    {
      by: [['result']],
      dimensions: { result: 'ok' },
      values: [{ name: 'SecretFetches', value: 1 }],
    },
    {
      by: [['result']],
      dimensions: { result: 'failed' },
      values: [{ name: 'SecretFetches', value: 2 }],
    },
  ])
})

test('counts a refusal, and measures only what the proxy itself took', () => {
  assert.deepEqual(toMetrics(toFailedOutcome('client_unknown'), measures), [
    {
      by: [[], ['client']],
      dimensions: { client: 'shop' },
      values: [{ name: 'Requests', value: 1 }],
    },
    {
      by: [[], ['cause'], ['fault']],
      dimensions: { cause: 'client_unknown', fault: 'caller' },
      values: [{ name: 'Failures', value: 1 }],
    },
    { ...alone, values: [{ name: 'ProxyLatency', value: 120.6 }] },
  ])
})

/** The measured values alone, by name. */
function toMeasured(changes: Partial<Measures>, totalMs = 100): Record<string, number> {
  const groups = toMetrics(toSuccess(), { ...measures, totalMs, ...changes })
  const measured = groups.slice(2).flatMap(({ values }) => values)
  return Object.fromEntries(
    measured.filter(({ name }) => name !== 'SecretFetches').map(({ name, value }) => [name, value]),
  )
}

test('measures each latency only where there was something to measure', () => {
  assert.deepEqual(toMeasured({ facts: { upstreamMs: 9 } }), { ProxyLatency: 91 })
  assert.deepEqual(toMeasured({ facts: { attempts: 1 } }), {
    UpstreamLatency: 0,
    ProxyLatency: 100,
    UpstreamAttempts: 1,
  })
  assert.deepEqual(toMeasured({ facts: { secretMs: 9 } }), { ProxyLatency: 91 })
  assert.deepEqual(toMeasured({ facts: { secretMs: 9 }, secretFetches: ['ok'] }), {
    ProxyLatency: 91,
    SecretLatency: 9,
  })
  assert.deepEqual(toMeasured({ facts: {}, secretFetches: ['failed'] }), {
    ProxyLatency: 100,
    SecretLatency: 0,
  })
  assert.deepEqual(toMeasured({ facts: { secretSource: 'stale', secretAgeSeconds: 0 } }), {
    ProxyLatency: 100,
    SecretAge: 0,
  })
  assert.deepEqual(toMeasured({ facts: { secretSource: 'cache', secretAgeSeconds: 9 } }), {
    ProxyLatency: 100,
  })
})

test('takes both waits off the latency of the proxy, and never falls below nothing', () => {
  const facts = { upstreamMs: 60, secretMs: 30 }
  assert.equal(toMeasured({ facts })['ProxyLatency'], 10)
  assert.equal(toMeasured({ facts }, 80)['ProxyLatency'], 0)
})

test('is as fine as a tenth of a unit', () => {
  assert.equal(toMeasured({}, 1.26)['ProxyLatency'], 1.3)
  assert.equal(toMeasured({}, 1.24)['ProxyLatency'], 1.2)
})

test('every value has the dimensions of its own metric', () => {
  const secretFetches = ['ok', 'failed'] as const
  const facts = { ...allFacts, secretSource: 'stale' } as const
  const spent = { ...measures, isColdStart: true, facts, secretFetches }
  for (const outcome of [toSuccess(), toFailedOutcome('cognito_error')]) {
    for (const { by, values, dimensions } of toMetrics(outcome, spent)) {
      for (const { name } of values) assert.deepEqual(by, metrics[name].by)
      assert.deepEqual(Object.keys(dimensions).sort(), by.flat().sort())
    }
  }
})

/** Every outcome that there can be, as far as counting goes. */
const outcomes = [
  ...(['authorization_code', 'refresh_token', undefined] as const).map((grantType) =>
    toSuccess({ grantType }),
  ),
  ...causeNames.map((name) => toFailedOutcome(name, 'authorization_code')),
  ...causeNames.map((name) => ({
    ...toFailedOutcome(name),
    client: 'unknown',
    grantType: undefined,
  })),
]

test('counts a revocation that went well under no grant', () => {
  const outcome = toSuccess({ grantType: undefined, result: { ok: true, value: undefined } })
  assert.deepEqual(toMetrics(outcome, measures)[1], {
    by: [[], ['grant_type']],
    dimensions: { grant_type: 'none' },
    values: [{ name: 'Successes', value: 1 }],
  })
})

test('counts a leak where the stored secret was found, and nothing else that a caller sent', () => {
  const isCounted = (failure: Failure) =>
    toMetrics(toFailedOutcome(failure), measures).some(({ values }) =>
      values.some(({ name }) => name === 'LeakedSecrets'),
    )
  const sent = (evidence: EvidenceOf<'caller_sent_credentials'>) =>
    fail('caller_sent_credentials', { evidence: [evidence] })
  assert.ok(isCounted(sent('stored_secret')))
  for (const failure of [
    sent('other_value'),
    sent('not_compared'),
    { ...fail('client_unknown'), evidence: ['stored_secret'] },
  ]) {
    assert.equal(isCounted(failure), false)
  }
})

test('counts a stray failure where a caller named no configured client, and no fault of others', () => {
  const isStray = (cause: CauseName, client: string) =>
    toMetrics({ ...toFailedOutcome(cause), client }, measures).some(({ values }) =>
      values.some(({ name }) => name === 'StrayFailures'),
    )
  assert.deepEqual(
    [isStray('client_unknown', 'unknown'), isStray('route_not_found', 'unknown')],
    [true, true],
  )
  assert.deepEqual(
    [isStray('config_invalid', 'unknown'), isStray('origin_not_allowed', 'shop')],
    [false, false],
  )
})

test('requests are successes and failures together, by cause as well as by fault', () => {
  const sums: Record<string, number> = { Requests: 0, Successes: 0, Failures: 0 }
  for (const outcome of outcomes) {
    const values = toMetrics(outcome, measures).flatMap((group) => group.values)
    for (const { name, value } of values) sums[name] = (sums[name] ?? 0) + value
  }
  assert.equal(sums['Requests'], outcomes.length)
  assert.equal(sums['Successes'], 3)
  assert.equal(sums['Failures'], outcomes.length - 3)
})

test('dimension values come from closed sets for every failure', () => {
  const closed: Readonly<Record<string, readonly string[]>> = {
    client: ['shop', 'unknown'],
    grant_type: ['authorization_code', 'refresh_token', 'none'],
    cause: Object.keys(causes),
    fault: ['caller', 'operator', 'cognito'],
    result: ['ok', 'failed'],
  }
  const hostile = {
    ...fail('client_unknown'),
    detail: 'canary',
    evidence: ['canary'],
    candidates: ['canary'],
  }
  for (const outcome of [...outcomes, toFailedOutcome(hostile)]) {
    for (const { dimensions } of toMetrics(outcome, measures)) {
      for (const [name, value] of Object.entries(dimensions)) {
        assert.ok(closed[name]?.includes(value), `${name}=${value}`)
      }
    }
  }
})
