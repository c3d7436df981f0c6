import { ErrorResponse } from 'oidc-client-ts'
import type { Exchange } from './exchange.ts'

/** What the visitor was doing when it failed. */
export type Attempt = 'sign-in' | 'refresh'

/** What a visitor is told about a failure, and what they can do about it. */
export interface Failure {
  readonly title: string
  readonly text: string
  readonly action: { readonly attempt: Attempt; readonly label: string }
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
 * @param thrown what the client library threw
 */
export const judgeFailure = (
  attempt: Attempt,
  exchange: Exchange | undefined,
  thrown: unknown,
): Failure => {
  const advice = exchange === undefined ? adviseWithoutExchange(thrown) : advise(attempt, exchange)
  return {
    title: advice.title,
    text: advice.text,
    action: advice.action,
    waitUntilMs: Date.now() + 1000 * (advice.waitSeconds ?? 0),
    signedOut: advice.signedOut ?? false,
    said: exchange ?? refusalOfPool(thrown),
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
  if (status === 504) return noAnswerInTime(attempt)
  if (status === 429 || (status === 503 && retryAfterSeconds !== undefined)) {
    return busy(attempt, retryAfterSeconds ?? 1)
  }
  if (status >= 500) return operatorsFault(attempt)
  return {
    title: 'The proxy refused this request',
    text: 'The front end asked for something that it may not have. Its developer can mend that with the words below.',
    action: again(attempt),
  }
}

const grantEnded = (attempt: Attempt): Advice => ({
  title: attempt === 'refresh' ? 'Your session has ended' : 'This sign-in is no longer valid',
  text:
    attempt === 'refresh'
      ? 'It cannot be renewed any more. Please sign in again.'
      : 'Nothing is broken. Please sign in again.',
  action: signIn('Sign in again'),
  signedOut: true,
})

const noAnswerInTime = (attempt: Attempt): Advice => ({
  title: 'No answer in time',
  text:
    attempt === 'refresh'
      ? 'The sign-in server stayed silent. You are still signed in; please try again.'
      : 'The sign-in server stayed silent. A sign-in cannot be continued after that; please start again.',
  action: again(attempt),
})

const busy = (attempt: Attempt, waitSeconds: number): Advice => ({
  title: 'Not available right now',
  text:
    attempt === 'refresh'
      ? 'You are still signed in. This should pass by itself; if not, tell the operator the request id below.'
      : 'This should pass by itself; if not, tell the operator the request id below.',
  action: again(attempt),
  waitSeconds,
})

const operatorsFault = (attempt: Attempt): Advice => ({
  title: 'This is not your fault',
  text: 'Something is wrong on the other side, and trying again will hardly help. Tell the operator the request id below.',
  action: again(attempt),
})

const unreachable = (attempt: Attempt): Advice => ({
  title: 'No answer could be read',
  text: 'The token proxy cannot be reached, or does not let this page read its answer. Is it running?',
  action: again(attempt),
})

const answerNotAccepted: Advice = {
  title: 'The answer was not accepted',
  text: 'The proxy sent tokens, but the client library of this page found them wrong.',
  action: signIn('Sign in again'),
}

const adviseWithoutExchange = (thrown: unknown): Advice =>
  thrown instanceof ErrorResponse
    ? {
        title: 'The user pool refused the sign-in',
        text: 'It was refused before the proxy was asked. Please sign in again.',
        action: signIn('Sign in again'),
      }
    : {
        title: 'This sign-in was not begun here',
        text: 'The answer does not belong to a sign-in that this tab is waiting for. Please sign in again.',
        action: signIn('Sign in again'),
      }

const refusalOfPool = (thrown: unknown): Exchange | undefined =>
  thrown instanceof ErrorResponse
    ? {
        status: undefined,
        tookMs: 0,
        error: thrown.error ?? undefined,
        errorDescription: thrown.error_description ?? undefined,
      }
    : undefined
