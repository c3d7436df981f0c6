import type { CauseName, Failure } from '../../core/causes/catalogue.ts'
import { toAllowance } from '../../core/diagnosis/allowance.ts'
import { chooseMoreParts, choosePoolParts, diagnose } from '../../core/diagnosis/diagnosis.ts'
import type { PoolEvidence } from '../../core/diagnosis/pool-evidence.ts'
import type { EarlierUse } from '../../core/diagnosis/use-history.ts'
import type { OAuthRequest } from '../../core/oauth-request.ts'
import type { Secret } from '../../core/secret.ts'
import type { Client } from '../../core/settings/settings.ts'
import { leastWriteMs, type Use } from './earlier-use.ts'
import type { UserPoolConfig } from './user-pool-config.ts'

/** Less time than this is not worth a further call, in milliseconds. */
const leastAskMs = 50

/** A request that was refused, and what may be spent on finding out why. */
interface Refusal {
  readonly failure: Failure
  readonly request: OAuthRequest
  readonly usedSecret: Secret
  /** This use of its code or token. */
  readonly use: Use
  readonly toLeftMs: () => number
}

/** Gives the failure with the cause that the evidence names. */
export type ExplainRefusal = (refusal: Refusal) => Promise<Failure>

/** What refusals are explained by, beside the uses of codes and tokens. */
export interface ExplainerParts {
  /** What the user pools say of themselves. */
  readonly poolConfig: UserPoolConfig
  /** Says when the stored version of a secret was made, in milliseconds since 1970. */
  readonly storedAtMs: (secret: Secret) => number | undefined
}

/** Opens the explanation of refusals; a chunk of its own. */
export function openRefusalExplainer(parts: ExplainerParts): ExplainRefusal {
  return (refusal) => explain(refusal, parts)
}

async function explain(
  { failure, request, usedSecret, use, toLeftMs }: Refusal,
  { poolConfig, storedAtMs }: ExplainerParts,
): Promise<Failure> {
  if (choosePoolParts(failure.cause).length === 0 || toLeftMs() <= 0) {
    await use.end('refused', leastWriteMs)
    return failure
  }
  const [pool, earlier] = await Promise.all([
    askPool(poolConfig, request.client, failure.cause, toLeftMs),
    endAsRefused(use, toLeftMs),
  ])
  return diagnose({
    ...{ failure, request, usedSecret, pool, earlier },
    storedAtMs: storedAtMs(usedSecret),
  })
}

/** Reads what tells the causes apart and then, if time is left, what these answers leave open. */
async function askPool(
  poolConfig: UserPoolConfig,
  client: Client,
  cause: CauseName,
  toLeftMs: () => number,
): Promise<PoolEvidence> {
  const allowance = toAllowance(cause)
  const first = await poolConfig.ask(client, choosePoolParts(cause), toLeftMs(), allowance)
  const more = chooseMoreParts(cause, first)
  const leftMs = toLeftMs()
  if (more.length === 0 || leftMs < leastAskMs) return first
  return { ...first, ...(await poolConfig.ask(client, more, leftMs, allowance)) }
}

/** Records the refusal before it looks at the other uses, so that two simultaneous uses rule each other out. */
async function endAsRefused(use: Use, toLeftMs: () => number): Promise<EarlierUse> {
  await use.end('refused', toLeftMs() / 2)
  return use.earlier(toLeftMs())
}
