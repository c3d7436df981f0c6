import { randomBytes } from 'node:crypto'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import type { ViewerRequest } from './viewer-request.ts'

/** An answer, of the origin or of the edge itself. */
export interface EdgeAnswer {
  readonly status: number
  /** A header with several lines has a list. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body: Buffer
}

/** What CloudFront takes out of a viewer's request: it belongs to the connection, or CloudFront says it itself. */
const removed = new Set([
  ...['connection', 'content-length', 'expect', 'host', 'keep-alive', 'proxy-authorization'],
  ...['proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'x-real-ip'],
  ...['x-forwarded-proto', 'x-forwarded-for', 'via'],
])
const removedBeginnings = ['x-amz-cf-', 'x-edge-']
const ofConnection = new Set(['connection', 'keep-alive', 'transfer-encoding'])

/** Makes what CloudFront calls itself in `Via`, and its id of a request. */
export function toEdgeNames() {
  const name = `${randomBytes(16).toString('hex')}.cloudfront.net`
  return { via: `1.1 ${name} (CloudFront)`, 'x-amz-cf-id': randomBytes(40).toString('base64') }
}

/**
 * Makes the headers of the request to the origin: all of the viewer's but `Host`, as the origin request policy says,
 * and over them those that the distribution adds.
 */
export function toOriginHeaders(
  request: ViewerRequest,
  added: ReadonlyMap<string, string>,
): readonly (readonly [name: string, value: string])[] {
  const values = (name: string) =>
    request.headers.flatMap(([one, value]) => (one === name ? [value] : []))
  const { via, ...id } = toEdgeNames()
  return [
    ...request.headers.filter(
      ([name]) =>
        !removed.has(name) &&
        !added.has(name) &&
        !removedBeginnings.some((beginning) => name.startsWith(beginning)),
    ),
    ...Object.entries(id),
    ['via', [...values('via'), via].join(', ')],
    ['x-forwarded-for', [...values('x-forwarded-for'), request.address].join(', ')],
    ...added,
  ]
}

/**
 * Sends a request to the origin; undefined where it does not answer.
 *
 * @param originUrl may have a path, which goes before that of the request
 */
export function askOrigin(
  originUrl: string,
  request: ViewerRequest,
  headers: ReturnType<typeof toOriginHeaders>,
): Promise<EdgeAnswer | undefined> {
  const { hostname, port, host, pathname } = new URL(originUrl)
  const before = pathname === '/' ? '' : pathname
  const { method, path, query, body } = request
  const lines = [...headers, ['host', host] as const, ...toLength(request)].flat()
  return new Promise((resolve) => {
    const options = {
      hostname,
      port,
      method,
      path: `${before}${path}${query === '' ? '' : `?${query}`}`,
      headers: lines,
    }
    const call = httpRequest(options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', () => resolve(undefined))
      response.on('end', () => {
        const { statusCode: status = 0 } = response
        resolve({ status, headers: toHeaders(response.headers), body: Buffer.concat(chunks) })
      })
    })
    call.on('error', () => resolve(undefined))
    call.end(body)
  })
}

function toLength({ method, body }: ViewerRequest): readonly (readonly [string, string])[] {
  const hasNone = body.length === 0 && ['GET', 'HEAD', 'OPTIONS'].includes(method)
  return hasNone ? [] : [['content-length', String(body.length)]]
}

function toHeaders(headers: IncomingHttpHeaders): EdgeAnswer['headers'] {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || ofConnection.has(name) ? [] : [[name, value]],
    ),
  )
}
