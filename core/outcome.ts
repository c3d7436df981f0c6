import type { Facts, GrantType } from './cause.ts'
import type { Result } from './causes.ts'
import type { TokenSet } from './token-response.ts'

/** What became of one request, and everything that its answer and its record are made from. */
export interface Outcome {
  /** The alias of a configured client, or `unknown`. */
  readonly client: string
  readonly grantType: GrantType | undefined
  /** Tokens, or nothing where a token was revoked. */
  readonly result: Result<TokenSet | undefined>
  /** What was measured, whatever became of it; the record takes only what its cause allows. */
  readonly facts: Partial<Facts>
  /** Reads of Secrets Manager that this request waited for. */
  readonly secretFetches: readonly ('ok' | 'failed')[]
}
