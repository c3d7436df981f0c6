import { setTimeout as sleep } from 'node:timers/promises'
import { type Failure, fail, type Result } from '../core/causes/catalogue.ts'
import type { Facts } from '../core/facts.ts'
import { toFormBody } from '../core/form.ts'
import { type OAuthRequest, toUpstreamParameters } from '../core/oauth-request.ts'
import type { Outcome } from '../core/outcome.ts'
import { chooseAttemptTimeoutMs, leastAttemptMs } from '../core/retry-policy.ts'
import { Secret } from '../core/secret.ts'
import { judgeUpstreamAnswer, type TokenSet } from '../core/token-response.ts'
import type { AskedSecret, ClientSecrets, Replacement } from './client-secret.ts'
import type { Clock, Deadline } from './clock.ts'
import type { Connections } from './connections.ts'
import type { Explanations } from './evidence/explanation.ts'
import { openSecondAttempts, type SecondAttempts } from './second-attempts.ts'
import { askUserPoolDomain } from './user-pool-domain.ts'

/** What an exchange is made of, and what a request learns of it. */
export interface ExchangeParts {
  readonly secrets: ClientSecrets
  readonly connections: Connections
  readonly clock: Clock
  readonly explanations: Explanations
  readonly connectTimeoutMs: number
}

/** What became of an exchange; client and grant are known from the request. */
export type Exchanged = Pick<Outcome, 'result' | 'facts' | 'secretFetches' | 'cookies'>

/** Exchanges judged requests for tokens. */
export type TokenExchange = (request: OAuthRequest, deadline: Deadline) => Promise<Exchanged>

type Mutable<T> = { -readonly [N in keyof T]: T[N] }

/** One request under way: what was measured so far. */
interface Trace {
  readonly request: OAuthRequest
  readonly deadline: Deadline
  readonly facts: Partial<Mutable<Facts>>
  readonly secretFetches: ('ok' | 'failed')[]
  sentAtMs: number | undefined
  usedSecret: Secret | undefined
}

/** Opens the exchange; what its requests share is one process's and safe under many at once. */
export function openTokenExchange(parts: ExchangeParts): TokenExchange {
  const again = openSecondAttempts(parts.clock)
  return async (request, deadline) => {
    again.noteRequest()
    const trace: Trace = {
      request,
      deadline,
      facts: {},
      secretFetches: [],
      sentAtMs: undefined,
      usedSecret: undefined,
    }
    const toExchanged = (result: Result<TokenSet | undefined>): Exchanged => {
      return { result, facts: trace.facts, secretFetches: trace.secretFetches }
    }
    const asked = await askSecret(parts, trace)
    if (!asked.ok) return toExchanged(asked)
    const { secret } = asked.value
    const explanation = parts.explanations.begin(request, secret, deadline)
    const result = await exchange(parts, again, trace, secret)
    again.noteResult(request.client.domain, result)
    return toExchanged(await explanation.end(result, trace.usedSecret ?? secret))
  }
}

async function exchange(
  parts: ExchangeParts,
  again: SecondAttempts,
  trace: Trace,
  secret: Secret,
): Promise<Result<TokenSet | undefined>> {
  const first = await askOnce(parts, trace, secret)
  if (first.ok) return first
  again.noteResult(trace.request.client.domain, first)
  if (first.cause === 'client_rejected') return askWithOtherSecret(parts, trace, secret, first)
  const delayMs = again.grantDelayMs({
    request: trace.request,
    failure: first,
    attempts: trace.facts.attempts ?? 0,
    sentAtMs: trace.sentAtMs,
    leftMs: trace.deadline.leftMs(),
  })
  if (delayMs === undefined) return first
  await sleep(delayMs)
  const second = await askOnce(parts, trace, secret)
  // An attempt that never left has used up nothing: the one after it is the first that Cognito saw.
  const isFirstSeen =
    !second.ok && second.cause === 'client_rejected' && first.delivery === 'unsent'
  return isFirstSeen ? askWithOtherSecret(parts, trace, secret, second) : second
}

