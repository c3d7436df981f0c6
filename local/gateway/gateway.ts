import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import {
  type Cors,
  functionTimeoutSeconds,
  integrationTimeoutSeconds,
  type Route,
  type Throttle,
} from '../../core/http-api.ts'
import { listen } from '../listening.ts'
import { type Answer, gatewayAnswers, isOwnAnswer, toAnswer } from './answer.ts'
import { toPreflightHeaders, withCors } from './cors.ts'
import { newRequestId, toEvent } from './event.ts'
import { isEventTooLarge, isHeadTooLarge, isPayloadTooLarge } from './limits.ts'
import { readBody } from './request-body.ts'
import { findRoute } from './router.ts'
import { openSandboxPool, type SandboxPool } from './sandbox-pool.ts'
import type { Outcome } from './sandbox-thread.ts'
import { openTokenBucket } from './token-bucket.ts'

export interface GatewayOptions {
  /** 0 takes a free port. */
  readonly port: number
  /** The folder with one `NAME.mjs` for each function that a route names. */
  readonly functionsFolder: string
  /** The environment of the functions; only the variables that Lambda itself sets are added. */
  readonly env: Readonly<Record<string, string>>
  /** Additional environment variables of single functions, by function name. */
  readonly environments?: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly routes: readonly Route[]
  readonly cors: Cors | undefined
  /** The base path of the custom domain name, such as `auth`: nothing answers beside it. */
  readonly basePath?: string | undefined
  /** For all routes together that have no throttle of their own; without it, nothing is throttled. */
  readonly throttle?: Throttle
  /** How many sandboxes a function may have; a call beyond it is throttled. */
  readonly concurrency?: number
  /** How long a sandbox without a call is kept. */
  readonly idleSeconds?: number
  readonly functionTimeoutSeconds?: number
  readonly integrationTimeoutSeconds?: number
  /** Takes each line that a function wrote, unchanged; by default it goes to standard output. */
  readonly onOutput?: (line: string) => void
}

export interface Gateway {
  readonly url: string
  /** The current number of sandboxes of all functions. */
  readonly sandboxes: () => number
  /** Ends the sandboxes, busy ones after their calls, so that the next calls start cold. */
  readonly coolDown: () => void
  /** Ends all sandboxes and connections; every line of a finished request is out when it resolves. */
  close(): Promise<void>
}

/** Starts an HTTP API with Lambda proxy integrations on loopback. */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const pools = openPools(options)
  const takeToken = openThrottles(options)
  const server = createServer((request, response) => {
    serve(options, pools, takeToken, request, response).catch(() => response.destroy())
  })
  const listening = await listen(server, options.port)
  const close = async () => {
    await Promise.all([listening.close(), ...[...pools.values()].map((pool) => pool.end())])
  }
  const sandboxes = () => [...pools.values()].reduce((sum, pool) => sum + pool.size(), 0)
  const coolDown = () => {
    for (const pool of pools.values()) pool.coolDown()
  }
  return { url: listening.url, sandboxes, coolDown, close }
}

/** One bucket for each route with its own throttle and one for all others; none without throttling. */
function openThrottles({ routes, throttle }: GatewayOptions): (route: Route) => boolean {
  if (throttle === undefined) return () => true
  const shared = openTokenBucket(throttle)
  const own = new Map(
    routes.map((route) => [route, route.throttle ? openTokenBucket(route.throttle) : shared]),
  )
  return (route) => own.get(route)?.() ?? true
}

function openPools(options: GatewayOptions): Map<string, SandboxPool> {
  const names = new Set(options.routes.map((route) => route.function))
  const shared = {
    functionsFolder: options.functionsFolder,
    timeoutSeconds: options.functionTimeoutSeconds ?? functionTimeoutSeconds,
    onOutput: options.onOutput ?? ((line: string) => process.stdout.write(`${line}\n`)),
  }
  const open = (functionName: string) => {
    const env = { ...options.env, ...options.environments?.[functionName] }
    const setting = { ...shared, functionName, env }
    return openSandboxPool(setting, options.concurrency ?? 10, options.idleSeconds)
  }
  return new Map([...names].map((name) => [name, open(name)]))
}

async function serve(
  options: GatewayOptions,
  pools: ReadonlyMap<string, SandboxPool>,
  takeToken: (route: Route) => boolean,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = newRequestId()
  response.setHeader('apigw-requestid', requestId)
  const isMapped = isBelow(options.basePath, (request.url ?? '').split('?')[0] ?? '')
  if (options.cors && isMapped && request.method === 'OPTIONS') {
    response.writeHead(204, toPreflightHeaders(options.cors, request)).end()
    return
  }
  const answer = await answerRequest(options, pools, takeToken, request, requestId)
  // AWS documents that CORS headers are added to what an integration answers, and nothing more.
  const headers = isOwnAnswer(answer)
    ? answer.headers
    : withCors(options.cors, request, answer.headers)
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  if (answer.cookies.length > 0) response.setHeader('set-cookie', answer.cookies)
  const hasBody = answer.status !== 204 && answer.status !== 304
  if (hasBody) response.setHeader('content-length', answer.body.length)
  response.writeHead(answer.status).end(answer.body)
}

async function answerRequest(
  options: GatewayOptions,
  pools: ReadonlyMap<string, SandboxPool>,
  takeToken: (route: Route) => boolean,
  request: IncomingMessage,
  requestId: string,
): Promise<Answer> {
  if (isHeadTooLarge(request)) return gatewayAnswers.headTooLarge
  const [rawPath = '', ...query] = (request.url ?? '').split('?')
  const path = decodePath(rawPath)
  if (path === undefined) return gatewayAnswers.badRequest
  if (!isBelow(options.basePath, path)) return gatewayAnswers.forbidden
  const mapped = options.basePath === undefined ? path : path.slice(options.basePath.length + 1)
  const match = findRoute(options.routes, request.method ?? '', mapped || '/')
  const pool = match && pools.get(match.route.function)
  if (!pool) return gatewayAnswers.notFound
  if (!takeToken(match.route)) return gatewayAnswers.tooManyRequests
  const body = await readBody(request)
  if (!body) return gatewayAnswers.tooLarge
  const rawQueryString = query.join('?')
  const parts = { request, body, match, path, rawQueryString, requestId }
  const event = JSON.stringify(toEvent(parts))
  if (isEventTooLarge(event)) return gatewayAnswers.tooLarge
  const limitSeconds = options.integrationTimeoutSeconds ?? integrationTimeoutSeconds
  const outcome = await within(limitSeconds, pool.invoke(event))
  if (outcome === 'failed') return gatewayAnswers.internalServerError
  if (outcome === 'throttled' || outcome === 'late') return gatewayAnswers.serviceUnavailable
  const { payload } = outcome
  return isPayloadTooLarge(payload) ? gatewayAnswers.internalServerError : toAnswer(payload)
}

async function within(limitSeconds: number, outcome: Promise<Outcome>): Promise<Outcome | 'late'> {
  const { promise: late, resolve } = Promise.withResolvers<'late'>()
  const timer = setTimeout(() => resolve('late'), limitSeconds * 1000)
  const first = await Promise.race([outcome, late])
  clearTimeout(timer)
  return first
}

/** Whether the custom domain name hands a path to this API: its mapping takes whole segments. */
function isBelow(basePath: string | undefined, path: string): boolean {
  return basePath === undefined || `${path}/`.startsWith(`/${basePath}/`)
}

function decodePath(rawPath: string): string | undefined {
  try {
    return decodeURIComponent(rawPath)
  } catch {
    return undefined
  }
}
