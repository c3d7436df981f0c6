import type { AlarmState, AlarmView } from '../preview.ts'
import { element } from './element.ts'
import { makeInline, toAddress } from './markdown.ts'

const words: Readonly<Record<AlarmState, string>> = {
  OK: 'OK',
  ALARM: 'In alarm',
  INSUFFICIENT_DATA: 'No data',
}

/** Renders the state of an alarm as a word, readable without colour, and its name. */
export const makeAlarmChip = ({ name, state }: AlarmView): HTMLElement =>
  element(
    'li',
    { class: 'alarm', 'data-state': state, 'data-alarm': name },
    element('span', {}, name),
    element('b', {}, words[state]),
  )

/** Renders one alarm with its meaning and its fix. */
export const makeAlarmCard = ({ name, state, description }: AlarmView): HTMLElement =>
  element(
    'li',
    { class: 'page', 'data-state': state, 'data-alarm': name },
    element(
      'p',
      { class: 'page-head' },
      element('b', {}, name),
      element('span', { class: 'state' }, words[state]),
    ),
    element('p', { class: 'meaning' }, ...makeAdvice(name, description)),
  )

/** Makes the description of an alarm, with the runbook's address at its end as a link. */
export const makeAdvice = (name: string, description: string): readonly (Node | string)[] => {
  const [, text = description, target = ''] = /^(.*) Runbook: (\S+)$/s.exec(description) ?? []
  const href = toAddress(target)
  return [...makeInline(text), ...(href === undefined ? [] : [' ', makeRunbookLink(name, href)])]
}

/** Makes a link that keeps the keyboard focus when its surroundings are drawn again. */
export const makeRunbookLink = (name: string, href: string): HTMLElement =>
  element('a', { id: `runbook-of-${name}`, href }, 'Runbook')

/** Sorts alarms by importance: those in `ALARM` first. */
export const byUrgency = (one: AlarmView, other: AlarmView): number =>
  order.indexOf(one.state) - order.indexOf(other.state)

const order: readonly AlarmState[] = ['ALARM', 'OK', 'INSUFFICIENT_DATA']
