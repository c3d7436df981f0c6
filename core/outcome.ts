import type { Result } from './causes/catalogue.ts'
import type { GrantType } from './causes/cause.ts'
import type { Facts } from './facts.ts'
import type { TokenSet } from './token-response.ts'

/** What became of one request, and everything that its answer and its record are made from. */
export interface Outcome<Value = TokenSet | undefined> {
  /** The alias of a configured client, or `unknown`. */
  readonly client: string
  readonly grantType: GrantType | undefined
  /** Tokens, or nothing where a token was revoked; what other functions answer is their own. */
  readonly result: Result<Value>
  /** The status of a success, where it is not 200. */
  readonly status?: number
  /** What was measured, whatever became of it; the record takes only what its cause allows. */
  readonly facts: Partial<Facts>
  /** Reads of Secrets Manager that this request waited for. */
  readonly secretFetches: readonly ('ok' | 'failed')[]
  /** One `Set-Cookie` line each, for the answer alone; absent where there is none. */
  readonly cookies?: readonly string[]
}
