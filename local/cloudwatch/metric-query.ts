import { countPeriods, type Metric, type Window } from './metric.ts'
import { evaluateMath, type MathExpression } from './metric-math.ts'
import type { MetricStore } from './metric-store.ts'
import { isList, type Series, type Value } from './metric-value.ts'

/** A statistic of a metric, or an expression over other queries, under an id. */
export type MetricQuery =
  | { readonly id: string; readonly metric: Metric; readonly statistic: string }
  | { readonly id: string; readonly expression: MathExpression }

/** What a band of expected values is made from; CloudWatch looks at up to two weeks. */
const historyMs = 24 * 3_600_000

/**
 * Opens the queries of one alarm or graph over one window; what nobody asks for is not worked out. All of
 * them share the window's period.
 *
 * @returns the series of the query with an id, or the array of them that its expression gives
 * @throws Error where an expression is a scalar, refers to itself or to an unknown id, or uses what cannot
 *   be evaluated here
 */
export function openQueries(
  queries: readonly MetricQuery[],
  store: MetricStore,
  window: Window,
): (id: string) => Series | readonly Series[] {
  const known = new Map<string, Series | readonly Series[] | 'begun'>()
  const periods = countPeriods(window)
  const { fromMs, periodSeconds } = window
  const beginsMs = fromMs - Math.floor(historyMs / (periodSeconds * 1000)) * periodSeconds * 1000
  const lookUp = (id: string): Series | readonly Series[] => {
    const value = known.get(id)
    if (value === 'begun') throw new Error(`${id} refers to itself`)
    if (value !== undefined) return value
    known.set(id, 'begun')
    const found = toSeries(id, work(id))
    known.set(id, found)
    return found
  }
  const work = (id: string): Value => {
    const query = queries.find((one) => one.id === id)
    if (query === undefined) throw new Error(`there is no ${id}`)
    if ('metric' in query) return { points: store.read(query.metric, query.statistic, window) }
    return evaluateMath(query.expression, {
      periods,
      periodSeconds,
      lookUp,
      metricIds: queries.filter((one) => 'metric' in one).map((one) => one.id),
      historyOf: (past) => {
        const before = { fromMs: beginsMs, toMs: fromMs, periodSeconds }
        const [series] = [openQueries(queries, store, before)(past)].flat()
        return series?.points ?? []
      },
    })
  }
  return lookUp
}

function toSeries(id: string, value: Value): Series | readonly Series[] {
  if (isList(value) || typeof value !== 'number') return value
  throw new Error(`${id} is a scalar, and CloudWatch wants a time series`)
}
