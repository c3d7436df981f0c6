import type { IncomingMessage, ServerResponse } from 'node:http'
import { configFaults } from './broken-config.ts'
import { networkFaults } from './broken-network.ts'
import { signInFaults } from './broken-sign-in.ts'
import type { MemoryStore } from './memory-store.ts'
import type { AppClient, PoolConfig } from './pool-config.ts'
import type { PoolSwitch } from './pool-switch.ts'

/** The current fault of the user pool, if any. */
export interface Faults {
  readonly broken: PoolSwitch | undefined
  /** The app clients as they are without the fault; the sign-in pages use these. */
  readonly soundClients: readonly AppClient[]
  breakWith(name: PoolSwitch, times?: number): void
  restore(): void
  /** Answers in place of the token endpoint if the network is broken. */
  answerInstead(request: IncomingMessage, response: ServerResponse): boolean
  /** Corrupts the code, verifier or refresh token in the store or in the form, if sign-in is broken. */
  spoil(store: MemoryStore, form: URLSearchParams): Promise<void>
}

interface Fault {
  readonly name: PoolSwitch
  left: number
  readonly undo: () => void
  readonly soundClients: readonly AppClient[] | undefined
}

/** Opens the faults of a pool; `breakWith` changes the configuration itself if that is what fails. */
export function openFaults(config: PoolConfig): Faults {
  const unanswered = new Set<IncomingMessage>()
  let fault: Fault | undefined
  const spend = () => {
    if (fault !== undefined && --fault.left <= 0) fault = undefined
  }
  const restore = () => {
    fault?.undo()
    fault = undefined
    for (const request of unanswered) request.socket.destroy()
    unanswered.clear()
  }
  return {
    get broken() {
      return fault?.name
    },
    get soundClients() {
      return fault?.soundClients ?? config.appClients
    },
    breakWith: (name, times = Number.POSITIVE_INFINITY) => {
      restore()
      fault = openFault(config, name, times)
    },
    restore,
    answerInstead: (request, response) => {
      const name = fault?.name
      if (name === undefined || !isKeyOf(networkFaults, name)) return false
      spend()
      networkFaults[name](request, response)
      if (name === 'silence') unanswered.add(request)
      return true
    },
    spoil: async (store, form) => {
      const name = fault?.name
      if (name === undefined || !isKeyOf(signInFaults, name)) return
      if (form.get('grant_type') !== signInFaults[name].grantType) return
      spend()
      await signInFaults[name].spoil(store, form)
    },
  }
}

function openFault(config: PoolConfig, name: PoolSwitch, times: number): Fault {
  if (!isKeyOf(configFaults, name)) {
    return { name, left: times, undo: () => {}, soundClients: undefined }
  }
  const soundClients = structuredClone(config.appClients)
  const undo = configFaults[name](config)
  return { name, left: Number.POSITIVE_INFINITY, undo, soundClients }
}

function isKeyOf<Table extends object>(table: Table, name: string): name is keyof Table & string {
  return Object.hasOwn(table, name)
}
