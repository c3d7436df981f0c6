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
  /** One of them ended well, and spent it. */
  readonly spent: boolean
  readonly rotatedOut: boolean
  readonly revoked: boolean
}

/** What was known of this very code or refresh token before it was refused. */
export type EarlierUse = 'spent' | 'sent' | 'rotated_out' | 'revoked' | 'none' | 'unknown'

/** No use so far. */
export const noUses: Uses = {
  total: 0,
  refused: 0,
  spent: false,
  rotatedOut: false,
  revoked: false,
}

/** The uses after one more has begun. */
export function toBegun(uses: Uses): Uses {
  return { ...uses, total: uses.total + 1 }
}

/** The uses after one has ended. */
export function toEnded(uses: Uses, fate: Exclude<Fate, 'open'>): Uses {
  return {
    ...uses,
    // A use that left the token as it was cannot have spent it either.
    refused: uses.refused + (fate === 'refused' || fate === 'kept' ? 1 : 0),
    spent: uses.spent || fate === 'spent',
    rotatedOut: uses.rotatedOut || fate === 'rotated_out',
    revoked: uses.revoked || fate === 'revoked',
  }
}

/**
 * Judges what the other uses mean for the one that was just refused. Only one that is known to have ended
 * well has spent it; where each is known to have been refused, too, they say nothing. One that may still
 * be under way, whose answer was lost, or that ended with its sandbox, merely suggests it.
 *
 * @param uses all uses, the refused one counted both in `total` and in `refused`
 */
export function judgeEarlierUse(uses: Uses): EarlierUse {
  if (uses.revoked) return 'revoked'
  if (uses.rotatedOut) return 'rotated_out'
  if (uses.spent) return 'spent'
  const others = uses.total - 1
  if (others <= 0) return 'none'
  return uses.total > uses.refused ? 'sent' : 'unknown'
}
