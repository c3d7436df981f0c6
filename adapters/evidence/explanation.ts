import { type CauseName, type Failure, toCause } from '../../core/causes/catalogue.ts'
import { chooseMoreParts, choosePoolParts, diagnose } from '../../core/diagnosis/diagnosis.ts'
import type { PoolEvidence } from '../../core/diagnosis/pool-evidence.ts'
import type { EarlierUse, UseOutcome } from '../../core/diagnosis/use-history.ts'
import type { OAuthRequest } from '../../core/oauth-request.ts'
import { Secret } from '../../core/secret.ts'
import type { Client } from '../../core/settings/settings.ts'
import type { TokenResult, TokenSet } from '../../core/token-response.ts'
import type { Meter } from '../meter.ts'
import type { EarlierUses, Use } from './earlier-use.ts'
import type { UserPoolConfig } from './user-pool-config.ts'

/** Follows one exchange and says at its end why it failed. */
export interface Explanation {
  /** Gives a success back at once; a failure with the cause that the evidence names. */
  readonly end: (result: TokenResult, usedSecret: Secret) => Promise<TokenResult>
}

/** Explains failures; a success needs no further call. */
export interface Explanations {
  /** To be called just before a request is sent. */
  readonly begin: (request: OAuthRequest, secret: Secret, meter: Meter) => Explanation
}

/** Most that a failure waits to be explained, in milliseconds. */
const longestExplanationMs = 900
/** What is kept of the deadline for the answer itself. */
const answerMs = 50
/** An exchange that used up its time still says so, within the margin that Lambda's own limit leaves. */
const leastWriteMs = 100
/** Less time than this is not worth a further call, in milliseconds. */
const leastAskMs = 50
/** Where a table is configured, a success that spends something waits this long for the note of it. */
const longestNoteMs = 25

/** Opens explanations over what was remembered and what the user pools say of themselves. */
export function openExplanations(uses: EarlierUses, poolConfig: UserPoolConfig): Explanations {
  return {
    begin: (request, secret, meter) => {
      const use = uses.begin(request, secret)
      return {
        end: async (result, usedSecret) => {
          if (result.ok) {
            await use.end(toUseOutcome(request, result.value), longestNoteMs)
            return result
          }
          if (result.delivery === 'unknown') {
            await use.end('lost', leastWriteMs)
            return result
          }
          const spareMs = Math.max(answerMs, meter.leftMs() - longestExplanationMs)
          const toLeftMs = () => meter.leftMs() - spareMs
          return explain(result, request, usedSecret, use, poolConfig, toLeftMs)
        },
      }
    },
  }
}

function toUseOutcome(request: OAuthRequest, tokens: TokenSet | undefined): UseOutcome {
  if (request.grantType === 'authorization_code') return 'spent'
  if (request.grantType === undefined) return 'revoked'
  const handed = tokens?.refresh_token
  const isSame = handed === undefined || request.refreshToken.equals(new Secret(handed))
  return isSame ? 'kept' : 'rotated_out'
}

async function explain(
  failure: Failure,
  request: OAuthRequest,
  usedSecret: Secret,
  use: Use,
  poolConfig: UserPoolConfig,
  toLeftMs: () => number,
): Promise<Failure> {
  if (choosePoolParts(failure.cause).length === 0 || toLeftMs() <= 0) {
    await use.end('refused', leastWriteMs)
    return failure
  }
  const [pool, earlier] = await Promise.all([
    askPool(poolConfig, request.client, failure.cause, toLeftMs),
    endAsRefused(use, toLeftMs),
  ])
  return diagnose({ failure, request, usedSecret, pool, earlier })
}

/** Reads what tells the causes apart and then, if time is left, what these answers leave open. */
async function askPool(
  poolConfig: UserPoolConfig,
  client: Client,
  cause: CauseName,
  toLeftMs: () => number,
): Promise<PoolEvidence> {
  const { fault } = toCause(cause)
  const first = await poolConfig.ask(client, choosePoolParts(cause), toLeftMs(), fault)
  const more = chooseMoreParts(cause, first)
  const leftMs = toLeftMs()
  if (more.length === 0 || leftMs < leastAskMs) return first
  return { ...first, ...(await poolConfig.ask(client, more, leftMs, fault)) }
}

/** Records the refusal before it looks at the other uses, so that two simultaneous uses rule each other out. */
async function endAsRefused(use: Use, toLeftMs: () => number): Promise<EarlierUse> {
  await use.end('refused', toLeftMs() / 2)
  return use.earlier(toLeftMs())
}
