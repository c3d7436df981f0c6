import { type CauseName, causes, toCause } from './causes/catalogue.ts'
import { alarmCounts } from './causes/cause.ts'
import { type Metric, type MetricGroup, metrics } from './metrics.ts'

/**
 * The values of the dimension `pages_at`: how many failures page within ten minutes. `never` is for what anybody
 * can provoke.
 */
export const pagesAtValues = [...alarmCounts.map((count) => `${count}` as const), 'never'] as const
/** One of these values. */
export type PagesAt = (typeof pagesAtValues)[number]

/**
 * Sorts a cause by when it pages, so that a few series serve the alarms of all causes. A caller's mistake has no
 * such value, and a leaked secret has a metric of its own.
 */
export function toPagesAt(name: CauseName): PagesAt | undefined {
  const { alarm } = toCause(name)
  if (alarm === undefined || alarm.counts !== undefined) return undefined
  return alarm.provokable ? 'never' : `${alarm.atLeast}`
}

/**
 * Reduces metrics to those that a deployment with `watch: small` counts. CloudWatch bills each combination of
 * dimension values, and most of them exist to name a cause that the record names, too.
 */
export function toFewerSeries(groups: readonly MetricGroup[]): readonly MetricGroup[] {
  return groups.flatMap(({ dimensions: given, values }) =>
    values.flatMap((value) => {
      const { small = [] }: Metric = metrics[value.name]
      const dimensions = { ...given, ...toAdded(given['cause']) }
      const isKnown = (names: readonly string[]) =>
        names.every((name) => Object.hasOwn(dimensions, name))
      const by = small.every(isKnown) ? small : small.filter(isKnown)
      if (by.length === 0) return []
      const used = Object.entries(dimensions).filter(([name]) =>
        by.some((names) => names.includes(name)),
      )
      return [{ by, dimensions: Object.fromEntries(used), values: [value] }]
    }),
  )
}

function toAdded(cause: string | undefined): MetricGroup['dimensions'] {
  const isKnown = cause !== undefined && Object.hasOwn(causes, cause)
  const pagesAt = isKnown ? toPagesAt(cause as CauseName) : undefined
  return pagesAt === undefined ? {} : { pages_at: pagesAt }
}
