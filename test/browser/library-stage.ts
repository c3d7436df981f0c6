import type { RequestListener } from 'node:http'
import type { Page } from 'playwright-core'
import { type LibraryName, libraries } from '../../infra/front-end-libraries.ts'
import { listenOnLocalhost } from '../../local/front-end/localhost.ts'
import { openWorld, portCount, type World } from '../../local/world.ts'
import { demoClients } from '../../local/world-config.ts'
import { type ExampleSettings, openExamplePage } from '../../tools/example-pages.ts'
import { findFreePorts } from '../end-to-end/npm-command.ts'
import { openBrowser } from './chromium.ts'
import { fillLogin } from './demo.ts'
import { openTlsFront } from './tls-front.ts'

/** The libraries as pages of their own, each at an origin of its own, with one world and one browser. */
export interface LibraryStage {
  readonly world: World
  /** Opens a library's page in a context that nobody has signed in. */
  readonly visit: (name: LibraryName, variant?: Variant) => Promise<Page>
  readonly close: () => Promise<void>
}

/** Files of `examples/`, by the names of those that they are taken in place of. */
export type Variant = Readonly<Record<string, string>>

export const runbookUrl = 'https://docs.example.com/runbook'
/** Less than any test may take for one step. */
export const patienceMs = 10_000

/** Opens the stage; what is in the guide's settings is here that of the embedded world. */
export async function openLibraryStage(): Promise<LibraryStage> {
  const names = Object.keys(libraries) as LibraryName[]
  const pages = new Map<string, RequestListener>()
  const open = (name: string) =>
    listenOnLocalhost((request, response) => pages.get(name)?.(request, response), 0)
  const servers = await Promise.all(names.map(open))
  const origins = servers.map(({ port }) => `http://localhost:${port}`)
  const port = await findFreePorts(portCount)
  const publicUrl = `http://127.0.0.1:${port}`
  const env = { TOKEN_PROXY_PUBLIC_URL: publicUrl, TOKEN_PROXY_RUNBOOK_URL: runbookUrl }
  const world = await openWorld({ port, origins, env })
  const tls = await openTlsFront(publicUrl)
  const browser = await openBrowser()
  const visit = async (name: LibraryName, variant: Variant = {}) => {
    const origin = origins[names.indexOf(name)] ?? ''
    // Amplify writes https before the host that it is given.
    const proxy = name === 'aws-amplify' ? tls.url : publicUrl
    pages.set(name, await toPage(name, toSettings(world, proxy, origin), variant))
    const context = await browser.newContext({ ignoreHTTPSErrors: name === 'aws-amplify' })
    context.setDefaultTimeout(patienceMs)
    const page = await context.newPage()
    await page.goto(origin)
    return page
  }
  const close = async () => {
    await browser.close()
    await Promise.all([tls.close(), world.close(), ...servers.map((server) => server.close())])
  }
  return { world, visit, close }
}

/** React has a page of its own; the plain one takes any other library in place of its own. */
function toPage(name: LibraryName, settings: ExampleSettings, variant: Variant) {
  if (name === 'react-oidc-context') {
    return openExamplePage({ name: 'react', settings, instead: variant })
  }
  const instead = { 'oauth4webapi.ts': `libraries/${libraries[name].file}`, ...variant }
  // Angular's own build compiles its packages; here they are compiled in the browser.
  const first = name === 'angular-oauth2-oidc' ? ['@angular/compiler'] : []
  return openExamplePage({ name: 'plain', settings, instead, first })
}

function toSettings({ userPool }: World, proxy: string, origin: string): ExampleSettings {
  return {
    proxy,
    clientId: demoClients[0]?.clientId ?? '',
    issuer: userPool.issuer,
    domain: userPool.domainUrl,
    callback: `${origin}/callback`,
    home: `${origin}/`,
    api: `${userPool.domainUrl}/oauth2/userInfo`,
  }
}

/** What a user does, in the words of the pages. */
export const click = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click()

/** From the library's page to the user pool's own and back, whatever comes of it. */
export async function signIn(page: Page): Promise<void> {
  await click(page, 'Sign in')
  await fillLogin(page)
}

/** From the library's page to the user pool's sign-out and back. */
export async function signOut(page: Page): Promise<void> {
  const left = page.waitForRequest((request) => new URL(request.url()).pathname === '/logout')
  const returned = page.waitForEvent('domcontentloaded')
  await click(page, 'Sign out')
  await Promise.all([left, returned])
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
}

/** Does something that posts to the proxy, and gives the status of the answer. */
export async function statusOf(page: Page, path: string, act: () => Promise<unknown>) {
  const answered = page.waitForResponse((response) => {
    return new URL(response.url()).pathname === path && response.request().method() === 'POST'
  })
  await act()
  return (await answered).status()
}
