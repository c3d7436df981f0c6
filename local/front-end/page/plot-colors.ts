import { element } from './element.ts'

/** How many colours `plots.css` has for series. */
const seriesColors = 8

/** The colours of the scheme that the visitor has chosen, as a canvas takes them. */
export interface PlotColors {
  readonly series: readonly string[]
  readonly text: string
  readonly grid: string
  readonly limit: string
}

const read = (): PlotColors => {
  const probe = element('i', { hidden: true })
  document.body.append(probe)
  const colorOf = (name: string): string => {
    probe.className = `plot-color ${name}`
    return getComputedStyle(probe).color
  }
  const colors = {
    series: Array.from({ length: seriesColors }, (_, index) => colorOf(`series-${index}`)),
    text: colorOf('quiet'),
    grid: colorOf('line'),
    limit: colorOf('bad'),
  }
  probe.remove()
  return colors
}

let colors: PlotColors | undefined
const listeners = new Set<() => void>()

/** Returns the current colours. */
export const plotColors = (): PlotColors => {
  colors ??= read()
  return colors
}

/** Reports when light turns to dark or back, after which every plot must be drawn again. */
export const onColorScheme = (listener: () => void): void => {
  listeners.add(listener)
}

window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  colors = undefined
  for (const listener of listeners) listener()
})
