import { readFileSync } from 'node:fs'
import { type Cors, routes, throttle, toCors } from '../core/http-api.ts'
import { ensureBuilt } from '../local/built-functions.ts'
import { openGateway } from '../local/gateway/gateway.ts'
import { type PackagedApi, readPackagedApi } from '../local/gateway/packaged-api.ts'
import { openOrGiveUp } from '../local/ports.ts'
import { readCommandLine, refuse } from './command-line.ts'
import { commands } from './commands.ts'

const { options } = readCommandLine(commands.gateway)
const own = toTexts(process.env)
const api = options.template === undefined ? undefined : readTemplate(options.template)
const gateway = await openOrGiveUp(() =>
  openGateway({
    port: options.port,
    functionsFolder: options.functions ?? ensureBuilt(),
    concurrency: options.concurrency,
    ...(api === undefined ? toOwnApi() : { ...api, env: toSurroundings(api) }),
  }),
)
console.log(`listening on ${gateway.url}${api?.basePath === undefined ? '' : `/${api.basePath}`}`)

const stop = Promise.withResolvers<void>()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.resolve())
await stop.promise
await gateway.close()

/** The API as the project has it, with this process's environment. */
function toOwnApi() {
  const cors = readCors(own['TOKEN_PROXY_CLIENTS'])
  return { env: own, routes, cors, ...(options.throttled ? { throttle } : {}) }
}

/** What a packaged function finds around it: credentials and endpoints, and what only a deployment knows. */
function toSurroundings({ unknownVariables }: PackagedApi): Readonly<Record<string, string>> {
  const kept = Object.entries(own).filter(
    ([name]) => !name.startsWith('TOKEN_PROXY_') || unknownVariables.includes(name),
  )
  return Object.fromEntries(kept)
}

function toTexts(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

/** The packaged template; what it cannot know and this process does not say is named. */
function readTemplate(path: string): PackagedApi {
  try {
    const packaged = readPackagedApi(JSON.parse(readFileSync(path, 'utf8')))
    for (const name of packaged.unknownVariables.filter((one) => own[one] === undefined)) {
      console.warn(`warning: only a deployment knows ${name}; set it to have it`)
    }
    return packaged
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : 'it cannot be read'
    return refuse(`the template cannot be used: ${why}\n`)
  }
}

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
