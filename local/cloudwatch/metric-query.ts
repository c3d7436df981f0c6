import type { Metric, Points, Window } from './metric.ts'
import { evaluateMath, type MathExpression } from './metric-math.ts'
import type { MetricStore } from './metric-store.ts'

/** A statistic of a metric, or an expression over other queries, under an id. */
export type MetricQuery =
  | { readonly id: string; readonly metric: Metric; readonly statistic: string }
  | { readonly id: string; readonly expression: MathExpression }

/**
 * Opens the queries of one alarm or graph over one window; each is worked out when it is first asked for.
 * All of them share the window's period.
 *
 * @returns the points of the query with an id
 * @throws Error where an expression is a scalar, refers to itself or to an unknown id, or uses what cannot
 *   be evaluated here
 */
export function openQueries(
  queries: readonly MetricQuery[],
  store: MetricStore,
  window: Window,
): (id: string) => Points {
  const known = new Map<string, Points | 'begun'>()
  const lookUp = (id: string): Points => {
    const value = known.get(id)
    if (value === 'begun') throw new Error(`${id} refers to itself`)
    if (value !== undefined) return value
    known.set(id, 'begun')
    const found = work(id)
    known.set(id, found)
    return found
  }
  const work = (id: string): Points => {
    const query = queries.find((one) => one.id === id)
    if (query === undefined) throw new Error(`there is no ${id}`)
    if ('metric' in query) return store.read(query.metric, query.statistic, window)
    const value = evaluateMath(query.expression, lookUp)
    if (typeof value === 'object') return value
    throw new Error(`${id} is a scalar, and CloudWatch wants a time series`)
  }
  return lookUp
}
