import { element } from './element.ts'
import { type RequestRecord, sayFindings, timeOfDay } from './request-record.ts'

const COLUMNS = 8

/** Makes the table row of a record and, hidden below it, the row with its whole JSON. */
export const makeLogRows = (record: RequestRecord): readonly HTMLTableRowElement[] => {
  const { cause, certainty, client, fault, grantType, outcome, status, tookMs } = record
  const whole = element(
    'tr',
    { class: 'whole', hidden: true },
    element(
      'td',
      { colspan: COLUMNS },
      ...(record.fix === undefined ? [] : [element('p', {}, record.fix)]),
      element('pre', { tabindex: 0 }, JSON.stringify(record.whole, null, 2)),
    ),
  )
  const toggle = element('button', { type: 'button', 'aria-expanded': 'false' }, 'Show')
  toggle.addEventListener('click', () => {
    whole.hidden = !whole.hidden
    toggle.setAttribute('aria-expanded', String(!whole.hidden))
    toggle.textContent = whole.hidden ? 'Show' : 'Hide'
  })
  const time = element('time', { datetime: record.at.toISOString() }, timeOfDay(record.at))
  const row = element(
    'tr',
    { 'data-outcome': outcome },
    cell('Time', time),
    cell('Outcome', element('span', { class: 'status' }, `${outcome ?? '–'} ${status ?? ''}`)),
    cell(
      'Cause',
      element(
        'span',
        {},
        element('b', {}, cause ?? '–'),
        element('small', {}, certainty ?? ''),
        ...sayFindings(record).map((finding) => element('p', { class: 'finding' }, finding)),
      ),
    ),
    cell('Fault', fault ?? '–'),
    cell('Client', client ?? '–'),
    cell('Grant', grantType ?? '–'),
    cell('Took', tookMs === undefined ? '–' : `${Math.round(tookMs)} ms`),
    element('td', {}, toggle),
  )
  return [row, whole]
}

/** A narrow screen shows rows as blocks, with the name before the value. */
const cell = (name: string, ...children: readonly (Node | string)[]): HTMLTableCellElement =>
  element('td', { 'data-name': name }, ...children)
