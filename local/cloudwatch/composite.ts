import { type AlarmBase, baseProperties, readAlarmBase } from './alarm-actions.ts'
import { type Properties, readNumber, readText, refuseOthers } from './properties.ts'

/** An alarm whose state follows from the states of other alarms. */
export interface CompositeAlarm extends AlarmBase {
  /** The names or ARNs of the alarms that its rule names. */
  readonly gathers: readonly string[]
  /** Whether it is in `ALARM` while any of them is, or only while all of them are. */
  readonly needs: 'any' | 'all'
  readonly suppressor: Suppressor | undefined
}

interface Suppressor {
  /** The name or ARN of the alarm that suppresses the actions while it is in `ALARM`. */
  readonly name: string
  readonly waitSeconds: number
  readonly extensionSeconds: number
}

const suppressing = [
  'ActionsSuppressor',
  'ActionsSuppressorWaitPeriod',
  'ActionsSuppressorExtensionPeriod',
] as const

/**
 * Reads the properties of an `AWS::CloudWatch::CompositeAlarm`.
 *
 * @throws Error for what CloudWatch would refuse, or what cannot be evaluated here
 */
export function readCompositeAlarm(properties: Properties): CompositeAlarm {
  const [suppressor, wait, extension] = suppressing
  refuseOthers(properties, [...baseProperties, 'AlarmRule', ...suppressing])
  return {
    ...readAlarmBase(properties),
    ...parseAlarmRule(readText(properties, 'AlarmRule')),
    suppressor: suppressing.some((name) => name in properties)
      ? {
          name: readText(properties, suppressor),
          waitSeconds: readNumber(properties, wait),
          extensionSeconds: readNumber(properties, extension),
        }
      : undefined,
  }
}

/** CloudWatch's own limit. */
const mostGathered = 100

/**
 * Parses an `AlarmRule` of the only forms that are evaluated here: `ALARM("…") OR ALARM("…")`, and the same
 * with `AND`.
 *
 * @throws Error that quotes a rule of another form, or one larger than CloudWatch takes
 */
export function parseAlarmRule(text: string): Pick<CompositeAlarm, 'gathers' | 'needs'> {
  const needs = text.includes(' AND ') ? 'all' : 'any'
  const parts = text.split(needs === 'all' ? ' AND ' : ' OR ')
  const names = parts.map((part) => /^ALARM\("([^"]+)"\)$/.exec(part)?.[1])
  const known = names.filter((name) => name !== undefined)
  if (known.length < names.length) throw new Error(`cannot read the rule ${text}`)
  if (known.length > mostGathered) throw new Error(`a rule has at most ${mostGathered} alarms`)
  return { gathers: known, needs }
}

/** What suppresses the actions of a composite alarm, in CloudWatch's own terms. */
export type SuppressedBy = 'Alarm' | 'WaitPeriod' | 'ExtensionPeriod'

/** The state of the actions of a composite alarm. */
export interface Hold {
  /** Whether the actions of the current state have not been taken yet. */
  readonly isDue: boolean
  readonly suppressedBy: SuppressedBy | undefined
  /** When a period of waiting ends. */
  readonly untilMs: number
}

/** A composite alarm without pending actions. */
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
