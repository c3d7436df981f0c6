import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import {
  type Call,
  codeGrant,
  type FormParameters,
  openProxy,
  type ProxyOptions,
  type Reply,
  type TestedProxy,
  webClient,
} from './proxy.ts'

/** The name of the cookie of the client `web`. */
export const cookieName = '__Host-refresh-web'
/** What the front end of a cookie client has to send. */
export const csrfHeader = { 'x-requested-with': 'token-proxy' }
/** The name of the secret with the key of the cookies. */
export const keySecretId = 'token-proxy/cookie-key'
/** The parameters of a refresh from the cookie, and of a sign-out. */
export const cookieRefresh = { grant_type: 'refresh_token', client_id: webClient.clientId }
export const cookieRevocation = { client_id: webClient.clientId }

/** The settings of a deployment whose clients may have cookies. */
export const cookieSettings = {
  TOKEN_PROXY_PUBLIC_URL: 'https://login.app.example',
  TOKEN_PROXY_COOKIE_KEY_SECRET: keySecretId,
}

/** Makes the text of a stored key. */
export const newKey = () => randomBytes(32).toString('base64')

/** A browser as far as the proxy's cookies go: it keeps, sends and forgets them. */
export interface Browser {
  readonly cookies: Map<string, string>
  /** Sends a form as the front end does. */
  readonly post: (body: FormParameters, call?: Call) => Promise<Reply>
}

/** A proxy whose client `web` keeps its refresh token in a cookie. */
export interface CookieProxy extends TestedProxy {
  readonly openBrowser: () => Browser
}

/** Starts a proxy under test whose client has a cookie; `body` beside it is one that has none. */
export async function openCookieProxy(
  t: TestContext,
  options: ProxyOptions = {},
): Promise<CookieProxy> {
  const proxy = await openProxy({
    clients: (web) => [
      { ...web, refreshToken: 'cookie' },
      { ...web, name: 'body', clientId: 'body', secretId: 'token-proxy/body' },
    ],
    ...options,
    env: { ...cookieSettings, ...options.env },
  })
  t.after(() => proxy.close())
  proxy.secrets.put(keySecretId, newKey())
  return { ...proxy, openBrowser: () => openBrowser(proxy.send) }
}

/** Opens a browser without cookies. */
export function openBrowser(send: (call: Call) => Promise<Reply>): Browser {
  const cookies = new Map<string, string>()
  const post = async (body: FormParameters, call: Call = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...csrfHeader, ...(cookie && { cookie }), ...call.headers }
    const reply = await send({ ...call, headers, body })
    for (const line of toLines(reply)) keep(cookies, line)
    return reply
  }
  return { cookies, post }
}

/** The `Set-Cookie` lines of an answer. */
export function toLines(reply: Reply): readonly string[] {
  return reply.headers['set-cookie'] ?? []
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split('; ')
  const [name = '', value = ''] = pair.split('=')
  if (attributes.includes('Max-Age=0')) cookies.delete(name)
  else cookies.set(name, value)
}

/** What Cognito answers an exchange with. */
export function toTokens(refreshToken?: string) {
  return {
    status: 200,
    body: {
      access_token: randomBytes(30).toString('base64url'),
      id_token: randomBytes(30).toString('base64url'),
      ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
      token_type: 'Bearer',
      expires_in: 3600,
    },
  }
}

/** Signs a browser in with this refresh token. */
export async function signIn(proxy: CookieProxy, refreshToken: string): Promise<Browser> {
  const browser = proxy.openBrowser()
  proxy.upstream.script(toTokens(refreshToken))
  await browser.post(codeGrant())
  return browser
}

/** The refresh tokens that reached Cognito, oldest first; a revocation's too. */
export function toSentTokens(proxy: TestedProxy): readonly (string | null)[] {
  return proxy.upstream.requests.map(({ body }) => {
    const form = new URLSearchParams(body)
    return form.get('refresh_token') ?? form.get('token')
  })
}
