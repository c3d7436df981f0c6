import {
  type Attempt,
  chooseUserAdvice,
  type Language,
  toLanguage,
  toUserText,
  type UserAdvice,
} from 'token-proxy/causes'
import type { Exchange } from './exchange.ts'

/** What a visitor is told about a failure, and what they can do about it. */
export interface Failure {
  readonly title: string
  readonly text: string
  /** The language of the text; what only this page says is in English. */
  readonly language: Language
  /** Undefined if nothing that the visitor could do now would help. */
  readonly action: { readonly attempt: Attempt; readonly label: string } | undefined
  /** The action cannot succeed before this time. */
  readonly waitUntilMs: number
  /** The session has ended; what is stored of it can be deleted. */
  readonly signedOut: boolean
  /** The literal answer of the other side. */
  readonly said: Exchange | undefined
}

type Advice = Pick<Failure, 'title' | 'text' | 'action'> & {
  readonly language?: Language
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
    language: advice.language ?? 'en',
    action: advice.action,
    waitUntilMs: Date.now() + 1000 * (advice.waitSeconds ?? 0),
    signedOut: advice.signedOut ?? false,
    said: exchange ?? refusal,
  }
}

const signIn = (label: string): Failure['action'] => ({ attempt: 'sign-in', label })

/** A failed exchange is final: only a new sign-in brings a new code. A refresh can be tried again. */
const toRetryAction = (attempt: Attempt): Failure['action'] =>
  attempt === 'refresh' ? { attempt, label: 'Try again' } : signIn('Start again')

const advise = (attempt: Attempt, exchange: Exchange): Advice => {
  const { status, error, requestId, retryAfterSeconds } = exchange
  if (status === undefined) return unreachable(attempt)
  if (status < 300) return answerNotAccepted
  // Every 503 of the proxy says how long to wait; one without that comes from the gateway in front of it.
  const isOfGateway = status === 503 && retryAfterSeconds === undefined
  const advice = isOfGateway ? 'contact_support' : chooseUserAdvice({ status, error }, attempt)
  const { language } = navigator
  return {
    ...dressings[advice](attempt, exchange),
    text: toUserText(advice, { language, requestId }),
    language: toLanguage(language),
  }
}

/** What this page adds to the sentence of an advice: its title, and a button. */
const dressings: Readonly<
  Record<UserAdvice, (attempt: Attempt, exchange: Exchange) => Omit<Advice, 'text'>>
> = {
  sign_in_again: (attempt) => ({
    title: attempt === 'refresh' ? 'Your session has ended' : 'This sign-in is no longer valid',
    action: signIn('Sign in again'),
    signedOut: true,
  }),
  start_again: (attempt) => ({
    title: 'The sign-in was interrupted',
    action: toRetryAction(attempt),
  }),
  try_again: (attempt, { status, retryAfterSeconds }) => ({
    title: status === 504 ? 'The refresh was interrupted' : 'Not available right now',
    action: toRetryAction(attempt),
    waitSeconds: status === 504 ? 0 : (retryAfterSeconds ?? 1),
  }),
  contact_support: () => ({ title: 'This is not your fault', action: undefined }),
  report_app: (attempt) => ({
    title: 'The proxy refused this request',
    action: toRetryAction(attempt),
  }),
}

const unreachable = (attempt: Attempt): Advice => ({
  title: 'No readable response',
  text: 'The token proxy cannot be reached, or does not allow this page to read its response. Is it running?',
  action: toRetryAction(attempt),
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

/** Reads the user pool's error from a callback address: the client library drops it if the state is unknown. */
export const readRefusal = (callbackAddress: string): Exchange | undefined => {
  const { searchParams } = new URL(callbackAddress)
  const error = searchParams.get('error')
  if (error === null) return undefined
  const errorDescription = searchParams.get('error_description') ?? undefined
  return { status: undefined, tookMs: 0, error, errorDescription }
}
