import type { AlarmBase } from '../cloudwatch/alarm-actions.ts'
import { parseEmf } from '../cloudwatch/emf.ts'
import type { MetricQuery } from '../cloudwatch/metric-query.ts'
import { type MetricStore, openMetricStore } from '../cloudwatch/metric-store.ts'
import type { Substitutions } from '../cloudwatch/template.ts'
import { readWatch, type Watch } from '../cloudwatch/watch.ts'
import { type Statuses, watchAt } from '../cloudwatch/watcher.ts'
import type { AlarmView, Preview } from '../front-end/preview.ts'
import { fillIn, stack, toSubstitutions } from './placeholders.ts'
import type { Watching } from './watching.ts'
import { readWidget } from './widget-view.ts'

/** What CloudWatch would make of this run. */
export interface CloudWatchPreview {
  /** Takes each line that a function writes. */
  readonly take: (line: string) => void
  /** Counts one run of a function, which Lambda and not the function itself does. */
  readonly countRun: (name: keyof Watching['functionIds'], tookMs: number) => void
  /** Evaluates everything as of now. */
  readonly look: () => Preview
}

/** How long a minute of CloudWatch lasts here: alarms that look back for minutes answer in seconds. */
export const previewMinuteMs = 2000

/** More than a plot shows, and enough to know what is usual. */
const keptHours = 4

/**
 * Opens the preview over what the template has. Its clock runs faster than the real one, from now on: what
 * is counted gets the time of that clock.
 *
 * @param realNowMs milliseconds since 1970
 */
export function openPreview(
  watching: Watching,
  realNowMs: () => number = Date.now,
): CloudWatchPreview {
  const beganMs = realNowMs()
  const nowMs = () => beganMs + (realNowMs() - beganMs) * (60_000 / previewMinuteMs)
  const store = openMetricStore(nowMs, keptHours)
  const { resources, dashboard, functionIds } = watching
  const watch = readWatch(resources, toSubstitutions(resources, stack))
  const widgets = fillIn(dashboard.widgets, { ...stack, ...toAlarmNames(watch) }).map((widget) =>
    readWidget(widget, store),
  )
  let statuses: Statuses = new Map()
  return {
    take: (line) => {
      const points = parseEmf(line)
      if (points === undefined || points === 'rejected') return
      for (const { metric, value } of points) store.put(metric, value, nowMs())
    },
    countRun: (name, tookMs) => countRun(store, functionIds[name], tookMs, nowMs()),
    look: () => {
      statuses = watchAt(watch, store, nowMs(), statuses).statuses
      return {
        minuteMs: previewMinuteMs,
        alarms: toAlarmViews(watch, statuses),
        widgets: widgets.map((read) => read(nowMs())),
      }
    },
  }
}

function countRun(store: MetricStore, id: string, tookMs: number, atMs: number): void {
  const values = { Invocations: 1, Errors: 0, Throttles: 0, Duration: tookMs }
  const Dimensions = [{ Name: 'FunctionName', Value: id }]
  for (const [MetricName, value] of Object.entries(values)) {
    store.put({ Namespace: 'AWS/Lambda', MetricName, Dimensions }, value, atMs)
  }
}

/** The dashboard refers to alarms by their ARNs; here they go by the names that the page shows. */
function toAlarmNames({ metricAlarms, compositeAlarms }: Watch): Substitutions {
  return Object.fromEntries(
    [...metricAlarms, ...compositeAlarms].map(([id, { name }]) => [`${id}.Arn`, toShortName(name)]),
  )
}

function toAlarmViews(
  { metricAlarms, compositeAlarms }: Watch,
  statuses: Statuses,
): readonly AlarmView[] {
  const toView = (id: string, { name, description }: AlarmBase, isComposite: boolean) => ({
    name: toShortName(name),
    state: statuses.get(id)?.state ?? 'INSUFFICIENT_DATA',
    isComposite,
    description,
  })
  // What tells nobody is only a part of a page.
  const isTelling = ([, { actions }]: readonly [string, AlarmBase]) =>
    (actions.ALARM ?? []).length > 0
  const others = [...metricAlarms].filter(isTelling).map(([id, alarm]) => {
    const cause = toCause(alarm.queries)
    return { ...toView(id, alarm, false), ...(cause !== undefined && { cause }) }
  })
  const pages = [...compositeAlarms].filter(isTelling)
  return [...pages.map(([id, alarm]) => toView(id, alarm, true)), ...others]
}

/** The cause whose failures are all that an alarm looks at. */
function toCause(queries: readonly MetricQuery[]): string | undefined {
  const [query, ...more] = queries.filter((one) => 'metric' in one)
  if (query?.metric.MetricName !== 'Failures' || more.length > 0) return undefined
  return query.metric.Dimensions?.find(({ Name }) => Name === 'cause')?.Value
}

/** The stack's own name, with which all of them begin, says nothing here. */
function toShortName(name: string): string {
  return name.replace(`${stack['AWS::StackName']}-`, '')
}
