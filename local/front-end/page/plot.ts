import uPlot from 'uplot'
import type { PlotView, SeriesView } from '../preview.ts'
import { element, show } from './element.ts'
import { onColorScheme, plotColors } from './plot-colors.ts'
import { toMinutesAgo, toReading } from './readings.ts'

/** One plot, which fills its place and is redrawn whenever new values arrive. */
export interface Plot {
  readonly place: HTMLElement
  readonly draw: (view: PlotView) => void
}

/** Opens an empty plot; its legend has the name and the newest value of every series. */
export const openPlot = (title: string): Plot => {
  const canvas = element('div', { class: 'canvas', role: 'img', 'aria-label': title })
  const legend = element('ul', { class: 'legend' })
  const place = element('div', { class: 'plot' }, canvas, legend)
  /** A series keeps its colour while others come and go. */
  const order: string[] = []
  let drawn: { readonly plot: uPlot; readonly shape: string } | undefined
  let newest: PlotView | undefined
  const draw = (view: PlotView): void => {
    newest = view
    for (const { label } of view.series) if (!order.includes(label)) order.push(label)
    const colorOf = ({ label, color }: SeriesView) => color ?? toColor(order.indexOf(label))
    show(legend, ...makeLegend(view, colorOf))
    const shape = JSON.stringify([
      view.series.map(({ label }) => label),
      view.lines,
      view.atMinutes[0],
    ])
    const data = toData(view)
    if (drawn?.shape === shape) {
      drawn.plot.setData(data)
      return
    }
    drawn?.plot.destroy()
    drawn = { plot: new uPlot(toOptions(view, colorOf, canvas), data, canvas), shape }
  }
  new ResizeObserver(() => drawn?.plot.setSize(sizeOf(canvas))).observe(canvas)
  onColorScheme(() => {
    drawn?.plot.destroy()
    drawn = undefined
    if (newest !== undefined) draw(newest)
  })
  return { place, draw }
}

type ColorOf = (series: SeriesView) => string

const toColor = (index: number): string => {
  const { series } = plotColors()
  return series[index % series.length] ?? ''
}

const sizeOf = (canvas: HTMLElement) => ({
  width: Math.max(1, canvas.clientWidth),
  height: Math.max(1, canvas.clientHeight),
})

/** Stacked, the last series lies at the bottom and is drawn last, over those that reach higher. */
const toData = ({ atMinutes, series, lines, isStacked }: PlotView): uPlot.AlignedData => {
  const rows = series.map(({ values }) => [...values])
  if (isStacked) {
    const above = rows.map((_, index) => rows.slice(index))
    rows.forEach((row, index) => {
      for (const at of row.keys()) {
        row[at] = (above[index] ?? []).reduce((sum, one) => sum + (one[at] ?? 0), 0)
      }
    })
  }
  const limits = lines.map(({ value }) => atMinutes.map(() => value))
  return [[...atMinutes], ...rows, ...limits]
}

const toOptions = (view: PlotView, colorOf: ColorOf, canvas: HTMLElement): uPlot.Options => {
  const { text, grid, limit } = plotColors()
  const axis = {
    stroke: text,
    grid: { stroke: grid, width: 1 },
    ticks: { show: false },
    font: '12px system-ui, sans-serif',
  }
  return {
    ...sizeOf(canvas),
    padding: [8, 20, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false }, y: { range: toRange } },
    axes: [
      { ...axis, size: 28, space: 72, values: (_plot, splits) => splits.map(toMinutesAgo) },
      {
        ...axis,
        size: 48,
        space: 36,
        values: (_plot, splits) => splits.map(toReading),
        // A fraction of a request makes no sense on the axis.
        ...(view.unit === 'Count' && { incrs: wholeSteps }),
      },
    ],
    series: [
      {},
      ...view.series.map((series) => ({
        stroke: colorOf(series),
        width: view.isStacked ? 1 : 2,
        points: { size: 5, fill: colorOf(series) },
        ...(view.isStacked && { fill: colorOf(series), points: { show: false } }),
      })),
      ...view.lines.map(() => ({
        stroke: limit,
        width: 1.5,
        dash: [6, 4],
        points: { show: false },
      })),
    ],
  }
}

const wholeSteps = [1, 10, 100, 1000, 10_000].flatMap((tens) => [tens, 2 * tens, 5 * tens])

/** No value here is negative, and a line along the top edge would be invisible. */
const toRange: uPlot.Range.Function = (_plot, _least, most) => [0, Math.max(1, (most ?? 1) * 1.1)]

const makeLegend = (view: PlotView, colorOf: ColorOf): readonly HTMLElement[] => {
  const series = view.series.map((one) => {
    // Stacked values are counts, so a missing value is 0.
    const newest = one.values.at(-1) ?? (view.isStacked ? 0 : undefined)
    return makeEntry(colorOf(one), one.label, newest === undefined ? '–' : toReading(newest))
  })
  const lines = view.lines.map(({ label, value }) =>
    makeEntry(plotColors().limit, label, toReading(value)),
  )
  return [...series, ...lines]
}

const makeEntry = (color: string, label: string, value: string): HTMLElement => {
  const swatch = element('i', { class: 'swatch', 'aria-hidden': 'true' })
  swatch.style.backgroundColor = color
  return element('li', {}, swatch, element('span', {}, label), element('b', {}, value))
}
