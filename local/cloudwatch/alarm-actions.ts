import type { AlarmState } from './alarm-state.ts'
import { type Properties, readList, readText } from './properties.ts'

/** The properties of every alarm, whatever it watches. */
export interface AlarmBase {
  readonly name: string
  readonly description: string
  /** The targets of its actions, by state. */
  readonly actions: Readonly<Partial<Record<AlarmState, readonly string[]>>>
}

/** The properties that `readAlarmBase` reads. */
export const baseProperties = ['AlarmName', 'AlarmDescription', 'AlarmActions', 'OKActions']

/** Reads the properties that every alarm has. */
export function readAlarmBase(properties: Properties): AlarmBase {
  const targets = (name: string) => readList(properties, name).map(String)
  return {
    name: readText(properties, 'AlarmName'),
    description: 'AlarmDescription' in properties ? readText(properties, 'AlarmDescription') : '',
    actions: { ALARM: targets('AlarmActions'), OK: targets('OKActions') },
  }
}
