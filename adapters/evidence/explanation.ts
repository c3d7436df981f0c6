import type { Failure } from '../../core/causes/catalogue.ts'
import type { UseOutcome } from '../../core/diagnosis/use-history.ts'
import type { OAuthRequest } from '../../core/oauth-request.ts'
import { Secret } from '../../core/secret.ts'
import type { TokenResult, TokenSet } from '../../core/token-response.ts'
import type { MaybePromise } from '../cached-secret.ts'
import type { Meter } from '../meter.ts'
import { type EarlierUses, leastWriteMs, type Use } from './earlier-use.ts'
import type { ExplainRefusal } from './refusal.ts'

/** Follows one exchange and says at its end why it failed. */
export interface Explanation {
  /** Gives a success back at once; a failure with the cause that the evidence names. */
  readonly end: (result: TokenResult, usedSecret: Secret) => MaybePromise<TokenResult>
}

/** Explains failures; a success needs no further call. */
export interface Explanations {
  /** To be called once a request has left, before anything that arrives is read. */
  readonly begin: (request: OAuthRequest, secret: Secret, meter: Meter) => Explanation
}

/** Most that a failure waits to be explained, in milliseconds. */
const longestExplanationMs = 900
/** What is kept of the deadline for the answer itself. */
const answerMs = 50
/** Where a table is configured, a success that spends something waits this long for the note of it. */
const longestNoteMs = 25

/**
 * Opens explanations over what was remembered and what the user pools say of themselves.
 *
 * @param loadExplainer loads what explains a refusal: a success needs nothing of it
 */
export function openExplanations(
  uses: EarlierUses,
  loadExplainer: () => Promise<ExplainRefusal>,
): Explanations {
  const explain = async (failure: Failure, { meter, use, ...refused }: Refused) => {
    if (failure.delivery === 'unknown') {
      await use.end('lost', leastWriteMs)
      return failure
    }
    const spareMs = Math.max(answerMs, meter.leftMs() - longestExplanationMs)
    const toLeftMs = () => meter.leftMs() - spareMs
    const explainRefusal = await loadExplainer()
    return explainRefusal({ failure, use, ...refused, toLeftMs })
  }
  return {
    begin: (request, secret, meter) => {
      const use = uses.begin(request, secret)
      return {
        end: (result, usedSecret) => {
          if (!result.ok) return explain(result, { request, usedSecret, use, meter })
          const noted = use.end(toUseOutcome(request, result.value), longestNoteMs)
          return noted === undefined ? result : noted.then(() => result)
        },
      }
    },
  }
}

/** What a failure is explained from. */
interface Refused {
  readonly request: OAuthRequest
  readonly usedSecret: Secret
  readonly use: Use
  readonly meter: Meter
}

function toUseOutcome(request: OAuthRequest, tokens: TokenSet | undefined): UseOutcome {
  if (request.grantType === 'authorization_code') return 'spent'
  if (request.grantType === undefined) return 'revoked'
  const handed = tokens?.refresh_token
  const isSame = handed === undefined || request.refreshToken.equals(new Secret(handed))
  return isSame ? 'kept' : 'rotated_out'
}
