import { createHash, randomBytes } from 'node:crypto'

/** What a person signs in with. */
export interface Credentials {
  readonly username: string
  readonly password: string
}

/** The user pool's domain as a front end knows it, with one person who has a password there. */
export interface SignInPlace {
  readonly authorizationEndpoint: string
  readonly redirectUri: string
  readonly user: Credentials
  /** The cookies of this person's browser; they are kept here, so that one sign-in serves for the next. */
  readonly cookies: Map<string, string>
}

/** The fields of a code exchange, except for the app client. */
export type CodeForm = Readonly<Record<string, string>>

/** More redirects than any sign-in has. */
const mostRedirects = 8

/**
 * Signs in on the user pool's own page as a browser would, from the first address with a PKCE challenge to
 * the callback, which nobody asks for; undefined where the way does not end there.
 *
 * @see RFC 7636 section 4
 */
export async function signInByHttp(
  place: SignInPlace,
  clientId: string,
  signal: AbortSignal,
): Promise<CodeForm | undefined> {
  const verifier = randomBytes(32).toString('base64url')
  const { redirectUri } = place
  let address = toAuthorizeAddress(place, clientId, verifier)
  for (let redirects = 0; redirects < mostRedirects; redirects += 1) {
    if (address.href.startsWith(redirectUri)) return toForm(address, redirectUri, verifier)
    const next = await visit(place, address, signal)
    if (next === undefined) return undefined
    address = next
  }
  return undefined
}

function toAuthorizeAddress(place: SignInPlace, clientId: string, verifier: string): URL {
  const address = new URL(place.authorizationEndpoint)
  address.search = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: place.redirectUri,
    scope: 'openid email profile',
    state: randomBytes(16).toString('base64url'),
    nonce: randomBytes(16).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString()
  return address
}

/** Fetches one page, submits the form if it asks for the password, and returns the next address. */
async function visit(
  { cookies, user }: SignInPlace,
  address: URL,
  signal: AbortSignal,
): Promise<URL | undefined> {
  const { username, password } = user
  const isLogin = address.pathname === '/login'
  const response = await fetch(address, {
    ...(isLogin ? { method: 'POST', body: new URLSearchParams({ username, password }) } : {}),
    redirect: 'manual',
    headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    signal,
  })
  await response.arrayBuffer()
  for (const line of response.headers.getSetCookie()) keepCookie(cookies, line)
  const location = response.headers.get('location')
  return location === null ? undefined : new URL(location, address)
}

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
  if (value === '') cookies.delete(name)
  else cookies.set(name, value)
}

function toForm(callback: URL, redirectUri: string, verifier: string): CodeForm | undefined {
  const code = callback.searchParams.get('code')
  return code === null
    ? undefined
    : {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
      }
}
