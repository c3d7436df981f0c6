import { type Cors, routes, throttle, toCors } from '../core/http-api.ts'
import { ensureBuilt } from '../local/built-functions.ts'
import { openGateway } from '../local/gateway/gateway.ts'
import { openOrGiveUp } from '../local/ports.ts'
import { readCommandLine } from './command-line.ts'
import { commands } from './commands.ts'

const { options } = readCommandLine(commands.gateway)
const gateway = await openOrGiveUp(() =>
  openGateway({
    port: options.port,
    functionsFolder: options.functions ?? ensureBuilt(),
    env: Object.fromEntries(
      Object.entries(process.env).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      ),
    ),
    routes,
    ...(options.throttled ? { throttle } : {}),
    concurrency: options.concurrency,
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
