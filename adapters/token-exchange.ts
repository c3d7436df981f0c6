import { setTimeout as sleep } from 'node:timers/promises'
import { type EvidenceOf, type Failure, fail } from '../core/causes/catalogue.ts'
import { toFormBody } from '../core/form.ts'
import { withKeptRefreshToken } from '../core/kept-refresh-token.ts'
import { type OAuthRequest, toUpstreamParameters } from '../core/oauth-request.ts'
import { chooseAttemptTimeoutMs, leastAttemptMs } from '../core/retry-policy.ts'
import { Secret } from '../core/secret.ts'
import { judgeUpstreamAnswer, type TokenResult } from '../core/token-response.ts'
import type { AskedSecret, ClientSecrets, Replacement } from './client-secret.ts'
import type { Clock } from './clock.ts'
import type { Explanations } from './evidence/explanation.ts'
import type { Connections } from './http/connections.ts'
import type { Meter } from './meter.ts'
import { openSecondAttempts, type SecondAttempts } from './second-attempts.ts'
import type { TrialOutcome } from './stand-in-secret.ts'
import { askUserPoolDomain } from './user-pool-domain.ts'

/** What an exchange is made of, and what a request learns of it. */
export interface ExchangeParts {
  readonly secrets: Pick<ClientSecrets, 'ask' | 'replace' | 'standIn'>
  readonly connections: Connections
  readonly clock: Clock
  readonly explanations: Explanations
  readonly connectTimeoutMs: number
}

/** Exchanges judged requests for tokens. */
export type TokenExchange = (request: OAuthRequest, meter: Meter) => Promise<TokenResult>

/** One request under way, with all that its steps need. */
interface Exchange extends ExchangeParts {
  readonly secondAttempts: SecondAttempts
  readonly request: OAuthRequest
  readonly meter: Meter
  /** Called when the first byte of an attempt may leave. */
  readonly onSent: () => void
}

/** The result of the last attempt, and the secret that it used. */
interface Attempted {
  readonly result: TokenResult
  readonly secret: Secret
  /** When its first byte may have left, by the clock of spans; undefined if none has. */
  readonly sentAtMs: number | undefined
}

/** An attempt whose secret Cognito refused. */
type Refused = Attempted & { readonly result: Failure }

/** Opens the exchange; what its requests share is one process's and safe under many at once. */
export function openTokenExchange(parts: ExchangeParts): TokenExchange {
  const secondAttempts = openSecondAttempts(parts.clock)
  return async (request, meter) => {
    secondAttempts.noteRequest()
    if (meter.leftMs() < leastAttemptMs) return fail('deadline_exhausted')
    const asked = await parts.secrets.ask(request.client, meter)
    if (!asked.ok) return asked
    noteSecret(meter, asked.value)
    const { promise: sent, resolve: onSent } = Promise.withResolvers<void>()
    const exchange: Exchange = { ...parts, secondAttempts, request, meter, onSent }
    const attempted = attempt(exchange, asked.value.secret)
    // While Cognito works, the processor is free.
    await Promise.race([sent, attempted])
    const explanation = parts.explanations.begin(request, asked.value.secret, meter)
    const { result, secret } = await attempted
    secondAttempts.noteResult(request.client.domain, result)
    return withKeptRefreshToken(request, await explanation.end(result, secret))
  }
}

async function attempt(exchange: Exchange, secret: Secret): Promise<Attempted> {
  const { secondAttempts, request, meter } = exchange
  const first = await askOnce(exchange, secret)
  if (first.result.ok) return first
  secondAttempts.noteResult(request.client.domain, first.result)
  if (first.result.cause === 'client_rejected') {
    return askWithOtherSecret(exchange, first, first.result)
  }
  const delayMs = secondAttempts.grantDelayMs({
    request,
    failure: first.result,
    attempts: meter.facts.attempts ?? 0,
    sentAtMs: first.sentAtMs,
    leftMs: meter.leftMs(),
  })
  if (delayMs === undefined) return first
  await sleep(delayMs)
  const second = await askOnce(exchange, secret)
  // An attempt that was never sent used up nothing, so the next one is the first that Cognito saw.
  const isFirstSeen = first.result.delivery === 'unsent'
  return isFirstSeen && !second.result.ok && second.result.cause === 'client_rejected'
    ? askWithOtherSecret(exchange, second, second.result)
    : second
}

