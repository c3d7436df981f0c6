import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Accounts } from './accounts.ts'
import { errorPage, loginPage } from './pages.ts'
import type { FindClient, Provider } from './provider.ts'
import { readText } from './request-body.ts'
import { judgeSignOut } from './sign-out.ts'

type Next = () => Promise<unknown>
type Route = (ctx: KoaContextWithOIDC, query: URLSearchParams) => unknown

export interface SignInParts {
  readonly provider: Provider
  readonly accounts: Accounts
  readonly findClient: FindClient
}

/** Serves the pages of managed login that people see: sign in, sign out, and what went wrong. */
export function servePages(parts: SignInParts) {
  const routes = new Map<string, Route>([
    ['GET /login', (ctx, query) => showLogin(parts, ctx, query)],
    ['POST /login', (ctx, query) => takeLogin(parts, ctx, query)],
    ['GET /logout', (ctx, query) => logOut(parts, ctx, query)],
    ['GET /error', (ctx, query) => showError(ctx, query.get('error') ?? 'unknown error')],
  ])
  return async (ctx: KoaContextWithOIDC, next: Next): Promise<void> => {
    const route = routes.get(`${ctx.method} ${ctx.path}`)
    if (route === undefined) return void (await next())
    ctx.set('cache-control', 'no-store')
    await route(ctx, new URLSearchParams(ctx.querystring))
  }
}

async function showLogin(parts: SignInParts, ctx: KoaContextWithOIDC, query: URLSearchParams) {
  const uid = query.get('uid')
  // Cognito's login page also accepts the parameters of authorize.
  if (uid === null) return ctx.redirect(`/oauth2/authorize?${query}`)
  const signIn = await parts.provider.Interaction.find(uid)
  if (signIn === undefined) return showError(ctx, 'This sign-in is no longer open.')
  show(ctx, loginPage({ app: appName(parts, query), users: parts.accounts.users }))
}

async function takeLogin(parts: SignInParts, ctx: KoaContextWithOIDC, query: URLSearchParams) {
  const { provider, accounts } = parts
  const form = new URLSearchParams(await readText(ctx.req))
  const signIn = await provider.Interaction.find(query.get('uid') ?? '')
  if (signIn === undefined) return showError(ctx, 'This sign-in is no longer open.')
  const username = form.get('username') ?? ''
  const sub = accounts.subWithPassword(username, form.get('password') ?? '')
  if (sub === undefined) {
    const wrong = { username, message: 'Incorrect username or password.' }
    return show(ctx, loginPage({ app: appName(parts, query), users: accounts.users, wrong }))
  }
  const session = await provider.Session.get(provider.createContext(ctx.req, ctx.res))
  if (session.accountId !== undefined && session.accountId !== sub) {
    // Another user signs in with the same browser: the provider would stop and ask, Cognito does not.
    await session.destroy()
    signIn.session = undefined
  }
  signIn.result = { login: { accountId: sub } }
  await signIn.persist()
  ctx.redirect(signIn.returnTo)
}

async function logOut(parts: SignInParts, ctx: KoaContextWithOIDC, query: URLSearchParams) {
  const { provider, findClient } = parts
  const { endsSession, location } = judgeSignOut(query, findClient)
  if (endsSession) {
    const session = await provider.Session.get(provider.createContext(ctx.req, ctx.res))
    await session.destroy()
    ctx.cookies.set(provider.cookieName('session'), null)
  }
  ctx.redirect(location)
}

function appName({ findClient }: SignInParts, query: URLSearchParams): string {
  return findClient(query.get('client_id') ?? undefined)?.clientName ?? 'the app'
}

function showError(ctx: KoaContextWithOIDC, message: string): void {
  ctx.status = 400
  show(ctx, errorPage(message))
}

function show(ctx: KoaContextWithOIDC, html: string): void {
  ctx.type = 'html'
  ctx.set(
    'content-security-policy',
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  )
  ctx.body = html
}
