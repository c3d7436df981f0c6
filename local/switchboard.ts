import type { SecretStore } from './aws/secrets/store.ts'
import { isRotationSwitch, type RotationSwitchName } from './rotation/switches.ts'
import { type SwitchName, switches } from './switches.ts'
import type { UserPool } from './user-pool/user-pool.ts'

/** What can be broken: requests, or the rotation of a secret. */
export type AnySwitchName = SwitchName | RotationSwitchName

/** Breaks one part of the embedded world at a time. */
export interface Switchboard {
  readonly broken: AnySwitchName | undefined
  readonly breakWith: (name: AnySwitchName) => void
  readonly restore: () => void
}

/** The parts that can be broken. */
export interface SwitchboardParts {
  readonly pool: UserPool
  readonly secrets: SecretStore
  /** Breaks rotations, and returns a function that restores them. */
  readonly breakRotation: (name: RotationSwitchName) => () => void
  /** Makes stored and active secrets match again after any rotations and faults. */
  readonly settleSecrets: () => void
  /**
   * Ends the warm sandboxes: a warm one lives on its cached secret, by design, so that what breaks a secret
   * would show hours later.
   */
  readonly coolDown: () => void
}

/** Opens the switchboard for the parts that can be broken. */
export function openSwitchboard(parts: SwitchboardParts): Switchboard {
  const { pool, secrets, coolDown } = parts
  let broken: AnySwitchName | undefined
  let endRotationFault = () => {}
  const restore = () => {
    pool.restore()
    secrets.restore()
    endRotationFault()
    endRotationFault = () => {}
    if (broken !== undefined) parts.settleSecrets()
    // Reads that backed off would keep a repaired secret out for a while.
    if (broken !== undefined && isSecretSwitch(broken)) coolDown()
    broken = undefined
  }
  return {
    get broken() {
      return broken
    },
    breakWith: (name) => {
      restore()
      if (isRotationSwitch(name)) {
        endRotationFault = parts.breakRotation(name)
      } else if (isSecretSwitch(name)) {
        secrets.breakWith(name)
        coolDown()
      } else {
        pool.breakWith(name)
      }
      broken = name
    },
    restore,
  }
}

type SecretSwitch = Parameters<SecretStore['breakWith']>[0]

function isSecretSwitch(name: AnySwitchName): name is SecretSwitch {
  return !isRotationSwitch(name) && switches[name].part === 'secret'
}
