import type { SwitchName, switches } from '../switches.ts'

type Switches = typeof switches

/** The switches of one part of the embedded world. */
export type SwitchOf<Part extends Switches[SwitchName]['part']> = {
  [Name in SwitchName]: Switches[Name]['part'] extends Part ? Name : never
}[SwitchName]

/** The switches that break the user pool or the way to it. */
export type PoolSwitch = SwitchOf<'user pool' | 'sign-in' | 'network'>
