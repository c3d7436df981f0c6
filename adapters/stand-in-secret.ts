import type { Result } from '../core/causes/catalogue.ts'
import type { Secret } from '../core/secret.ts'
import { toOverlapMs } from '../core/secret-policy.ts'
import {
  chooseStandIn,
  type LabelledSecret,
  type LabelledSecrets,
  type StandIn,
} from '../core/stand-in-secret.ts'
import type { Asked, SecretLimits } from './cached-secret.ts'
import type { Clock } from './clock.ts'
import type { Meter } from './meter.ts'
import type { SecretStage } from './secrets-manager.ts'
import { waitWithin } from './time-limit.ts'

/** What a request with another secret has shown: whether Cognito takes the client by it, if anything. */
export type TrialOutcome = 'accepted' | 'refused' | 'open'
/** Sends the request with another secret. */
export type TryStandIn = (asked: Asked<Secret>) => Promise<TrialOutcome>

/** What is used in place of a client's current secret while Cognito refuses that one during a rotation. */
export interface StandInSecret {
  /** Gives the stand-in for this value; undefined where the value itself is used. */
  readonly inPlaceOf: (current: Secret) => Asked<Secret> | undefined
  /** Stops using a value that Cognito has refused. */
  readonly drop: (refused: Secret) => void
  /**
   * Gives the stand-in that another request has found to work, or waits for one that is looking. Where
   * nobody is and it may begin, it looks for one itself, and keeps what the trial shows to work.
   */
  readonly find: (
    refused: Secret,
    mayBegin: boolean,
    meter: Meter,
    trial: TryStandIn,
  ) => Promise<Asked<Secret> | undefined>
}

/** Reads the version with a label; it has this many milliseconds. */
export type ReadLabelled = (
  timeoutMs: number,
  stage: SecretStage,
) => Promise<Result<LabelledSecret>>

interface Used extends StandIn {
  readonly refused: Secret
  readonly readAtMs: number
}

interface State {
  readonly read: ReadLabelled
  readonly limits: SecretLimits
  readonly clock: Clock
  used: Used | undefined
  /** The one search and trial that is under way. */
  search: Promise<void> | undefined
  triedId: string | undefined
}

/**
 * Opens the stand-in of one client's secret. Versions are read only after a refusal, and only one request at a
 * time tries what they hold; the others wait for what it learns.
 */
export function openStandInSecret(
  read: ReadLabelled,
  limits: SecretLimits,
  clock: Clock,
): StandInSecret {
  const state: State = {
    ...{ read, limits, clock, used: undefined, search: undefined, triedId: undefined },
  }
  return {
    inPlaceOf: (current) => toAsked(state, current),
    drop: (refused) => {
      if (state.used?.secret.equals(refused)) state.used = undefined
    },
    find: async (refused, mayBegin, meter, trial) => {
      const found = toAsked(state, refused)
      if (found !== undefined || (state.search === undefined && !mayBegin)) return found
      const { search } = state
      if (search !== undefined) {
        await meter.time('secretMs', () => waitWithin(search, meter.leftMs(), () => {}))
        return toAsked(state, refused)
      }
      state.search = findAndTry(state, refused, meter, trial).finally(() => {
        state.search = undefined
      })
      await state.search
      return undefined
    },
  }
}

function toAsked({ used, clock }: State, current: Secret): Asked<Secret> | undefined {
  if (used === undefined) return undefined
  const nowMs = clock.nowMs()
  if (nowMs >= used.endsAtMs || !used.refused.equals(current)) return undefined
  const { secret, source, readAtMs } = used
  return { secret, source, ageSeconds: Math.max(0, nowMs - readAtMs) / 1000 }
}

async function findAndTry(
  state: State,
  refused: Secret,
  meter: Meter,
  trial: TryStandIn,
): Promise<void> {
  const { limits, clock, triedId } = state
  const reads = await meter.time('secretMs', () => readVersions(state, meter.leftMs()))
  const readAtMs = clock.nowMs()
  const hardAgeMs = limits.secretHardAgeSeconds * 1000
  const overlapMs = toOverlapMs(limits.secretHardAgeSeconds)
  const versions = toVersions(reads)
  const question = { versions, refused, triedId, nowMs: readAtMs, overlapMs, hardAgeMs }
  const standIn = chooseStandIn(question)
  noteReads(meter, reads, standIn)
  if (standIn === undefined) return
  const { secret, source, versionId } = standIn
  const outcome = await trial({ secret, source, ageSeconds: 0 })
  if (outcome === 'accepted') state.used = { ...standIn, refused, readAtMs }
  if (outcome === 'refused') state.triedId = versionId
}

type Reads = { readonly [L in keyof LabelledSecrets]: Result<LabelledSecret> }

async function readVersions({ read, limits }: State, leftMs: number): Promise<Reads> {
  const timeoutMs = Math.min(limits.secretTimeoutMs, leftMs)
  const [current, pending, previous] = await Promise.all([
    read(timeoutMs, 'AWSCURRENT'),
    read(timeoutMs, 'AWSPENDING'),
    read(timeoutMs, 'AWSPREVIOUS'),
  ])
  return { current, pending, previous }
}

/** A version that is not there, cannot be read or holds nothing usable is none to try. */
function toVersions({ current, pending, previous }: Reads): LabelledSecrets {
  return { current: toValue(current), pending: toValue(pending), previous: toValue(previous) }
}

function toValue<T>(result: Result<T>): T | undefined {
  return result.ok ? result.value : undefined
}

/** That no version has a label is an answer, too. */
function noteReads(meter: Meter, reads: Reads, standIn: StandIn | undefined): void {
  for (const [label, read] of Object.entries(reads)) {
    const isWell = read.ok || read.cause === 'secret_not_found'
    if (label === standIn?.source) meter.noteSecretFetch(standIn.source)
    else meter.noteSecretFetch(isWell ? 'ok' : 'failed')
  }
}
