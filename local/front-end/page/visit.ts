import type { User } from 'oidc-client-ts'
import type { Attempt } from 'token-proxy/causes'
import type { DemoClient, DemoSettings } from '../demo-settings.ts'
import { findById, show } from './element.ts'
import { type Exchange, observeExchanges } from './exchange.ts'
import { judgeFailure, readRefusal } from './failure.ts'
import { openSession, type Session } from './session.ts'
import { makeSessionCard, type SessionActions, type SessionView, showLife } from './session-card.ts'

/** The visit of one person on the demo page. */
interface Visit {
  view: SessionView
  session: Session
  /** The lifetime of the access token when it was issued; the bar is full at that time. */
  lifeSeconds: number
  readonly newestExchange: ReturnType<typeof observeExchanges>
  readonly onJudged: (failedRequestId: string | undefined) => void
}

/** Keeps the chosen client across the redirect to the user pool and back. */
const CHOSEN_CLIENT_KEY = 'demo.client'

/**
 * Begins a visit: finishes the sign-in if the address is the callback's, else shows who is signed in.
 *
 * @param onJudged hears after every attempt which request failed, if one did
 */
export const beginVisit = async (
  settings: DemoSettings,
  first: DemoClient,
  onJudged: Visit['onJudged'],
): Promise<void> => {
  const chosen = window.sessionStorage.getItem(CHOSEN_CLIENT_KEY)
  const client = settings.clients.find(({ name }) => name === chosen) ?? first
  const visit: Visit = {
    view: {
      settings,
      client,
      user: null,
      busy: undefined,
      failure: undefined,
      exchange: undefined,
    },
    session: openSession(settings, client),
    lifeSeconds: 1,
    newestExchange: observeExchanges(settings.tokenEndpoint),
    onJudged,
  }
  setInterval(() => tick(visit), 1000)
  // The back button may restore this page from the cache in the state in which it redirected.
  window.addEventListener('pageshow', ({ persisted }) => persisted && resume(visit))
  const address = window.location.href
  if (window.location.pathname !== '/callback') return resume(visit)
  // The code leaves the address bar before it is used: a reload cannot use it a second time.
  window.history.replaceState(null, '', '/')
  const finish = () => visit.session.finishSignIn(address)
  await attempt(visit, 'sign-in', 'Signing you in…', finish, readRefusal(address))
}

const resume = async (visit: Visit): Promise<void> => welcome(visit, await visit.session.user())

const welcome = (visit: Visit, user: User | null): void => {
  visit.lifeSeconds = Math.max(1, user?.expires_in ?? 1)
  draw(visit, { user, busy: undefined, failure: undefined, exchange: visit.newestExchange() })
  visit.onJudged(undefined)
}

/** Runs one attempt and shows its result: a signed-in user or a failure. */
const attempt = async (
  visit: Visit,
  kind: Attempt,
  busy: string,
  ask: () => Promise<User>,
  refusal?: Exchange,
): Promise<void> => {
  draw(visit, { busy, failure: undefined })
  try {
    welcome(visit, await ask())
  } catch {
    await fail(visit, kind, refusal)
  }
}

const fail = async (visit: Visit, kind: Attempt, refusal?: Exchange): Promise<void> => {
  const failure = judgeFailure(kind, visit.newestExchange(), refusal)
  if (failure.signedOut) await visit.session.forget()
  draw(visit, { user: await visit.session.user(), busy: undefined, failure })
  visit.onJudged(failure.said?.requestId)
}

const actionsOf = (visit: Visit): SessionActions => ({
  signIn: () => {
    draw(visit, { busy: 'Going to the user pool…', failure: undefined })
    visit.session.signIn().catch(() => fail(visit, 'sign-in'))
  },
  refresh: () => attempt(visit, 'refresh', 'Refreshing…', () => visit.session.refresh()),
  signOut: () => {
    draw(visit, { user: null, busy: 'Signing out…', failure: undefined })
    visit.session.signOut()
  },
  choose: (client) => {
    window.sessionStorage.setItem(CHOSEN_CLIENT_KEY, client.name)
    visit.session = openSession(visit.view.settings, client)
    draw(visit, { client })
    resume(visit)
  },
})

const draw = (visit: Visit, change: Partial<SessionView>): void => {
  visit.view = { ...visit.view, ...change }
  show(findById('session'), ...makeSessionCard(visit.view, actionsOf(visit)))
  tick(visit)
}

const tick = ({ view, lifeSeconds }: Visit): void => {
  if (view.user !== null) showLife(view.user, lifeSeconds)
}
