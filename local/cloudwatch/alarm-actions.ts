import type { AlarmState } from './alarm-state.ts'
import { type Properties, readList, readText } from './properties.ts'

/** What every alarm has, whatever it watches. */
export interface AlarmBase {
  readonly name: string
  readonly description: string
  /** Whom it tells when it comes into a state; nobody, where its actions are switched off. */
  readonly actions: Readonly<Record<AlarmState, readonly string[]>>
}

/** Reads what every alarm has. */
export function readAlarmBase(properties: Properties): AlarmBase {
  const isEnabled = properties['ActionsEnabled'] ?? true
  const targets = (name: string) => (isEnabled ? readList(properties, name).map(String) : [])
  return {
    name: readText(properties, 'AlarmName'),
    description: 'AlarmDescription' in properties ? readText(properties, 'AlarmDescription') : '',
    actions: {
      ALARM: targets('AlarmActions'),
      OK: targets('OKActions'),
      INSUFFICIENT_DATA: targets('InsufficientDataActions'),
    },
  }
}
