import { fail, type Result } from './causes/catalogue.ts'
import type { Form } from './form.ts'
import type { GatewayEvent } from './gateway-event.ts'
import { Secret } from './secret.ts'
import type { Client } from './settings/settings.ts'

/** A sign-in of a client in cookie mode that is about to begin. */
export interface SignIn {
  readonly kind: 'sign_in'
  readonly client: Client
  /** The front end's own challenge. */
  readonly challenge: string
  /** Where Cognito signs users in, without the query. */
  readonly address: string
  readonly query: string
  /** The challenges of the sign-ins that this browser has begun and not ended, oldest first. */
  readonly open: readonly string[]
}

/** The proxy's own pair for one sign-in. */
export interface ProxyPair {
  readonly verifier: Secret
  readonly challenge: string
}

/** How long a user may take to sign in: time to create an account and confirm an address. */
const signInSeconds = 3600
/** Tabs that sign in at the same time; each cookie takes some 120 of the 10,240 bytes that headers may have. */
const mostOpen = 8
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Strict'
/** SHA-256, or 32 random bytes, in base64url. */
const digestForm = /^[\w-]{43}$/

/**
 * Judges a request to sign in at a client in cookie mode. Fails with `origin_not_allowed`,
 * `parameter_missing`, `parameter_malformed`.
 *
 * @see RFC 7636 section 4.3; Cognito takes S256 alone
 * @see RFC 6265bis section 5.7: the answer to a navigation that another site has begun sets such cookies
 */
export function judgeSignIn(
  event: GatewayEvent,
  form: Form,
  client: Client,
  destination: Pick<SignIn, 'address' | 'query'>,
): Result<SignIn> {
  // Its cookies do not come along, so none could be given up: they would pile up until no request fits.
  if (event.headers.get('sec-fetch-site') === 'cross-site') {
    return fail('origin_not_allowed', { detail: 'cross_site' })
  }
  const challenge = form.get('code_challenge')
  if (challenge === undefined) return fail('parameter_missing', { detail: 'code_challenge' })
  if (!digestForm.test(challenge) || form.get('code_challenge_method') !== 'S256') {
    return fail('parameter_malformed', { detail: 'code_challenge' })
  }
  const open = [...findOpenSignIns(event, client).keys()].filter((one) => one !== challenge)
  return { ok: true, value: { kind: 'sign_in', client, challenge, ...destination, open } }
}

/**
 * Writes where the browser goes and which cookies it gets. Cognito is shown the challenge of the proxy's own
 * verifier, which stays in a cookie that no script can read: what the page knows, code and verifier, is of no
 * use without this browser. Of too many open sign-ins, the oldest are given up.
 */
export function toSignInRedirect(
  { client, challenge, address, query, open }: SignIn,
  own: ProxyPair,
): { readonly location: string; readonly cookies: readonly string[] } {
  const pairs = query.split('&').map((pair) => {
    const [[name] = ['']] = [...new URLSearchParams(pair)]
    return name === 'code_challenge' ? `code_challenge=${own.challenge}` : pair
  })
  const begun = `${toName(client, challenge)}=${own.verifier.reveal()}; Max-Age=${signInSeconds}; ${attributes}`
  const givenUp = open.slice(0, Math.max(0, open.length - mostOpen + 1))
  const cleared = givenUp.map((one) => toClearedSignIn(client, one))
  return { location: `${address}?${pairs.join('&')}`, cookies: [begun, ...cleared] }
}

/**
 * Finds the sign-ins that this browser has begun: the proxy's verifier by the front end's challenge. What
 * came twice counts as absent, since a browser keeps one cookie of a name.
 */
export function findOpenSignIns(event: GatewayEvent, client: Client): ReadonlyMap<string, Secret> {
  const prefix = toName(client, '')
  const open = new Map<string, Secret>()
  for (const [name, verifier = ''] of event.cookies) {
    const challenge = name.startsWith(prefix) ? name.slice(prefix.length) : ''
    if (digestForm.test(challenge) && digestForm.test(verifier)) {
      open.set(challenge, new Secret(verifier))
    }
  }
  return open
}

/** Writes the line that takes the cookie of a sign-in from the browser. */
export function toClearedSignIn(client: Client, challenge: string): string {
  return `${toName(client, challenge)}=; Max-Age=0; ${attributes}`
}

/** `__Host-` keeps other hosts of the site from setting it; the challenge keeps tabs apart. */
function toName(client: Client, challenge: string): string {
  return `__Host-sign-in-${client.name}.${challenge}`
}
