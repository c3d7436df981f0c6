import type { Points } from '../cloudwatch/metric.ts'
import { parseMath } from '../cloudwatch/metric-math.ts'
import { type MetricQuery, openQueries } from '../cloudwatch/metric-query.ts'
import type { MetricStore } from '../cloudwatch/metric-store.ts'
import type { NumbersView, PlotView, SeriesView, WidgetView } from '../front-end/preview.ts'
import type { DashboardWidget, Rendering, WidgetProperties } from './watching.ts'

/** Evaluates one widget as of an instant. */
export type WidgetReader = (nowMs: number) => WidgetView

/** How much of the past a plot shows. */
const shownMinutes = 60
const minuteMs = 60_000

/** Reads a widget once, so that only its numbers are worked out for each preview. */
export function readWidget(widget: DashboardWidget, store: MetricStore): WidgetReader {
  const { type, properties, x, y, width, height } = widget
  const place = { x, y, width, height }
  const { title = '', markdown = '', alarms = [] } = properties
  if (type === 'text') return () => ({ ...place, kind: 'text', markdown })
  if (type === 'alarm') return () => ({ ...place, kind: 'alarms', title, alarms })
  if (type !== 'metric') return () => ({ ...place, kind: 'other', title })
  const lines = (properties.metrics ?? []).map((line, index) => readLine(line, index, properties))
  const isNumber = properties.view === 'singleValue'
  const toView = isNumber ? toNumbers : toPlot
  return (nowMs) => ({ ...place, ...toView(properties, lines, store, nowMs) })
}

interface Line {
  readonly query: MetricQuery
  readonly rendering: Rendering
  /** Whether AWS counts it, and nothing of this world. */
  readonly isOfAws: boolean
}

function readLine(
  line: readonly (string | Rendering)[],
  index: number,
  { stat = 'Average' }: WidgetProperties,
): Line {
  const words = line.filter((part) => typeof part === 'string')
  const rendering = line.find((part) => typeof part !== 'string') ?? {}
  const { id = `line${index}`, expression } = rendering
  const [Namespace = '', MetricName = '', ...pairs] = words
  if (expression !== undefined) {
    return { query: { id, expression: parseMath(expression) }, rendering, isOfAws: false }
  }
  const Dimensions = Array.from({ length: pairs.length / 2 }, (_, pair) => ({
    Name: pairs[2 * pair] ?? '',
    Value: pairs[2 * pair + 1] ?? '',
  }))
  const metric = { Namespace, MetricName, Dimensions }
  return {
    query: { id, metric, statistic: rendering.stat ?? stat },
    rendering: { label: MetricName, ...rendering },
    isOfAws: Namespace.startsWith('AWS/'),
  }
}

function toNumbers(
  { title = '', period = 300 }: WidgetProperties,
  lines: readonly Line[],
  store: MetricStore,
  nowMs: number,
): NumbersView {
  // The window slides: one that began at full five minutes would now and then be nearly empty.
  const toMs = Math.floor(nowMs / minuteMs) * minuteMs
  const series = evaluate(lines, store, toMs, period, 1)
  const numbers = series.map(({ label, points }) => {
    const [value] = points
    return value === undefined ? { label } : { label, value }
  })
  return { kind: 'numbers', title, numbers }
}

function toPlot(
  { title = '', stacked = false, period = 60, yAxis, annotations }: WidgetProperties,
  lines: readonly Line[],
  store: MetricStore,
  nowMs: number,
): PlotView {
  const periodMs = period * 1000
  const periods = Math.ceil((shownMinutes * minuteMs) / periodMs)
  // The period that has only begun would look like a fall.
  const toMs = Math.floor(nowMs / periodMs) * periodMs
  const series = evaluate(lines, store, toMs, period, periods)
    .filter(({ points }) => points.some((point) => point !== undefined && (point > 0 || !stacked)))
    .map(toSeriesView)
  const atMinutes = Array.from(
    { length: periods },
    (_, index) => (index + 1 - periods) * (period / 60),
  )
  return {
    kind: 'plot',
    title,
    isStacked: stacked,
    isOfAws: lines.every((line) => line.isOfAws),
    unit: yAxis?.left?.label ?? '',
    atMinutes,
    series,
    lines: annotations?.horizontal ?? [],
  }
}

interface NamedSeries {
  readonly label: string
  readonly points: Points
  readonly color?: string
}

function evaluate(
  lines: readonly Line[],
  store: MetricStore,
  toMs: number,
  periodSeconds: number,
  periods: number,
): readonly NamedSeries[] {
  const window = { fromMs: toMs - periods * periodSeconds * 1000, toMs, periodSeconds }
  const queries = lines.map(({ query }) => query)
  const lookUp = openQueries(queries, store, window)
  return lines
    .filter(({ rendering }) => rendering.visible !== false)
    .map(({ query, rendering }) => {
      const { label = query.id, color } = rendering
      return { label, points: lookUp(query.id), ...(color === undefined ? {} : { color }) }
    })
}

function toSeriesView({ points, ...drawn }: NamedSeries): SeriesView {
  return { ...drawn, values: points.map((point) => point ?? null) }
}
