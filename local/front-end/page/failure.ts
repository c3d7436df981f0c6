import type { Exchange } from './exchange.ts'

/** What the visitor was doing when it failed. */
export type Attempt = 'sign-in' | 'refresh'

/** What a visitor is told about a failure, and what they can do about it. */
export interface Failure {
  readonly title: string
  readonly text: string
  /** Undefined: nothing that the visitor could do now would help. */
  readonly action: { readonly attempt: Attempt; readonly label: string } | undefined
  /** The action is of no use before this instant. */
  readonly waitUntilMs: number
  /** The session is over: what is stored of it is of no use any more. */
  readonly signedOut: boolean
  /** What the other side said, shown to the letter. */
  readonly said: Exchange | undefined
}

type Advice = Pick<Failure, 'title' | 'text' | 'action'> & {
  readonly waitSeconds?: number
  readonly signedOut?: boolean
}

/**
 * Judges why an attempt failed by what the proxy answered, not by texts of the client library.
 *
 * @param exchange the answer of the proxy; undefined when it was never asked
 * @param refusal what the user pool said in the callback address, if it refused
 */
export const judgeFailure = (
  attempt: Attempt,
  exchange: Exchange | undefined,
  refusal: Exchange | undefined,
): Failure => {
  const advice =
    exchange !== undefined
      ? advise(attempt, exchange)
      : refusal !== undefined
        ? refusedByPool
        : notBegunHere
  return {
    title: advice.title,
    text: advice.text,
    action: advice.action,
    waitUntilMs: Date.now() + 1000 * (advice.waitSeconds ?? 0),
    signedOut: advice.signedOut ?? false,
    said: exchange ?? refusal,
  }
}

const signIn = (label: string): Failure['action'] => ({ attempt: 'sign-in', label })

/** A failed exchange is final: only a new sign-in brings a new code. A refresh can be tried again. */
const again = (attempt: Attempt): Failure['action'] =>
  attempt === 'refresh' ? { attempt, label: 'Try again' } : signIn('Start again')

const advise = (attempt: Attempt, exchange: Exchange): Advice => {
  const { status, error, retryAfterSeconds } = exchange
  if (status === undefined) return unreachable(attempt)
  if (status < 300) return answerNotAccepted
  if (error === 'invalid_grant') return grantEnded(attempt)
  if (status === 504) return interrupted(attempt)
  if (status === 429 || (status === 503 && retryAfterSeconds !== undefined)) {
    return busy(attempt, retryAfterSeconds ?? 1)
  }
  if (status >= 500) return operatorsFault
  return {
    title: 'The proxy refused this request',
    text: 'The front end sent a request that is not allowed. The details below tell its developer how to fix it.',
    action: again(attempt),
  }
}

const grantEnded = (attempt: Attempt): Advice => ({
  title: attempt === 'refresh' ? 'Your session has ended' : 'This sign-in is no longer valid',
  text:
    attempt === 'refresh'
      ? 'It can no longer be renewed. Please sign in again.'
      : 'Nothing is broken. Please sign in again.',
  action: signIn('Sign in again'),
  signedOut: true,
})

const interrupted = (attempt: Attempt): Advice => ({
  title: attempt === 'refresh' ? 'The refresh was interrupted' : 'The sign-in was interrupted',
  text:
    attempt === 'refresh'
      ? 'It is unknown whether it succeeded. You are still signed in. Please try again.'
      : 'It is unknown whether it succeeded, and it cannot continue. Please start again.',
  action: again(attempt),
})

const busy = (attempt: Attempt, waitSeconds: number): Advice => ({
  title: 'Not available right now',
  text:
    attempt === 'refresh'
      ? 'You are still signed in. This should pass by itself. If it does not, give the operator the request id below.'
      : 'This should pass by itself. If it does not, give the operator the request id below.',
  action: again(attempt),
  waitSeconds,
})

const operatorsFault: Advice = {
  title: 'This is not your fault',
  text: 'The operator of this service has to fix a problem. Give the operator the request id below, and try again later.',
  action: undefined,
}

const unreachable = (attempt: Attempt): Advice => ({
  title: 'No readable response',
  text: 'The token proxy cannot be reached, or does not allow this page to read its response. Is it running?',
  action: again(attempt),
})

const answerNotAccepted: Advice = {
  title: 'The response was rejected',
  text: 'The proxy sent tokens, but the client library of this page rejected them.',
  action: signIn('Sign in again'),
}

const refusedByPool: Advice = {
  title: 'The user pool refused the sign-in',
  text: 'It was refused before the proxy was called. Please sign in again.',
  action: signIn('Sign in again'),
}

const notBegunHere: Advice = {
  title: 'This sign-in did not start here',
  text: 'The response does not belong to a sign-in that this tab started. Please sign in again.',
  action: signIn('Sign in again'),
}

/** Reads the user pool's refusal off a callback address: the client library drops it where the state is unknown. */
export const readRefusal = (callbackAddress: string): Exchange | undefined => {
  const { searchParams } = new URL(callbackAddress)
  const error = searchParams.get('error')
  if (error === null) return undefined
  const errorDescription = searchParams.get('error_description') ?? undefined
  return { status: undefined, tookMs: 0, error, errorDescription }
}
