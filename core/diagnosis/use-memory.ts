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
  /** The mark of the exchange that was seen to spend it; the marks of two alike exchanges are alike. */
  readonly spentBy: string | undefined
  readonly rotatedOut: boolean
  readonly revoked: boolean
}

/** What the other uses of a code or refresh token mean for the one that was refused. */
export type EarlierUse = 'spent' | 'sent' | 'rotated_out' | 'revoked' | 'none' | 'unknown'

/** No use so far. */
export const noUses: Uses = {
  total: 0,
  refused: 0,
  spentBy: undefined,
  rotatedOut: false,
  revoked: false,
}

/** The uses after one more has begun. */
export function toBegun(uses: Uses): Uses {
  return { ...uses, total: uses.total + 1 }
}

/** The uses after the one of this mark has ended. */
export function toEnded(uses: Uses, fate: Exclude<Fate, 'open'>, mark: string): Uses {
  return {
    ...uses,
    // A use that left the token as it was cannot have spent it either.
    refused: uses.refused + (fate === 'refused' || fate === 'kept' ? 1 : 0),
    spentBy: fate === 'spent' ? mark : uses.spentBy,
    rotatedOut: uses.rotatedOut || fate === 'rotated_out',
    revoked: uses.revoked || fate === 'revoked',
  }
}

/**
 * Judges what the other uses mean for the one that was just refused. No clock is asked which of them came
 * first: where an exchange went well that was the same in every parameter, this one can have been refused
 * only because that one was there before it. A success with another verifier or redirect URI proves
 * nothing, whenever it was, since that difference is a reason of its own. A use that may still be under
 * way, whose answer was lost, or that ended with its sandbox, merely suggests it; where each is known to
 * have been refused, they say nothing.
 *
 * @param uses all uses, the refused one counted both in `total` and in `refused`
 * @param mark that of the refused use
 */
export function judgeEarlierUse(uses: Uses, mark: string): EarlierUse {
  if (uses.revoked) return 'revoked'
  if (uses.rotatedOut) return 'rotated_out'
  if (uses.spentBy !== undefined) return uses.spentBy === mark ? 'spent' : 'sent'
  const others = uses.total - 1
  if (others <= 0) return 'none'
  return uses.total > uses.refused ? 'sent' : 'unknown'
}
