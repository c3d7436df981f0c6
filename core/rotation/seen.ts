import type { StepFailure } from '../causes/rotation.ts'

/**
 * Stands for a value that nobody here may see: equal values have the same number, others another. What
 * decides about a rotation sees these alone, so that nothing that it returns can hold a value.
 */
export type ValueAlias = number

/** What one version of a secret holds. */
export type Content =
  | { readonly is: 'usable'; readonly value: ValueAlias; readonly isAddable: boolean }
  | { readonly is: 'malformed' }
  | { readonly is: 'missing' }

/** A secret at Cognito that is not the version's own, by its id there, as the version has it written down. */
export interface OtherSecret {
  readonly id: string
  /** Whether it is the one that AWSCURRENT held when this version was made, and this version replaces it. */
  readonly isReplaced: boolean
}

/** One labelled version of a secret in Secrets Manager. */
export interface SeenVersion {
  /** It is the token of the rotation that made it. */
  readonly id: string
  readonly labels: readonly string[]
  readonly createdAtMs: number
  readonly content: Content
  readonly other: OtherSecret | undefined
}

/** One active secret of the app client, as Cognito lists it: never its value. */
export interface ActiveSecret {
  readonly id: string
  readonly createdAtMs: number
}

/** What Cognito thinks of a value: it takes it, it refuses it, or the question got no usable answer. */
export type Proof = 'works' | 'refused' | StepFailure

/** When Secrets Manager rotates a secret by itself. */
export interface Schedule {
  readonly isOn: boolean
  readonly lastAtMs: number | undefined
  readonly nextAtMs: number | undefined
}

/** Everything that a rotation goes by. It is looked at again after each change, and kept nowhere. */
export interface Seen {
  readonly versions: readonly SeenVersion[]
  /** When AWSCURRENT came to its version, or later. */
  readonly currentSinceMs: number
  /** When anything of the secret last changed in Secrets Manager, which includes that a value was put. */
  readonly changedAtMs: number
  readonly schedule: Schedule
  /** None for a cookie key, which is no secret of Cognito's. */
  readonly active: readonly ActiveSecret[]
  /** The value that Cognito describes: unread, or none (it shows only what the client was made with). */
  readonly described: ValueAlias | 'unread' | 'none'
  /** The secret that this very invocation has added, by its id. */
  readonly addedId: string | undefined
  readonly proofs: ReadonlyMap<ValueAlias, Proof>
  readonly nowMs: number
  /** Milliseconds until this invocation must be over. */
  readonly leftMs: number
}

/** The labels that Secrets Manager knows itself. */
export type Label = 'AWSCURRENT' | 'AWSPENDING' | 'AWSPREVIOUS'

/** Finds the version that has a label. */
export function findLabelled(seen: Seen, label: Label): SeenVersion | undefined {
  return seen.versions.find(({ labels }) => labels.includes(label))
}

/** Finds the version that is pending and not yet current. */
export function findPending(seen: Seen): SeenVersion | undefined {
  const pending = findLabelled(seen, 'AWSPENDING')
  return pending?.labels.includes('AWSCURRENT') ? undefined : pending
}

/** Gives the value of a version; undefined where it holds none that can be used. */
export function toValue(version: SeenVersion | undefined): ValueAlias | undefined {
  return version?.content.is === 'usable' ? version.content.value : undefined
}

/** Gives the active secrets that can be the version's own: all but the one that it has written down. */
export function toOwnCandidates(seen: Seen, { other }: SeenVersion): readonly ActiveSecret[] {
  return seen.active.filter(({ id }) => id !== other?.id)
}

/**
 * Whether another rotation has left its version pending. Its label is not taken: what that rotation may have
 * added at Cognito is known by this version alone.
 */
export function isOtherPending(seen: Seen, { token }: { readonly token: string }): boolean {
  const pending = findPending(seen)
  return pending !== undefined && pending.id !== token
}
