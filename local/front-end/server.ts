import type { IncomingMessage, ServerResponse } from 'node:http'
import { openBuiltSite } from './built-site.ts'
import { type ControlOptions, isOwnRequest, openControl, sendJson } from './control.ts'
import type { DemoSettings } from './demo-settings.ts'
import { listenOnLocalhost } from './localhost.ts'
import { bundlePages, pageHeaders, siteHeaders } from './pages.ts'

/** Where the site of the docs is. */
const sitePath = '/docs/'

export type { DemoSettings } from './demo-settings.ts'

/** What the demo front end shows and its switchboard can change. */
export interface FrontEndOptions extends ControlOptions {
  /** 0 takes a free port. */
  readonly port: number
  /** Read at every request, so that it may change while the pages are open. */
  readonly settings: () => DemoSettings
}

/** The running demo front end. */
export interface FrontEnd {
  /** The origin of the demo page, without a slash at its end. */
  readonly url: string
  readonly operatorsUrl: string
  /** The start page of the site of the docs. */
  readonly docsUrl: string
  /** The folder with a page for each cause. */
  readonly runbookUrl: string
  close(): Promise<void>
}

/** Opens the demo front end on `localhost`: the demo page, the switchboard, the operators' page. */
export const openFrontEnd = async (options: FrontEndOptions): Promise<FrontEnd> => {
  const pages = await bundlePages()
  const control = openControl(options)
  const answerOfSite = openSiteAnswers()
  let origin = ''
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = request.url ?? '/'
    response.setHeader('x-content-type-options', 'nosniff')
    // Only the origin that the app clients know is served, under no other name.
    if (request.headers.host !== new URL(origin).host) return redirect(response, origin, target)
    const url = new URL(origin + target)
    if (url.pathname.startsWith('/api/')) {
      if (isOwnRequest(request, origin)) return control(url, request, response)
      return sendJson(response, 403, { error: 'not from this origin' })
    }
    if (request.method !== 'GET') return sendJson(response, 405, { error: 'only GET' })
    if (url.pathname === '/settings.json') return sendJson(response, 200, options.settings())
    if (`${url.pathname}/`.startsWith(sitePath)) return answerOfSite(url.pathname, response)
    const page = pages.get(url.pathname)
    if (page === undefined) return sendJson(response, 404, { error: 'no such page' })
    const headers = pageHeaders(options.settings())
    response.writeHead(200, {
      ...headers,
      'content-type': page.contentType,
      'cache-control': 'no-store',
    })
    response.end(page.body)
  }
  const server = await listenOnLocalhost((request, response) => {
    answer(request, response).catch(() => response.destroy())
  }, options.port)
  origin = `http://localhost:${server.port}`
  return {
    url: origin,
    operatorsUrl: `${origin}/operators`,
    docsUrl: origin + sitePath,
    runbookUrl: `${origin}${sitePath}runbook`,
    close: server.close,
  }
}

/** Answers with the pages of the site, as a static host does. */
const openSiteAnswers = () => {
  const site = openBuiltSite()
  return async (path: string, response: ServerResponse): Promise<void> => {
    const found = await site.find(path.slice(sitePath.length))
    if (found.kind === 'absent') return sendJson(response, 404, { error: 'no such page' })
    if (found.kind === 'folder' || !path.startsWith(sitePath)) {
      response.writeHead(302, { location: `${path}/` })
      response.end()
      return
    }
    const headers = { 'content-type': found.contentType, 'cache-control': 'no-store' }
    response.writeHead(200, { ...siteHeaders, ...headers })
    response.end(found.body)
  }
}

const redirect = (response: ServerResponse, origin: string, target: string): void => {
  response.writeHead(302, { location: origin + (target.startsWith('/') ? target : '/') })
  response.end()
}
