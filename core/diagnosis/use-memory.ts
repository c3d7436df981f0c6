import type { UseOutcome } from './use-history.ts'

/**
 * The memories that uses are kept in, each with a bound of its own. Anybody can send made-up codes and tokens
 * without end, and Cognito confirms the revocation of a made-up token, too: only tokens are proof.
 *
 * @see RFC 7009 section 2.2: an invalid token is answered like a revoked one
 */
export const useMemories = ['accepted', 'revoked', 'unproved'] as const
/** The name of a memory that uses are kept in. */
export type UseMemory = (typeof useMemories)[number]

const accepting: readonly UseOutcome[] = ['spent', 'kept', 'rotated_out']

/** Chooses the memory of a code or refresh token after one more of its uses has ended. */
export function chooseUseMemory(memory: UseMemory, outcome: UseOutcome): UseMemory {
  if (memory === 'accepted' || accepting.includes(outcome)) return 'accepted'
  return outcome === 'revoked' ? 'revoked' : memory
}
