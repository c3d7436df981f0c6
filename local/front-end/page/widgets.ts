import type { AlarmView, NumbersView, Preview, WidgetView } from '../preview.ts'
import { byUrgency, makeAlarmChip } from './alarms.ts'
import { element, show } from './element.ts'
import { makeMarkdown } from './markdown.ts'
import { openPlot } from './plot.ts'
import { toReading } from './readings.ts'

/** One widget on the page, redrawn with every preview. */
export interface Widget {
  readonly place: HTMLElement
  readonly draw: (view: WidgetView, preview: Preview) => void
}

/** Opens a widget in its place on the grid; what it shows comes with each drawing. */
export const openWidget = (view: WidgetView): Widget => {
  const title = view.kind === 'text' ? '' : view.title
  const body = element('div', { class: 'body' })
  const place = element(
    'section',
    { class: 'widget', 'data-kind': view.kind },
    ...(title === '' ? [] : [element('h3', {}, title)]),
    body,
  )
  // A rule of the style sheet reads these; it leaves them alone on a narrow screen.
  for (const side of ['x', 'y', 'width', 'height'] as const) {
    place.style.setProperty(`--${side}`, String(view[side]))
  }
  return { place, draw: toDrawing(view, body) }
}

const toDrawing = (first: WidgetView, body: HTMLElement): Widget['draw'] => {
  if (first.kind === 'plot') return openPlotBody(first.title, body)
  if (first.kind === 'text') {
    body.classList.add('prose')
    show(body, ...makeMarkdown(first.markdown))
    return () => {}
  }
  if (first.kind === 'other') {
    show(
      body,
      element('p', { class: 'hint' }, 'Only CloudWatch can draw this, because it reads the log.'),
    )
    return () => {}
  }
  return (view, preview) => {
    if (view.kind === 'numbers') show(body, makeNumbers(view))
    if (view.kind === 'alarms') show(body, makeAlarms(view.alarms, preview.alarms))
  }
}

const openPlotBody = (title: string, body: HTMLElement): Widget['draw'] => {
  const plot = openPlot(title)
  const empty = element('p', { class: 'hint' })
  show(body, plot.place, empty)
  return (view) => {
    if (view.kind !== 'plot') return
    show(
      empty,
      view.isOfAws ? 'Only AWS counts this, so it is empty here.' : 'Nothing in the last hour.',
    )
    empty.hidden = view.series.length > 0
    plot.place.hidden = !empty.hidden
    plot.draw(view)
  }
}

const makeNumbers = ({ numbers }: NumbersView): HTMLElement =>
  element(
    'dl',
    { class: 'numbers' },
    ...numbers.flatMap(({ label, value }) => [
      element('dt', {}, label),
      element('dd', {}, value === undefined ? '–' : toReading(value)),
    ]),
  )

const makeAlarms = (names: readonly string[], alarms: readonly AlarmView[]): HTMLElement =>
  element(
    'ul',
    { class: 'chips' },
    ...alarms
      .filter(({ name }) => names.includes(name))
      .sort(byUrgency)
      .map(makeAlarmChip),
  )
