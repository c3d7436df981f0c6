import type { Settings } from '../settings/settings.ts'
import type { Target } from './target.ts'

/** Lambda's time limit for the function, in seconds: longer than every sandbox needs to read a new cookie key. */
export const rotateTimeoutSeconds = 600

/** How long one step waits for a new secret to spread at Cognito before it fails, in milliseconds. */
export const longestSpreadMs = 180_000

/** How old an active secret is, in milliseconds, when a value that Cognito still refuses cannot be its value. */
export const settledMs = 900_000

/** The wait between two questions whether it has, in milliseconds. */
export const spreadPauseMs = 2000

/** How long a question of the token endpoint may take, in milliseconds. */
export const probeTimeoutMs = 5000

/** What a step keeps of its time for the last question and for its record, in milliseconds. */
export const marginMs = probeTimeoutMs + 3000

/**
 * How old an active secret must be, compared with a version, to be surely older, in milliseconds: Cognito
 * counts whole seconds, and two services have two clocks.
 */
export const clockToleranceMs = 60_000

/** Gives how long a step may take, in milliseconds: sandboxes need longer than Cognito to learn a new value. */
export function toStepMs(target: Target['is']): number {
  return target === 'client' ? longestSpreadMs + marginMs : rotateTimeoutSeconds * 1000
}

/**
 * Gives how old a pending cookie key must be before it may become current, in milliseconds: by then every
 * sandbox that Secrets Manager answers has read it, at the latest 10 % after the soft age.
 */
export function toReadersMs(
  settings: Pick<Settings, 'secretSoftAgeSeconds' | 'secretTimeoutMs'>,
): number {
  return settings.secretSoftAgeSeconds * 1100 + settings.secretTimeoutMs
}
