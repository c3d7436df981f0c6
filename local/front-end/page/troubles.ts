import type { AlarmView } from '../preview.ts'
import { makeAdvice, makeRunbookLink } from './alarms.ts'
import { element, findById, show } from './element.ts'
import type { RequestRecord } from './request-record.ts'

const WINDOW_SECONDS = 10

/** One current problem: a cause that was just recorded, an alarm in `ALARM`, or both. */
interface Trouble {
  readonly name: string
  readonly failures: number
  readonly newest: RequestRecord | undefined
  readonly alarm: AlarmView | undefined
}

/** Shows in words what failed in the last seconds, who must act, and what fixes it. */
export const showTroubles = (
  records: readonly RequestRecord[],
  alarms: readonly AlarmView[],
): void => {
  const sinceMs = Date.now() - WINDOW_SECONDS * 1000
  const recent = records.filter(({ at }) => at.getTime() > sinceMs)
  const failed = recent.filter(({ cause }) => cause !== undefined)
  const troubles = toTroubles(failed, alarms)
  show(
    findById('sum'),
    recent.length === 0
      ? `No request in the last ${WINDOW_SECONDS} seconds.`
      : `${recent.length - failed.length} of ${recent.length} requests of the last ${WINDOW_SECONDS} seconds succeeded.`,
  )
  findById('troubles-card').dataset['wrong'] = String(troubles.some(isUrgent))
  const calm = element('li', { class: 'empty' }, 'Nothing is wrong.')
  show(findById('troubles'), ...(troubles.length === 0 ? [calm] : troubles.map(makeTrouble)))
}

const toTroubles = (
  failed: readonly RequestRecord[],
  alarms: readonly AlarmView[],
): readonly Trouble[] => {
  const red = alarms.filter(({ state, isComposite }) => state === 'ALARM' && !isComposite)
  const causes = new Set([
    ...failed.map(({ cause }) => cause ?? ''),
    ...red.flatMap(({ cause }) => cause ?? []),
  ])
  const troubles = [...causes].map((name): Trouble => {
    const those = failed.filter(({ cause }) => cause === name)
    const alarm = red.find(({ cause }) => cause === name)
    return { name, failures: those.length, newest: those[0], alarm }
  })
  const others = red
    .filter(({ cause }) => cause === undefined)
    .map((alarm): Trouble => ({ name: alarm.name, failures: 0, newest: undefined, alarm }))
  return [...troubles, ...others].sort(
    (one, other) =>
      Number(isUrgent(other)) - Number(isUrgent(one)) || other.failures - one.failures,
  )
}

/** A single mistake of a caller is normal; an alarm or an operator's fault is not. */
const isUrgent = ({ alarm, newest }: Trouble): boolean =>
  alarm !== undefined || newest?.fault !== 'caller'

const makeTrouble = (trouble: Trouble): HTMLElement => {
  const { name, failures, newest, alarm } = trouble
  const isCause = newest !== undefined || alarm?.cause !== undefined
  const facts = [
    failures === 0 ? undefined : `${failures} ${failures === 1 ? 'failure' : 'failures'}`,
    newest?.fault && `must act: ${newest.fault}`,
  ].filter((fact) => fact !== undefined)
  return element(
    'li',
    {
      class: 'trouble',
      'data-cause': isCause ? name : undefined,
      'data-urgent': String(isUrgent(trouble)),
    },
    element(
      'p',
      { class: 'trouble-head' },
      element('b', {}, name),
      ...facts.map((fact) => element('span', { class: 'tag' }, fact)),
      ...(alarm === undefined ? [] : [element('span', { class: 'tag alarmed' }, 'alarm')]),
    ),
    element('p', {}, ...sayFix(trouble)),
  )
}

const sayFix = ({ name, newest, alarm }: Trouble): readonly (Node | string)[] => {
  if (newest?.fix === undefined) return alarm ? makeAdvice(name, alarm.description) : []
  return [newest.fix, ' ', makeRunbookLink(name, `/docs/runbook/${name}.md`)]
}
