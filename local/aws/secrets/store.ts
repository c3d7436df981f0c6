import { randomUUID } from 'node:crypto'
import type { SwitchName } from '../../switches.ts'
import type { AwsError } from '../protocol.ts'
import { addVersion, makeSecret, nowSeconds, type StoredSecret } from './versions.ts'

/** The ways in which Secrets Manager can be broken. */
export type SecretFault = Extract<
  SwitchName,
  'secret_gone' | 'secret_denied' | 'secret_broken' | 'secrets_down'
>

/** The fault that the next call to Secrets Manager meets. */
export interface Disturbance {
  readonly fault: SecretFault | undefined
  /** The answer in place of the secret. */
  readonly refusal: AwsError | undefined
  readonly delayMs: number
  readonly isSilent: boolean
}

/** The secrets of the embedded Secrets Manager, and the ways to break it. */
export interface SecretStore {
  readonly secrets: ReadonlyMap<string, StoredSecret>
  /** The delay before each answer. */
  delayMs: number
  /** Whether values that a rotation stores become malformed. */
  spoilsPending: boolean
  /** Stores a value as a new version and makes it current; returns the version's id. */
  put(name: string, value: string): string
  /** Creates a secret without any version, or returns the one with this name. */
  make(name: string): StoredSecret
  /** Makes a secret without any value, as CreateSecret does without one. */
  empty(name: string): void
  /** Marks a secret for deletion, as DeleteSecret does. */
  markDeleted(name: string): void
  /** Breaks every call, or the next `times` of them, until `restore`. */
  breakWith(fault: SecretFault, times?: number): void
  /** Answers every call with an error, until `restore`. */
  refuseWith(error: AwsError): void
  /** Never answers the next `times` calls. */
  stall(times: number): void
  /** Ends faults, refusals, delay and silence; the secrets stay. */
  restore(): void
  /** Returns the fault of the next call, and counts it. */
  takeDisturbance(): Disturbance
}

/** Opens an empty store. */
export function openSecretStore(): SecretStore {
  const secrets = new Map<string, StoredSecret>()
  const broken = {
    fault: undefined as SecretFault | undefined,
    refusal: undefined as AwsError | undefined,
    times: 0,
    silences: 0,
  }
  const make = (name: string): StoredSecret => {
    const made = secrets.get(name) ?? makeSecret(name)
    secrets.set(name, made)
    return made
  }

  const store: SecretStore = {
    secrets,
    delayMs: 0,
    spoilsPending: false,
    make,
    put(name, value) {
      return addVersion(make(name), randomUUID(), value, ['AWSCURRENT']).id
    },
    empty(name) {
      make(name).versions.clear()
    },
    markDeleted(name) {
      const secret = secrets.get(name)
      if (secret) secret.deletedAtSeconds = nowSeconds()
    },
    breakWith(fault, times = Number.POSITIVE_INFINITY) {
      Object.assign(broken, { fault, times })
    },
    refuseWith(error) {
      broken.refusal = error
    },
    stall(times) {
      broken.silences = times
    },
    restore() {
      Object.assign(broken, { fault: undefined, refusal: undefined, times: 0, silences: 0 })
      store.delayMs = 0
    },
    takeDisturbance() {
      const isSilent = broken.silences > 0
      if (isSilent) broken.silences -= 1
      const fault = !isSilent && broken.times > 0 ? broken.fault : undefined
      if (fault) broken.times -= 1
      return { fault, refusal: broken.refusal, delayMs: store.delayMs, isSilent }
    },
  }
  return store
}
