import type { SecretStore } from './aws/secret-store.ts'
import { type SwitchName, switches } from './switches.ts'
import type { UserPool } from './user-pool/user-pool.ts'

/** Breaks one part of the embedded world at a time. */
export interface Switchboard {
  readonly broken: SwitchName | undefined
  readonly breakWith: (name: SwitchName) => void
  readonly restore: () => void
}

/**
 * Opens the switchboard over the parts that can be broken.
 *
 * @param coolDown ends the warm sandboxes: a warm one lives on its cached secret, by design, so that
 *   what breaks a secret would show hours later
 */
export function openSwitchboard(
  pool: UserPool,
  secrets: SecretStore,
  coolDown: () => void,
): Switchboard {
  let broken: SwitchName | undefined
  const restore = () => {
    pool.restore()
    secrets.restore()
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
      if (isSecretSwitch(name)) {
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

function isSecretSwitch(name: SwitchName): name is SecretSwitch {
  return switches[name].part === 'secret'
}
