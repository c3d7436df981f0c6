import assert from 'node:assert/strict'
import { causes } from '../../core/causes.ts'
import type { Line } from './proxy.ts'

const alone = ['service'] as const

/** Every metric with its unit and its dimension sets, as alarms and dashboards rely on them. */
const contract: Readonly<Record<string, readonly [unit: string, ...sets: (readonly string[])[]]>> =
  {
    Requests: ['Count', alone, ['service', 'client']],
    Successes: ['Count', alone, ['service', 'grant_type']],
    Failures: ['Count', alone, ['service', 'cause'], ['service', 'fault']],
    UpstreamLatency: ['Milliseconds', alone],
    ProxyLatency: ['Milliseconds', alone],
    SecretLatency: ['Milliseconds', alone],
    SecretAge: ['Seconds', alone],
    SecretFetches: ['Count', ['service', 'result']],
    UpstreamAttempts: ['Count', alone],
    ColdStarts: ['Count', alone],
  }

/** The closed sets that dimension values come from, but for the configured names. */
const closed: Readonly<Record<string, readonly string[]>> = {
  grant_type: ['authorization_code', 'refresh_token'],
  cause: Object.keys(causes),
  fault: ['caller', 'operator', 'cognito'],
  result: ['ok', 'failed'],
}

/** The values of one metric by series, such as `Failures{cause=waf_blocked,service=token-proxy}`. */
export type Series = ReadonlyMap<string, number>

/**
 * Holds metric lines against CloudWatch's embedded metric format and the contract, and adds them up.
 *
 * @param names the values that `service` and `client` may have
 */
export function addUp(
  lines: readonly Line[],
  names: { readonly service: string; readonly client: readonly string[] },
): Series {
  const sums = new Map<string, number>()
  const allowed = { ...closed, service: [names.service], client: [...names.client, 'unknown'] }
  for (const line of lines) {
    const used = new Set(['_aws'])
    for (const { name, dimensions, value } of readDirectives(line)) {
      for (const names of [[name], Object.keys(dimensions)].flat()) used.add(names)
      for (const [dimension, text] of Object.entries(dimensions)) {
        assert.ok(
          allowed[dimension as keyof typeof allowed]?.includes(text),
          `${dimension}=${text}`,
        )
      }
      const key = `${name}{${Object.entries(dimensions)
        .sort()
        .map((pair) => pair.join('='))
        .join()}}`
      sums.set(key, (sums.get(key) ?? 0) + value)
    }
    assert.deepEqual(
      Object.keys(line).filter((name) => !used.has(name)),
      [],
    )
  }
  return sums
}

function readDirectives(line: Line) {
  const { Timestamp, CloudWatchMetrics: directives } = toRecord(line['_aws'])
  assert.ok(Number.isSafeInteger(Timestamp) && Math.abs(Number(Timestamp) - Date.now()) < 600_000)
  return toList(directives).flatMap((directive) => {
    const { Namespace, Dimensions, Metrics, ...rest } = toRecord(directive)
    assert.equal(Namespace, 'TokenProxy')
    assert.deepEqual(rest, {})
    return toList(Metrics).flatMap((metric) => {
      const { Name, Unit, ...others } = toRecord(metric)
      const name = String(Name)
      const [unit, ...sets] = contract[name] ?? []
      assert.deepEqual([Unit, Dimensions, others], [unit, sets, {}], name)
      const value = line[name]
      assert.ok(typeof value === 'number' && value >= 0, name)
      return sets.map((set) => ({
        name,
        value,
        dimensions: Object.fromEntries(
          set.map((dimension) => [dimension, String(line[dimension])]),
        ),
      }))
    })
  })
}

/** The sum over all series of a metric that have this dimension beside `service`, or none. */
export function sum(series: Series, metric: string, dimension?: string): number {
  const isWanted = (key: string) =>
    key.startsWith(`${metric}{`) &&
    (dimension === undefined ? !key.includes(',') : key.includes(`${dimension}=`))
  return [...series].filter(([key]) => isWanted(key)).reduce((total, [, value]) => total + value, 0)
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  assert.ok(typeof value === 'object' && value !== null)
  return { ...value }
}

function toList(value: unknown): readonly unknown[] {
  assert.ok(Array.isArray(value) && value.length > 0)
  return value
}
