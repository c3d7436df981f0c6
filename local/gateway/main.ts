import { parseArgs } from 'node:util'
import { type Cors, routes, throttle, toCors } from '../../core/http-api.ts'
import { ensureBuilt } from '../built-functions.ts'
import { giveUp, openOrGiveUp, parsePort } from '../ports.ts'
import { openGateway } from './gateway.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8787' },
    functions: { type: 'string' },
    throttled: { type: 'boolean', default: false },
    concurrency: { type: 'string', default: '100' },
  },
})

const port = parsePort(values.port) ?? giveUp(`--port ${values.port} is no port.`)
const gateway = await openOrGiveUp(() =>
  openGateway({
    port,
    functionsFolder: values.functions ?? ensureBuilt(),
    env: Object.fromEntries(
      Object.entries(process.env).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      ),
    ),
    routes,
    ...(values.throttled ? { throttle } : {}),
    concurrency: Number(values.concurrency),
    cors: readCors(process.env['TOKEN_PROXY_CLIENTS']),
  }),
)
console.log(`listening on ${gateway.url}`)

const stop = Promise.withResolvers<void>()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.resolve())
await stop.promise
await gateway.close()

/** The CORS rules of the configured clients. Unusable settings open nothing: the functions report them. */
function readCors(clients: string | undefined): Cors | undefined {
  try {
    const parsed: unknown = JSON.parse(clients ?? '')
    return Array.isArray(parsed) && parsed.every(hasOrigins) ? toCors(parsed) : undefined
  } catch {
    return undefined
  }
}

function hasOrigins(client: unknown): client is { readonly origins: readonly string[] } {
  if (typeof client !== 'object' || client === null || !('origins' in client)) return false
  return Array.isArray(client.origins) && client.origins.every((item) => typeof item === 'string')
}
