import type { SecretSource } from './facts.ts'
import type { Secret } from './secret.ts'

/** One labelled version of a client secret. */
export interface LabelledSecret {
  readonly versionId: string
  readonly createdAtMs: number
  readonly secret: Secret
}

/** The versions of a client secret that can be used, by the label of each. */
export interface LabelledSecrets {
  readonly current: LabelledSecret | undefined
  readonly pending: LabelledSecret | undefined
  readonly previous: LabelledSecret | undefined
}

/** Another version that Cognito may take while it refuses the current one. */
export interface StandIn {
  readonly versionId: string
  readonly secret: Secret
  readonly source: Extract<SecretSource, 'pending' | 'previous'>
  /** From then on the current version is used again, by the wall clock. */
  readonly endsAtMs: number
}

/** What the choice of a stand-in is made from. */
export interface StandInQuestion {
  readonly versions: LabelledSecrets
  /** The value that Cognito has just refused. */
  readonly refused: Secret
  /** The version that was tried last, without success. */
  readonly triedId: string | undefined
  readonly nowMs: number
  /** How long after its rotation an old secret still works. */
  readonly overlapMs: number
  /** How old a value may become in use. */
  readonly hardAgeMs: number
}

/**
 * Chooses what to try when Cognito refuses the current secret; undefined where no rotation is under way, so
 * that there is nothing else to try. A pending version that is not the current one is that of a rotation which
 * has not ended. The previous one still works as long as the current one is young. With both, they take turns.
 */
export function chooseStandIn(question: StandInQuestion): StandIn | undefined {
  const { refused, triedId, nowMs, overlapMs, hardAgeMs } = question
  const { current, pending, previous } = question.versions
  if (current === undefined || !current.secret.equals(refused)) return undefined
  const hardEndMs = nowMs + hardAgeMs
  const overlapEndMs = current.createdAtMs + overlapMs
  const candidates = [
    ...toStandIns(pending, 'pending', hardEndMs),
    ...(nowMs < overlapEndMs
      ? toStandIns(previous, 'previous', Math.min(hardEndMs, overlapEndMs))
      : []),
  ].filter(({ versionId, secret }) => versionId !== current.versionId && !secret.equals(refused))
  return candidates.find(({ versionId }) => versionId !== triedId) ?? candidates[0]
}

function toStandIns(
  version: LabelledSecret | undefined,
  source: StandIn['source'],
  endsAtMs: number,
): readonly StandIn[] {
  return version === undefined
    ? []
    : [{ versionId: version.versionId, secret: version.secret, source, endsAtMs }]
}
