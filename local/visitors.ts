import {
  type CodeForm,
  type Credentials,
  type SignInPlace,
  signInByHttp,
} from './visitor-sign-in.ts'

/** Where the visitors go and who they are: the same values that a front end is configured with. */
export interface VisitorPlaces {
  readonly tokenEndpoint: string
  readonly authorizationEndpoint: string
  /** The origin of the front end, without a trailing slash. */
  readonly origin: string
  readonly clients: readonly { readonly clientId: string }[]
  /** The first of these users signs in. */
  readonly users: readonly Credentials[]
}

/** A steady, bounded flow of real sign-ins, refreshes and sign-outs through the proxy. */
export interface Visitors {
  readonly isRunning: boolean
  readonly start: () => void
  readonly stop: () => void
  /** Resolves to whether a visitor sent a request, once all requests in progress have been answered. */
  readonly isOwn: (requestId: string) => Promise<boolean>
  /** Stops everything that is in progress. */
  close(): Promise<void>
}

/** One thing that a visitor does; the next one follows whether or not it has been answered. */
type Step = 'sign-in' | 'refresh' | 'sign-out' | 'mistake'

const nobody: Credentials = { username: '', password: '' }
const stepEveryMs = 300
/** The most visitors that wait at the same time while the proxy does not answer, each in its own sandbox. */
const mostUnderWay = 3
const keptRequestIds = 1000
/**
 * A fault of any of them is met within two seconds; who signs out leaves nothing behind at the user pool. So many
 * are exchanges that the dashboard's share of them has a value.
 */
const round: readonly Step[] = ['sign-in', 'refresh', 'refresh', 'sign-out']
/** As rare as in healthy traffic, and spread over every kind of step. */
const stepsPerMistake = 57

/**
 * Opens the visitors; nothing is sent until they are started.
 *
 * @param places read at every step, since the proxy is opened later
 */
export function openVisitors(places: () => VisitorPlaces): Visitors {
  const cookies = new Map<string, string>()
  const tokens = new Map<string, string>()
  const requestIds = new Set<string>()
  const underWay = new Set<Promise<void>>()
  const closing = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let steps = 0
  const walk = () => {
    if (underWay.size >= mostUnderWay) return
    const at = places()
    const [user = nobody] = at.users
    const place = { ...at, user, redirectUri: `${at.origin}/callback`, cookies }
    const visit = { at, place, tokens, requestIds, signal: closing.signal }
    // All steps of a round use the same client.
    const { clientId = '' } = at.clients[Math.floor(steps / round.length) % at.clients.length] ?? {}
    const taken = takeStep(visit, toStep(steps), clientId)
    steps += 1
    // The records report what fails here, unless the world is already closed.
    const ended = taken.catch(() => {}).finally(() => underWay.delete(ended))
    underWay.add(ended)
  }
  const stop = () => {
    clearInterval(timer)
    timer = undefined
  }
  return {
    get isRunning() {
      return timer !== undefined
    },
    start: () => {
      timer ??= setInterval(walk, stepEveryMs)
    },
    stop,
    isOwn: async (requestId) => {
      if (!requestIds.has(requestId)) await Promise.all(underWay)
      return requestIds.has(requestId)
    },
    close: async () => {
      stop()
      closing.abort()
      await Promise.all(underWay)
    },
  }
}

function toStep(steps: number): Step {
  const isMistake = steps % stepsPerMistake === stepsPerMistake - 1
  return isMistake ? 'mistake' : (round[steps % round.length] ?? 'sign-in')
}

interface Visit {
  readonly at: VisitorPlaces
  readonly place: SignInPlace
  /** The newest refresh token of each app client. */
  readonly tokens: Map<string, string>
  readonly requestIds: Set<string>
  readonly signal: AbortSignal
}

async function takeStep(visit: Visit, step: Step, clientId: string): Promise<void> {
  if (step === 'mistake') return ask(visit, clientId, toRefresh('of-another-day'))
  const token = visit.tokens.get(clientId)
  // Two visitors never share a token: once one of them has rotated it, the other would be refused.
  visit.tokens.delete(clientId)
  if (step === 'refresh' && token !== undefined) return ask(visit, clientId, toRefresh(token))
  if (step === 'sign-out' && token !== undefined) return ask(visit, clientId, { token })
  // A separate browser: two sign-ins at once in one browser would get each other's codes.
  const cookies = new Map(visit.place.cookies)
  const form = await signInByHttp({ ...visit.place, cookies }, clientId, visit.signal)
  for (const [name, value] of cookies) visit.place.cookies.set(name, value)
  if (form !== undefined) await ask(visit, clientId, form)
}

function toRefresh(token: string): CodeForm {
  return { grant_type: 'refresh_token', refresh_token: token }
}

/** Calls the proxy, keeps the refresh token of the answer, and notes the request id. */
async function ask(visit: Visit, clientId: string, form: CodeForm): Promise<void> {
  const { at, tokens, requestIds, signal } = visit
  const endpoint = 'token' in form ? at.tokenEndpoint.replace(/token$/, 'revoke') : at.tokenEndpoint
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { origin: at.origin },
    body: new URLSearchParams({ ...form, client_id: clientId }),
    signal,
  })
  requestIds.add(response.headers.get('x-request-id') ?? '')
  const [oldest = ''] = requestIds
  if (requestIds.size > keptRequestIds) requestIds.delete(oldest)
  const body: unknown = response.ok && !('token' in form) ? await response.json() : {}
  const given = typeof body === 'object' && body !== null ? Object.entries(body) : []
  const kept = new Map(given).get('refresh_token') ?? form['refresh_token']
  if (response.ok && typeof kept === 'string') tokens.set(clientId, kept)
}