/** One more try, and only with a secret that differs from the one that Cognito has just refused. */
async function askWithOtherSecret(
  parts: ExchangeParts,
  trace: Trace,
  refused: Secret,
  first: Failure,
): Promise<Result<TokenSet | undefined>> {
  const { request, deadline, facts, secretFetches } = trace
  const leftMs = deadline.leftMs()
  if (leftMs < leastAttemptMs) return first
  const startedAtMs = parts.clock.spanMs()
  const onRead = (result: 'ok' | 'failed') => secretFetches.push(result)
  const { found, asked } = await parts.secrets.replace(request.client, refused, leftMs, onRead)
  facts.secretMs = (facts.secretMs ?? 0) + parts.clock.spanMs() - startedAtMs
  if (asked === undefined) return withEvidence(first, found)
  const second = await askOnce(parts, trace, asked.secret)
  if (second.ok || second.cause !== 'deadline_exhausted') {
    facts.secretSource = asked.source
    facts.secretAgeSeconds = asked.ageSeconds
    return second.ok ? second : withEvidence(second, found)
  }
  return withEvidence(first, 'secret_changed_untried')
}

async function askSecret(parts: ExchangeParts, trace: Trace): Promise<Result<AskedSecret>> {
  const { clock, secrets } = parts
  const { request, deadline, facts, secretFetches } = trace
  if (deadline.leftMs() < leastAttemptMs) return fail('deadline_exhausted')
  const startedAtMs = clock.spanMs()
  const onRead = (result: 'ok' | 'failed') => secretFetches.push(result)
  const asked = await secrets.ask(request.client, deadline.leftMs(), onRead)
  facts.secretMs = (facts.secretMs ?? 0) + clock.spanMs() - startedAtMs
  if (asked.ok) {
    facts.secretSource = asked.value.source
    facts.secretAgeSeconds = asked.value.ageSeconds
  }
  return asked
}

/** Sends the request once and judges what comes back; what failed on the way is a failure, too. */
async function askOnce(
  parts: ExchangeParts,
  trace: Trace,
  secret: Secret,
): Promise<Result<TokenSet | undefined>> {
  const { clock, connections, connectTimeoutMs } = parts
  const { request, facts, deadline } = trace
  const leftMs = deadline.leftMs()
  if (leftMs < leastAttemptMs) return fail('deadline_exhausted')
  const timeoutMs = chooseAttemptTimeoutMs(request, facts.attempts ?? 0, leftMs)
  facts.attempts = (facts.attempts ?? 0) + 1
  trace.usedSecret = secret
  const startedAtMs = clock.spanMs()
  const answer = await askUserPoolDomain(
    {
      domain: request.client.domain,
      path: request.grantType === undefined ? '/oauth2/revoke' : '/oauth2/token',
      post: {
        authorization: toBasic(request.client.clientId, secret),
        body: toFormBody(toUpstreamParameters(request)),
      },
      timeoutMs,
      connectTimeoutMs,
      onSent: () => {
        trace.sentAtMs ??= clock.spanMs()
      },
    },
    connections,
    clock,
  )
  facts.upstreamMs = (facts.upstreamMs ?? 0) + clock.spanMs() - startedAtMs
  if (!answer.ok) return answer
  facts.upstreamStatus = answer.value.status
  if (answer.value.upstreamRequestId) facts.upstreamRequestId = answer.value.upstreamRequestId
  return judgeUpstreamAnswer(answer.value, request.grantType)
}

/** Writes Basic credentials of the raw pair: escapes as in RFC 6749 section 2.3.1 were reported to fail. */
export function toBasic(clientId: string, secret: Secret): Secret {
  const pair = Buffer.from(`${clientId}:${secret.reveal()}`, 'utf8').toString('base64')
  return new Secret(`Basic ${pair}`)
}

function withEvidence(failure: Failure, found: Replacement | 'secret_changed_untried'): Failure {
  return failure.cause === 'client_rejected' ? { ...failure, evidence: [found] } : failure
}
