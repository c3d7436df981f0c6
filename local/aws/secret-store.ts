import { randomUUID } from 'node:crypto'
import type { SwitchName } from '../switches.ts'
import type { AwsError } from './protocol.ts'

/** The ways in which Secrets Manager can be broken. */
export type SecretFault = Extract<
  SwitchName,
  'secret_gone' | 'secret_denied' | 'secret_broken' | 'secrets_down'
>

export interface SecretVersion {
  readonly id: string
  readonly value: string
  /** Staging labels; a version without one is deprecated. */
  readonly stages: Set<string>
  readonly createdAtSeconds: number
}

export interface StoredSecret {
  readonly name: string
  readonly versions: Map<string, SecretVersion>
  deletedAtSeconds: number | undefined
}

/** What the next call to Secrets Manager meets. */
export interface Disturbance {
  readonly fault: SecretFault | undefined
  /** Answered in the place of the secret. */
  readonly refusal: AwsError | undefined
  readonly delayMs: number
  readonly isSilent: boolean
}

/** The secrets of the embedded Secrets Manager, and the ways to break it. */
export interface SecretStore {
  readonly secrets: ReadonlyMap<string, StoredSecret>
  /** Waited before each answer. */
  delayMs: number
  /** Stores a value as a new version and makes it current; gives the version's id. */
  put(name: string, value: string): string
  /** Leaves a secret without any value, as CreateSecret without one makes it. */
  empty(name: string): void
  /** Marks a secret for deletion, as DeleteSecret does. */
  markDeleted(name: string): void
  /** Breaks every call, or the next `times` of them, until `restore`. */
  breakWith(fault: SecretFault, times?: number): void
  /** Answers every call with an error, until `restore`. */
  refuseWith(error: AwsError): void
  /** Leaves the next `times` calls without any answer. */
  stall(times: number): void
  /** Ends faults, refusals, delay and silence; the secrets stay. */
  restore(): void
  /** Takes what the next call meets, and counts it. */
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
    const made = secrets.get(name) ?? { name, versions: new Map(), deletedAtSeconds: undefined }
    secrets.set(name, made)
    return made
  }

  const store: SecretStore = {
    secrets,
    delayMs: 0,
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

/** Adds a version, which takes the labels from the versions that had them. */
export function addVersion(
  secret: StoredSecret,
  id: string,
  value: string,
  stages: readonly string[],
): SecretVersion {
  const version: SecretVersion = { id, value, stages: new Set(), createdAtSeconds: nowSeconds() }
  secret.versions.set(id, version)
  for (const stage of stages) moveStage(secret, stage, version)
  return version
}

/** Moves a label; the version that loses AWSCURRENT becomes AWSPREVIOUS, as in Secrets Manager. */
export function moveStage(
  secret: StoredSecret,
  stage: string,
  to: SecretVersion | undefined,
): void {
  const from = findByStage(secret, stage)
  if (from === to) return
  from?.stages.delete(stage)
  to?.stages.add(stage)
  if (stage === 'AWSCURRENT' && from) moveStage(secret, 'AWSPREVIOUS', from)
}

/** Finds the version that holds a label. */
export function findByStage(secret: StoredSecret, stage: string): SecretVersion | undefined {
  return [...secret.versions.values()].find((version) => version.stages.has(stage))
}

function nowSeconds(): number {
  return Date.now() / 1000
}