/** One more try, and only with a secret that differs from the one that Cognito has just refused. */
async function askWithOtherSecret(
  exchange: Exchange,
  before: Attempted,
  refusal: Failure,
): Promise<Attempted> {
  const { secrets, request, meter } = exchange
  if (meter.leftMs() < leastAttemptMs) return before
  const { found, asked } = await secrets.replace(request.client, before.secret, meter)
  if (asked === undefined) {
    return askWithStandIn(exchange, { ...before, result: withEvidence(refusal, found) }, found)
  }
  const attempted = await askOnce(exchange, asked.secret)
  const { result } = attempted
  if (!result.ok && result.cause === 'deadline_exhausted') {
    return { ...before, result: withEvidence(refusal, 'secret_changed_untried') }
  }
  noteSecret(meter, asked)
  return result.ok ? attempted : { ...attempted, result: withEvidence(result, found) }
}

/** One more try with the version that a rotation under way has beside the current one, where there is one. */
async function askWithStandIn(
  exchange: Exchange,
  refused: Refused,
  found: Replacement,
): Promise<Attempted> {
  const { secrets, secondAttempts, request, meter } = exchange
  const { client } = request
  const trials: Attempted[] = []
  const trial = async (asked: AskedSecret): Promise<TrialOutcome> => {
    if (!secondAttempts.grantOtherSecret(client.domain)) return 'open'
    const attempted = await askOnce(exchange, asked.secret)
    trials.push(toTried(exchange, refused, attempted, asked))
    return toTrialOutcome(attempted.result)
  }
  const asked = await secrets.standIn(client, refused.secret, found, meter, trial)
  const [tried] = trials
  if (tried !== undefined) return tried
  if (asked === undefined) return refused
  return toTried(exchange, refused, await askOnce(exchange, asked.secret), asked)
}

/** Where the stand-in was not tried, or was refused, too, the failure stays that of the current secret. */
function toTried(
  { meter }: Exchange,
  refused: Refused,
  tried: Attempted,
  asked: AskedSecret,
): Attempted {
  const { result } = tried
  if (!result.ok && result.cause === 'deadline_exhausted') return refused
  if (result.ok || result.cause !== 'client_rejected') {
    noteSecret(meter, asked)
    return tried
  }
  const also = asked.source === 'pending' ? 'pending_secret_refused' : 'previous_secret_refused'
  const evidence: EvidenceOf<'client_rejected'>[] = [also]
  return { ...refused, result: { ...result, evidence: [...refused.result.evidence, ...evidence] } }
}

/** Cognito judges a code or token only for a client that it knows by its secret. */
function toTrialOutcome(result: TokenResult): TrialOutcome {
  if (result.ok) return 'accepted'
  if (result.cause === 'client_rejected') return 'refused'
  return result.facts.upstreamError === 'invalid_grant' ? 'accepted' : 'open'
}

function noteSecret(meter: Meter, { source, ageSeconds }: AskedSecret): void {
  meter.note({ secretSource: source, secretAgeSeconds: ageSeconds })
}

/** Sends the request once and judges the answer; a call that fails on the way is a failure, too. */
async function askOnce(exchange: Exchange, secret: Secret): Promise<Attempted> {
  const { clock, connections, connectTimeoutMs, request, meter } = exchange
  const { attempts = 0 } = meter.facts
  const leftMs = meter.leftMs()
  if (leftMs < leastAttemptMs) {
    return { result: fail('deadline_exhausted'), secret, sentAtMs: undefined }
  }
  meter.note({ attempts: attempts + 1 })
  let sentAtMs: number | undefined
  const call = {
    domain: request.client.domain,
    path: request.grantType === undefined ? '/oauth2/revoke' : '/oauth2/token',
    post: {
      authorization: toBasic(request.client.clientId, secret),
      body: toFormBody(toUpstreamParameters(request)),
    },
    timeoutMs: chooseAttemptTimeoutMs(request, attempts, leftMs),
    connectTimeoutMs,
    onSent: () => {
      sentAtMs = clock.spanMs()
      exchange.onSent()
    },
  }
  const answer = await meter.time('upstreamMs', () => askUserPoolDomain(call, connections, clock))
  if (!answer.ok) return { result: answer, secret, sentAtMs }
  const { status, upstreamRequestId } = answer.value
  meter.note({ upstreamStatus: status, ...(upstreamRequestId && { upstreamRequestId }) })
  return { result: judgeUpstreamAnswer(answer.value, request.grantType), secret, sentAtMs }
}

/** Writes Basic credentials of the raw pair: escapes as in RFC 6749 section 2.3.1 were reported to fail. */
export function toBasic(clientId: string, secret: Secret): Secret {
  const pair = Buffer.from(`${clientId}:${secret.reveal()}`, 'utf8').toString('base64')
  return new Secret(`Basic ${pair}`)
}

function withEvidence(failure: Failure, found: Replacement | 'secret_changed_untried'): Failure {
  return failure.cause === 'client_rejected' ? { ...failure, evidence: [found] } : failure
}
