import type { User } from 'oidc-client-ts'
import type { DemoClient, DemoSettings } from '../demo-settings.ts'
import { button, element, facts } from './element.ts'
import type { Exchange } from './exchange.ts'
import type { Failure } from './failure.ts'
import { makeFailure } from './failure-card.ts'

/** Everything that the session card shows. */
export interface SessionView {
  readonly settings: DemoSettings
  readonly client: DemoClient
  readonly user: User | null
  /** The action in progress; meanwhile no button can be pressed. */
  readonly busy: string | undefined
  readonly failure: Failure | undefined
  /** The newest answer of the proxy with tokens. */
  readonly exchange: Exchange | undefined
}

/** The actions of the visitor. */
export interface SessionActions {
  readonly signIn: () => void
  readonly refresh: () => void
  readonly signOut: () => void
  readonly choose: (client: DemoClient) => void
}

/** Renders the session card. */
export const makeSessionCard = (
  view: SessionView,
  actions: SessionActions,
): readonly HTMLElement[] => {
  const failure = view.failure === undefined ? [] : [makeFailure(view.failure, actions)]
  if (view.busy !== undefined && view.user === null) return [makeBusy(view.busy)]
  return view.user === null
    ? [...failure, ...makeSignedOut(view, actions)]
    : [...makePerson(view, view.user), ...failure, makeSignedInButtons(view, actions)]
}

const makeBusy = (busy: string): HTMLElement =>
  element('p', { class: 'busy', role: 'status' }, element('i', { 'aria-hidden': 'true' }), busy)

const makeSignedOut = (view: SessionView, actions: SessionActions): readonly HTMLElement[] => [
  element('h1', {}, 'You are signed out'),
  element(
    'p',
    {},
    'This page has no client secret. It exchanges its code for tokens at the proxy, which has the secret.',
  ),
  makeClientChoice(view, actions),
  element(
    'p',
    { class: 'buttons' },
    button('sign-in', 'Sign in', actions.signIn, view.failure === undefined ? 'main' : 'plain'),
  ),
  element(
    'div',
    { class: 'hint' },
    'Users that you can sign in as:',
    element(
      'ul',
      { class: 'users' },
      ...view.settings.users.map(({ name, username, password }) =>
        element(
          'li',
          {},
          `${name}: `,
          element('code', {}, username),
          ' / ',
          element('code', {}, password),
        ),
      ),
    ),
  ),
]

const makeClientChoice = (view: SessionView, actions: SessionActions): HTMLElement =>
  element(
    'fieldset',
    { class: 'clients' },
    element('legend', {}, 'App client'),
    ...view.settings.clients.map((client) =>
      element(
        'label',
        {},
        element('input', {
          type: 'radio',
          name: 'client',
          id: `client-${client.name}`,
          value: client.name,
          checked: client.clientId === view.client.clientId,
          change: () => actions.choose(client),
        }),
        element(
          'span',
          {},
          element('b', {}, client.name),
          element('small', {}, rotationOf(client)),
        ),
      ),
    ),
  )

const rotationOf = (client: DemoClient): string =>
  client.rotation ? 'refresh token rotates' : 'refresh token stays'

const makePerson = (view: SessionView, user: User): readonly HTMLElement[] => {
  const name = user.profile.name ?? user.profile.email ?? user.profile.sub
  return [
    element(
      'div',
      { class: 'person' },
      element('span', { class: 'initial', 'aria-hidden': 'true' }, name.slice(0, 1).toUpperCase()),
      element('div', {}, element('h1', {}, name), element('p', {}, user.profile.email ?? '')),
    ),
    element(
      'div',
      { class: 'life' },
      element('p', { id: 'life', role: 'timer' }),
      element('progress', {
        id: 'life-bar',
        'aria-label': 'Remaining lifetime of the access token',
      }),
    ),
    facts({
      'App client': `${view.client.name}, ${rotationOf(view.client)}`,
      // A failure shows its own request id; another one beside it would be confusing.
      ...(view.failure === undefined && makeExchangeFacts(view.exchange)),
    }),
  ]
}

const makeSignedInButtons = (view: SessionView, actions: SessionActions): HTMLElement => {
  const busy = view.busy !== undefined
  const refresh = button(
    'refresh',
    view.busy ?? 'Refresh',
    busy ? undefined : actions.refresh,
    view.failure === undefined ? 'main' : 'plain',
  )
  return element(
    'p',
    { class: 'buttons' },
    // A failure that can be tried again has a button of its own, which may have to wait.
    ...(view.failure?.action === undefined ? [refresh] : []),
    button('sign-out', 'Sign out', busy ? undefined : actions.signOut),
  )
}

const makeExchangeFacts = (exchange: Exchange | undefined) => ({
  'Last answer': exchange && `${exchange.status ?? 'none'} after ${exchange.tookMs} ms`,
  'Request id': exchange?.requestId && element('code', {}, exchange.requestId),
})

/** Formats the remaining time as minutes and seconds, and says at its end that the token has expired. */
export const showLife = (user: User, lifeSeconds: number): void => {
  const leftSeconds = Math.max(0, user.expires_in ?? 0)
  const clock = document.getElementById('life')
  const bar = document.getElementById('life-bar')
  const left = element('b', {}, toClock(leftSeconds))
  clock?.replaceChildren(
    ...(leftSeconds === 0
      ? ['The access token has expired']
      : ['The access token expires in ', left]),
  )
  if (bar instanceof HTMLProgressElement) bar.value = Math.min(1, leftSeconds / lifeSeconds)
}

const toClock = (seconds: number): string => {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}
