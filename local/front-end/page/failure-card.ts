import { findCauses } from 'token-proxy/causes'
import { button, element, facts } from './element.ts'
import type { Exchange } from './exchange.ts'
import type { Failure } from './failure.ts'

interface FailureActions {
  readonly signIn: () => void
  readonly refresh: () => void
}

/** Renders a failure for its user, with the literal answer of the proxy below. */
export const makeFailure = (failure: Failure, actions: FailureActions): HTMLElement => {
  const retry = makeRetryButton(failure, actions)
  return element(
    'section',
    { class: 'failure', role: 'alert', tabindex: -1, 'aria-labelledby': 'failure-title' },
    element('h2', { id: 'failure-title' }, failure.title),
    element('p', { lang: failure.language }, failure.text),
    ...(retry === undefined ? [] : [element('p', { class: 'buttons' }, retry)]),
    ...(failure.said === undefined ? [] : [makeSaid(failure.said)]),
  )
}

const makeRetryButton = (
  { action, waitUntilMs }: Failure,
  actions: FailureActions,
): HTMLElement | undefined => {
  if (action === undefined) return undefined
  const act = action.attempt === 'refresh' ? actions.refresh : actions.signIn
  return waitUntilMs > Date.now()
    ? makeWaiting(action.label, waitUntilMs, act)
    : button('again', action.label, act, 'main')
}

const makeSaid = (said: Exchange): HTMLElement => {
  const { errorDescription, requestId } = said
  // For failures that are not the caller's fault, the proxy's description ends with the request id.
  const isIdSaid = requestId !== undefined && errorDescription?.includes(requestId)
  const cause = findCause(said)
  return element(
    'div',
    { class: 'said' },
    element('h3', {}, said.status === undefined ? 'What was said' : 'What the proxy said'),
    facts({
      Status: said.status === undefined ? undefined : String(said.status),
      error: said.error && element('code', {}, said.error),
      Description: said.errorDescription,
      Cause: cause && element('code', {}, cause.id),
      'Must act': cause && actors[cause.fault],
      Fix: cause?.fix,
      'Read more':
        said.errorUri &&
        element('a', { href: said.errorUri, target: '_blank', rel: 'noreferrer' }, said.errorUri),
      'Request id': isIdSaid ? undefined : requestId && element('code', {}, requestId),
    }),
  )
}

/** Says who must act on a failure, in words for developers. */
const actors = {
  caller: 'the developer of this front end',
  operator: 'the operator of the proxy',
  cognito: 'AWS',
} as const

/** Finds the cause of an answer of the proxy; undefined if several causes have the same answer. */
const findCause = ({ status, ...said }: Exchange) => {
  if (status === undefined) return undefined
  const [cause, ...others] = findCauses({ status, ...said })
  return others.length === 0 ? cause : undefined
}

/** Makes a button that is inactive until the time is over, and shows how long that is. */
const makeWaiting = (label: string, untilMs: number, act: () => void): HTMLElement => {
  const waiting = button('again', label, undefined, 'main')
  const tick = () => {
    const leftSeconds = Math.ceil((untilMs - Date.now()) / 1000)
    waiting.textContent = `${label} in ${leftSeconds} s`
    if (leftSeconds > 0) return
    clearInterval(timer)
    const open = button('again', label, act, 'main')
    const isFocused = document.activeElement === waiting
    waiting.replaceWith(open)
    if (isFocused) open.focus()
  }
  const timer = setInterval(tick, 250)
  tick()
  return waiting
}
