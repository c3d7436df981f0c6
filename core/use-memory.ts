/**
 * What became of one use of a code or refresh token: `open` is still under way, `kept` went well and
 * left the refresh token as good as before, `lost` got no answer.
 */
export type Fate = 'open' | 'spent' | 'kept' | 'rotated_out' | 'revoked' | 'refused' | 'lost'

/** What is known of all uses of one code or refresh token so far. */
export interface Uses {
  readonly total: number
  /** Cognito said no, or left it as it was: it is not these uses that spent it. */
  readonly refused: number
  /** When one of them was seen to have spent it, in milliseconds since 1970. */
  readonly spentAtMs: number | undefined
  /** When it was seen to have been replaced by a newer token, likewise. */
  readonly rotatedOutAtMs: number | undefined
  readonly revoked: boolean
}

/** What was known of this very code or refresh token before it was refused. */
export type EarlierUse = 'spent' | 'sent' | 'rotated_out' | 'revoked' | 'none' | 'unknown'

/** No use so far. */
export const noUses: Uses = {
  total: 0,
  refused: 0,
  spentAtMs: undefined,
  rotatedOutAtMs: undefined,
  revoked: false,
}

/** The uses after one more has begun. */
export function toBegun(uses: Uses): Uses {
  return { ...uses, total: uses.total + 1 }
}

/** The uses after one has ended. */
export function toEnded(uses: Uses, fate: Exclude<Fate, 'open'>, nowMs: number): Uses {
  return {
    ...uses,
    // A use that left the token as it was cannot have spent it either.
    refused: uses.refused + (fate === 'refused' || fate === 'kept' ? 1 : 0),
    spentAtMs: uses.spentAtMs ?? (fate === 'spent' ? nowMs : undefined),
    rotatedOutAtMs: uses.rotatedOutAtMs ?? (fate === 'rotated_out' ? nowMs : undefined),
    revoked: uses.revoked || fate === 'revoked',
  }
}

/**
 * Judges what the other uses mean for the one that was just refused. Only one that is known to have ended
 * well before this one began has spent it for this one; where each is known to have been refused, too,
 * they say nothing. One that may still be under way, whose answer was lost, or that ended with its
 * sandbox, merely suggests it.
 *
 * @param uses all uses, the refused one counted both in `total` and in `refused`
 * @param beganAtMs when the refused use began, in milliseconds since 1970
 */
export function judgeEarlierUse(uses: Uses, beganAtMs: number): EarlierUse {
  if (uses.revoked) return 'revoked'
  if (isBefore(uses.rotatedOutAtMs, beganAtMs)) return 'rotated_out'
  if (isBefore(uses.spentAtMs, beganAtMs)) return 'spent'
  const others = uses.total - 1
  if (others <= 0) return 'none'
  return uses.total > uses.refused ? 'sent' : 'unknown'
}

/** A success that came after this use had begun may have come after its refusal, too. */
function isBefore(atMs: number | undefined, beganAtMs: number): boolean {
  return atMs !== undefined && atMs <= beganAtMs
}
