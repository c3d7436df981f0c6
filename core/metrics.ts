import { toCause } from './causes/catalogue.ts'
import type { Outcome } from './outcome.ts'
import { type Measures, secretFetchResults } from './record.ts'

/** The CloudWatch namespace of every metric. */
export const metricNamespace = 'TokenProxy'

/**
 * Every metric with its unit and the dimensions that it has besides `service`; each entry of `by` is one
 * set, and the empty one stands for `service` alone. `small` has the sets of a deployment that is watched less
 * closely; without it, such a deployment does not count the metric. Values come from closed sets only.
 */
export const metrics = {
  Requests: { unit: 'Count', by: [[], ['client']], small: [[]] },
  Successes: { unit: 'Count', by: [[], ['grant_type']], small: [['grant_type']] },
  Failures: { unit: 'Count', by: [[], ['cause'], ['fault']], small: [[], ['pages_at']] },
  UpstreamLatency: { unit: 'Milliseconds', by: [[]] },
  ProxyLatency: { unit: 'Milliseconds', by: [[]] },
  SecretLatency: { unit: 'Milliseconds', by: [[]] },
  SecretAge: { unit: 'Seconds', by: [[]] },
  SecretFetches: { unit: 'Count', by: [['result']] },
  UpstreamAttempts: { unit: 'Count', by: [[], ['grant_type']] },
  ColdStarts: { unit: 'Count', by: [[]] },
  /** Callers' failures that named no configured client: nobody's exchange. */
  StrayFailures: { unit: 'Count', by: [[]] },
  /** Requests that held the stored secret of a configured client: it is in a front end, and must be replaced. */
  LeakedSecrets: { unit: 'Count', by: [[]], small: [[]] },
  CheckFailures: {
    unit: 'Count',
    by: [[], ['cause'], ['kind'], ['client']],
    small: [[], ['kind']],
  },
  /** What the rotations of secrets came to; a step in between counts nothing. */
  Rotations: { unit: 'Count', by: [['result']] },
  RotationFailures: { unit: 'Count', by: [['cause']] },
  /** Put once by whoever deploys, when it begins; the functions never count it. */
  Deployments: { unit: 'Count', by: [[]] },
} as const satisfies Record<string, Metric>

/** One of these rows. */
export interface Metric {
  readonly unit: 'Count' | 'Milliseconds' | 'Seconds'
  readonly by: readonly (readonly string[])[]
  readonly small?: readonly (readonly string[])[]
}

/** The name of a metric that the proxy counts. */
export type MetricName = keyof typeof metrics

/** Numbers that share one set of dimension sets, with the values of those dimensions. */
export interface MetricGroup {
  readonly by: readonly (readonly string[])[]
  readonly dimensions: Readonly<Record<string, string>>
  readonly values: readonly { readonly name: MetricName; readonly value: number }[]
}

/** Makes the metrics of one request: exactly one `Requests`, and one `Successes` or one `Failures`. */
export function toMetrics(outcome: Outcome<unknown>, measures: Measures): readonly MetricGroup[] {
  const { result, client } = outcome
  const { facts, secretFetches } = measures
  const grant = { grant_type: outcome.grantType ?? 'none' }
  const cause = result.ok ? undefined : result.cause
  const groups = [
    toGroup('Requests', 1, { client }),
    cause === undefined
      ? toGroup('Successes', 1, grant)
      : toGroup('Failures', 1, { cause, fault: toCause(cause).fault }),
  ]
  if (isStray(outcome)) groups.push(toGroup('StrayFailures', 1, {}))
  if (isLeak(result)) groups.push(toGroup('LeakedSecrets', 1, {}))
  if (facts.attempts !== undefined) {
    groups.push(toGroup('UpstreamAttempts', facts.attempts, grant))
  }
  groups.push(toMeasured(measures))
  // Most requests read no secret.
  for (const result of secretFetches.length === 0 ? [] : secretFetchResults) {
    const count = secretFetches.filter((one) => one === result).length
    if (count > 0) groups.push(toGroup('SecretFetches', count, { result }))
  }
  return groups
}

function isStray({ result, client }: Outcome<unknown>): boolean {
  return !result.ok && client === 'unknown' && toCause(result.cause).fault === 'caller'
}

function isLeak(result: Outcome<unknown>['result']): boolean {
  if (result.ok || result.cause !== 'caller_sent_credentials') return false
  return result.evidence.includes('stored_secret')
}

/** Makes the group of what has no dimension but `service`. */
function toMeasured({ facts, secretFetches, totalMs, isColdStart }: Measures): MetricGroup {
  const upstreamMs = facts.upstreamMs ?? 0
  const secretMs = facts.secretMs ?? 0
  const values: MetricGroup['values'][number][] = []
  const add = (name: MetricName, value: number | undefined) => {
    if (value !== undefined) values.push({ name, value: toPrecision(value) })
  }
  add('UpstreamLatency', facts.attempts === undefined ? undefined : upstreamMs)
  add('ProxyLatency', Math.max(0, totalMs - upstreamMs - secretMs))
  add('SecretLatency', secretFetches.length > 0 ? secretMs : undefined)
  // The age of a cached secret is bounded by the settings; what can grow is that of a stale one.
  add('SecretAge', facts.secretSource === 'cache' ? undefined : facts.secretAgeSeconds)
  add('ColdStarts', isColdStart ? 1 : undefined)
  return { by: metrics.ProxyLatency.by, dimensions: {}, values }
}

/** Makes a group of one metric. */
function toGroup(
  name: MetricName,
  value: number,
  dimensions: Readonly<Record<string, string>>,
): MetricGroup {
  return { by: metrics[name].by, dimensions, values: [{ name, value }] }
}

/** A tenth of a unit is as fine as anybody looks. */
function toPrecision(value: number): number {
  return Math.round(value * 10) / 10
}
