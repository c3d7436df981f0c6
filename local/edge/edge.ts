import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { readBody } from '../gateway/request-body.ts'
import { type Listening, listen } from '../listening.ts'
import { type Distribution, findBehavior, readDistribution } from './distribution.ts'
import { type KeptErrors, openKeptErrors } from './kept-errors.ts'
import { askOrigin, type EdgeAnswer, toEdgeNames, toOriginHeaders } from './origin-request.ts'
import { toViewerRequest, type ViewerRequest } from './viewer-request.ts'
import { type Block, openWebAcl, type WebAcl } from './web-acl.ts'

export interface EdgeOptions {
  /** Where viewers come in by what stands for HTTPS here; 0 takes a free one. */
  readonly port: number
  readonly originUrl: string
  /** The packaged template of the distribution and of the web ACL in front of it. */
  readonly template: unknown
  /** Headers of the distribution whose values its template does not know, by their names in lower case. */
  readonly originHeaders?: ReadonlyMap<string, string>
  /** A clock that never goes back. */
  readonly nowMs?: () => number
}

/** A distribution that runs. */
export interface Edge {
  /** Stands for its https address. */
  readonly url: string
  /** Stands for its address with plain HTTP. */
  readonly plainUrl: string
  /** The names of the rules of the web ACL that are not played. */
  readonly unplayed: readonly string[]
  close(): Promise<void>
}

interface Serving {
  readonly originUrl: string
  readonly distribution: Distribution
  readonly webAcl: WebAcl | undefined
  readonly added: ReadonlyMap<string, string>
  readonly errors: KeptErrors
}

/**
 * Starts what CloudFront and AWS WAF make of a packaged template, on loopback and without TLS.
 *
 * @throws Error that names what the template lacks or what cannot be played
 */
export async function openEdge(options: EdgeOptions): Promise<Edge> {
  const { template, originUrl, nowMs = () => performance.now() } = options
  const distribution = readDistribution(template)
  const { webAclId } = distribution
  const webAcl = webAclId === undefined ? undefined : openWebAcl(template, webAclId, nowMs)
  const added = toAdded(distribution, options.originHeaders)
  const errors = openKeptErrors(distribution, nowMs)
  const serving = { originUrl, distribution, webAcl, added, errors }
  const secure = await openServer(options.port, (request) => answer(serving, request))
  const plain = await openServer(0, (request) => answerPlain(serving, secure.url, request))
  const close = async () => {
    await Promise.all([secure.close(), plain.close()])
  }
  return { url: secure.url, plainUrl: plain.url, unplayed: webAcl?.unplayed ?? [], close }
}

function toAdded(
  { originHeaders }: Distribution,
  given: EdgeOptions['originHeaders'],
): ReadonlyMap<string, string> {
  const entries = originHeaders.map(({ name, value = given?.get(name) }) => {
    if (value === undefined) throw new Error(`only a deployment knows the value of ${name}`)
    return [name, value] as const
  })
  return new Map(entries)
}

function openServer(
  port: number,
  answerViewer: (request: ViewerRequest) => Promise<EdgeAnswer>,
): Promise<Listening> {
  const serve = async (message: IncomingMessage, response: ServerResponse) => {
    const body = await readBody(message)
    if (body === undefined) return write(response, message, toOwnAnswer(413))
    write(response, message, await answerViewer(toViewerRequest(message, body)))
  }
  const server = createServer((message, response) => {
    serve(message, response).catch(() => response.destroy())
  })
  return listen(server, port)
}

function write(response: ServerResponse, { method }: IncomingMessage, answer: EdgeAnswer): void {
  const { status, headers, body } = answer
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  for (const [name, value] of Object.entries(toEdgeNames())) response.setHeader(name, value)
  response.setHeader('x-cache', `${status >= 400 ? 'Error' : 'Miss'} from cloudfront`)
  const hasBody = method !== 'HEAD' && status !== 204 && status !== 304
  response.writeHead(status).end(hasBody ? body : undefined)
}

/** The web ACL comes first; then the distribution itself refuses what it does not pass on. */
async function answer(serving: Serving, request: ViewerRequest): Promise<EdgeAnswer> {
  const block = serving.webAcl?.judge(request)
  if (block !== undefined) return toBlocked(block)
  const { allowedMethods } = findBehavior(serving.distribution, request.path)
  if (!allowedMethods.includes(request.method)) return toOwnAnswer(403)
  if (request.method === 'GET' && request.body.length > 0) return toOwnAnswer(403)
  const kept = serving.errors.find(request)
  if (kept !== undefined) return kept
  const headers = toOriginHeaders(request, serving.added)
  const origin = `${serving.originUrl}${serving.distribution.originPath}`
  const given = (await askOrigin(origin, request, headers)) ?? toOwnAnswer(502)
  serving.errors.keep(request, given)
  return given
}

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html */
async function answerPlain(
  serving: Serving,
  secureUrl: string,
  request: ViewerRequest,
): Promise<EdgeAnswer> {
  const { protocolPolicy } = findBehavior(serving.distribution, request.path)
  if (protocolPolicy === 'allow-all') return answer(serving, request)
  const block = serving.webAcl?.judge(request)
  if (block !== undefined) return toBlocked(block)
  if (protocolPolicy === 'https-only') return toOwnAnswer(403)
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  const query = request.query === '' ? '' : `?${request.query}`
  const own = toOwnAnswer(isRead ? 301 : 307)
  return { ...own, headers: { ...own.headers, location: `${secureUrl}${request.path}${query}` } }
}

function toBlocked({ status, headers, body }: Block): EdgeAnswer {
  return body === undefined ? toOwnAnswer(status) : { status, headers, body: Buffer.from(body) }
}

/** A page of CloudFront's own, which has no header of the HTTP API: a script of another origin cannot read it. */
function toOwnAnswer(status: number): EdgeAnswer {
  const body = Buffer.from(
    '<!DOCTYPE html><html><head><title>ERROR: The request could not be satisfied</title></head></html>',
  )
  return { status, headers: { server: 'CloudFront', 'content-type': 'text/html' }, body }
}
