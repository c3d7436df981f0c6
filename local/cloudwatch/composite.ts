import { type AlarmBase, readAlarmBase } from './alarm-actions.ts'
import { type AlarmRule, parseAlarmRule } from './alarm-rule.ts'
import type { AlarmState } from './alarm-state.ts'
import { type Properties, readNumber, readText } from './properties.ts'

/** An alarm whose state follows from that of others. */
export interface CompositeAlarm extends AlarmBase {
  readonly rule: AlarmRule
  readonly suppressor: Suppressor | undefined
}

interface Suppressor {
  /** The name or ARN of the alarm that keeps the actions back while it is in `ALARM`. */
  readonly name: string
  readonly waitSeconds: number
  readonly extensionSeconds: number
}

/**
 * Reads the properties of an `AWS::CloudWatch::CompositeAlarm`.
 *
 * @throws Error for what CloudWatch would refuse
 */
export function readCompositeAlarm(properties: Properties): CompositeAlarm {
  const isSuppressed = 'ActionsSuppressor' in properties
  return {
    ...readAlarmBase(properties),
    rule: parseAlarmRule(readText(properties, 'AlarmRule')),
    suppressor: isSuppressed
      ? {
          name: readText(properties, 'ActionsSuppressor'),
          waitSeconds: readNumber(properties, 'ActionsSuppressorWaitPeriod'),
          extensionSeconds: readNumber(properties, 'ActionsSuppressorExtensionPeriod'),
        }
      : undefined,
  }
}

/** What keeps the actions of a composite alarm back, in CloudWatch's own words. */
export type SuppressedBy = 'Alarm' | 'WaitPeriod' | 'ExtensionPeriod'

/** How far a composite alarm is with the actions of its present state. */
export interface Hold {
  /** Whether the actions of the present state are still to be taken. */
  readonly isDue: boolean
  readonly suppressedBy: SuppressedBy | undefined
  /** When a period of waiting ends. */
  readonly untilMs: number
}

/** A composite alarm that has nothing to do. */
export const settled: Hold = { isDue: false, suppressedBy: undefined, untilMs: 0 }

/**
 * Decides whether a composite alarm takes the actions of its state now. A change of state waits in case the
 * suppressor is about to go off; the end of suppression waits in case the alarm is about to recover.
 *
 * @param suppressed whether the suppressor is in `ALARM`
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm_Suppression.html
 */
export function stepHold(
  { suppressor }: CompositeAlarm,
  now: { readonly nowMs: number; readonly hasChanged: boolean; readonly suppressed: boolean },
  previous: Hold,
): Hold & { readonly acts: boolean } {
  const isDue = previous.isDue || now.hasChanged
  const wait = suppressor && chooseWait(suppressor, now, previous)
  const isHeld = wait !== undefined && now.nowMs < wait.untilMs
  const hold = isHeld ? { isDue, ...wait } : { ...settled, isDue: false }
  return { ...hold, acts: isDue && !isHeld }
}

type Wait = Pick<Hold, 'suppressedBy' | 'untilMs'>

function chooseWait(
  { waitSeconds, extensionSeconds }: Suppressor,
  now: { readonly nowMs: number; readonly hasChanged: boolean; readonly suppressed: boolean },
  previous: Hold,
): Wait {
  if (now.suppressed) return { suppressedBy: 'Alarm', untilMs: Number.POSITIVE_INFINITY }
  if (now.hasChanged) {
    return { suppressedBy: 'WaitPeriod', untilMs: now.nowMs + waitSeconds * 1000 }
  }
  if (previous.suppressedBy === 'Alarm') {
    return { suppressedBy: 'ExtensionPeriod', untilMs: now.nowMs + extensionSeconds * 1000 }
  }
  return previous
}

/** The state that the rule of a composite alarm puts it in; it is never short of data. */
export function judgeComposite(
  { rule }: CompositeAlarm,
  stateOf: (name: string) => AlarmState,
): AlarmState {
  return rule.isTrue(stateOf) ? 'ALARM' : 'OK'
}
