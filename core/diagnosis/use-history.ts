/**
 * How one use of a code or refresh token ended: `kept` went well and left the refresh token as good as
 * before, `lost` got no answer.
 */
export type UseOutcome = 'spent' | 'kept' | 'rotated_out' | 'revoked' | 'refused' | 'lost'

/** What is known of all uses of one code or refresh token so far. */
export interface UseHistory {
  readonly total: number
  /** Cognito said no, or left it as it was: it is not these uses that spent it. */
  readonly refused: number
  /** The digest of the exchange that was seen to spend it; equal exchanges have equal digests. */
  readonly spentBy: string | undefined
  readonly rotatedOut: boolean
  readonly revoked: boolean
}

/** What the other uses of a code or refresh token mean for the one that was refused. */
export type EarlierUse = 'spent' | 'sent' | 'rotated_out' | 'revoked' | 'none' | 'unknown'

/** The history of a code or refresh token that was not used so far. */
export const unused: UseHistory = {
  total: 0,
  refused: 0,
  spentBy: undefined,
  rotatedOut: false,
  revoked: false,
}

/** The history after one more use has begun. */
export function withUseBegun(history: UseHistory): UseHistory {
  return { ...history, total: history.total + 1 }
}

/** The history after the use with this exchange digest has ended. */
export function withUseEnded(
  history: UseHistory,
  outcome: UseOutcome,
  exchangeDigest: string,
): UseHistory {
  return {
    ...history,
    // A use that left the token as it was cannot have spent it either.
    refused: history.refused + (outcome === 'refused' || outcome === 'kept' ? 1 : 0),
    spentBy: outcome === 'spent' ? exchangeDigest : history.spentBy,
    rotatedOut: history.rotatedOut || outcome === 'rotated_out',
    revoked: history.revoked || outcome === 'revoked',
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
 * @param history of all uses, the refused one counted both in `total` and in `refused`
 * @param exchangeDigest that of the refused use
 */
export function judgeEarlierUse(history: UseHistory, exchangeDigest: string): EarlierUse {
  if (history.revoked) return 'revoked'
  if (history.rotatedOut) return 'rotated_out'
  if (history.spentBy !== undefined) return history.spentBy === exchangeDigest ? 'spent' : 'sent'
  const others = history.total - 1
  if (others <= 0) return 'none'
  return history.total > history.refused ? 'sent' : 'unknown'
}
