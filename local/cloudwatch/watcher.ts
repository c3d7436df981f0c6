import { evaluateAlarm } from './alarm.ts'
import type { AlarmBase } from './alarm-actions.ts'
import type { AlarmState } from './alarm-state.ts'
import { type Hold, settled, stepHold } from './composite.ts'
import type { Points } from './metric.ts'
import type { MetricStore } from './metric-store.ts'
import type { Watch } from './watch.ts'

/** What is known of one alarm at one instant. */
export interface AlarmStatus {
  readonly state: AlarmState
  /** Since when it is in that state. */
  readonly sinceMs: number
  /** One sentence: why. */
  readonly reason: string
  /** What a metric alarm looked at; nothing for a composite one. */
  readonly datapoints: Points
  /** What a composite alarm has still to do, and what keeps it from that. */
  readonly hold: Hold
}

/** The status of each alarm that has been evaluated, by logical id. */
export type Statuses = ReadonlyMap<string, AlarmStatus>

/** A message to one target of an alarm about the state that it came into. */
export interface Notification {
  readonly atMs: number
  /** The logical id of the alarm. */
  readonly alarm: string
  readonly isComposite: boolean
  readonly state: AlarmState
  /** What its actions name: the logical id, where the template says `Ref`. */
  readonly target: string
  readonly description: string
}

/** What came of one evaluation of all alarms. */
export interface WatchStep {
  readonly statuses: Statuses
  readonly transitions: readonly {
    readonly alarm: string
    readonly from: AlarmState
    readonly to: AlarmState
  }[]
  readonly notifications: readonly Notification[]
}

/** As CloudFormation leaves a new alarm. */
const unevaluated: AlarmStatus = {
  state: 'INSUFFICIENT_DATA',
  sinceMs: 0,
  reason: 'The alarm is new.',
  datapoints: [],
  hold: settled,
}

/**
 * Evaluates every alarm at one instant, metric alarms first. Actions are taken on a change of state only,
 * once for each target; those of a composite alarm when nothing suppresses them any more.
 *
 * @param previous what the step before gave; empty at the beginning
 * @param isEvaluated which metric alarms have their turn now; CloudWatch looks at each once a minute, but
 *   not at all of them at the same second
 */
export function watchAt(
  watch: Watch,
  store: MetricStore,
  nowMs: number,
  previous: Statuses,
  isEvaluated: (id: string) => boolean = () => true,
): WatchStep {
  const statuses = new Map(previous)
  const transitions: { alarm: string; from: AlarmState; to: AlarmState }[] = []
  const notifications: Notification[] = []
  const statusOf = (id: string) => statuses.get(id) ?? unevaluated
  const change = (id: string, next: Pick<AlarmStatus, 'state' | 'reason' | 'datapoints'>) => {
    const before = statusOf(id)
    const hasChanged = before.state !== next.state
    if (hasChanged) transitions.push({ alarm: id, from: before.state, to: next.state })
    statuses.set(id, { ...before, ...next, sinceMs: hasChanged ? nowMs : before.sinceMs })
    return hasChanged
  }
  const notify = (id: string, { actions, description }: AlarmBase, isComposite: boolean) => {
    const { state } = statusOf(id)
    for (const target of actions[state] ?? []) {
      notifications.push({ atMs: nowMs, alarm: id, isComposite, state, target, description })
    }
  }
  for (const [id, alarm] of watch.metricAlarms) {
    if (!isEvaluated(id)) continue
    const found = evaluateAlarm(alarm, store, nowMs)
    if (change(id, found)) notify(id, alarm, false)
  }
  for (const [id, alarm] of watch.compositeAlarms) {
    const isUp = (name: string) => statusOf(watch.toId(name)).state === 'ALARM'
    const up = alarm.gathers.filter(isUp)
    const isAlarm = up.length >= (alarm.needs === 'all' ? alarm.gathers.length : 1)
    const hasChanged = change(id, {
      state: isAlarm ? 'ALARM' : 'OK',
      reason: `in ALARM: ${up.length === 0 ? 'none' : up.join(', ')}`,
      datapoints: [],
    })
    const suppressed = alarm.suppressor !== undefined && isUp(alarm.suppressor.name)
    const { acts, ...hold } = stepHold(alarm, { nowMs, hasChanged, suppressed }, statusOf(id).hold)
    statuses.set(id, { ...statusOf(id), hold })
    if (acts) notify(id, alarm, true)
  }
  return { statuses, transitions, notifications }
}
