import type { AlarmState } from './alarm-state.ts'
import { type Properties, readList, readText } from './properties.ts'

/** What every alarm has, whatever it watches. */
export interface AlarmBase {
  readonly name: string
  readonly description: string
  /** Whom it tells when it comes into a state. */
  readonly actions: Readonly<Partial<Record<AlarmState, readonly string[]>>>
}

/** The properties that `readAlarmBase` reads. */
export const baseProperties = ['AlarmName', 'AlarmDescription', 'AlarmActions', 'OKActions']

/** Reads what every alarm has. */
export function readAlarmBase(properties: Properties): AlarmBase {
  const targets = (name: string) => readList(properties, name).map(String)
  return {
    name: readText(properties, 'AlarmName'),
    description: 'AlarmDescription' in properties ? readText(properties, 'AlarmDescription') : '',
    actions: { ALARM: targets('AlarmActions'), OK: targets('OKActions') },
  }
}
