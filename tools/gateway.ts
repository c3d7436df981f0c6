import { type Cors, routes, throttle, toCors } from '../core/http-api.ts'
import { ensureBuilt } from '../local/built-functions.ts'
import { openEdge } from '../local/edge/edge.ts'
import { type GatewayOptions, openGateway } from '../local/gateway/gateway.ts'
import { type PackagedApi, readPackagedApi } from '../local/gateway/packaged-api.ts'
import { openOrGiveUp } from '../local/ports.ts'
import { readCommandLine } from './command-line.ts'
import { commands } from './commands.ts'
import { makeUpHeaders } from './gateway-edge.ts'
import { readTemplateFile } from './template-file.ts'

const { options } = readCommandLine(commands.gateway)
const own = toTexts(process.env)
const inFront =
  options.edgeTemplate === undefined
    ? undefined
    : readTemplateFile(options.edgeTemplate, (template) => ({
        template,
        ...makeUpHeaders(template),
      }))
const api = options.template === undefined ? undefined : readTemplate(options.template)
const gateway = await openOrGiveUp(() =>
  openGateway({
    port: inFront === undefined ? options.port : 0,
    functionsFolder: options.functions ?? ensureBuilt(),
    concurrency: options.concurrency,
    ...withMadeUp(api === undefined ? toOwnApi() : { ...api, env: toSurroundings(api) }),
  }),
)
const { port } = options
const edge =
  inFront && (await openOrGiveUp(() => openEdge({ ...inFront, port, originUrl: gateway.url })))
for (const rule of edge?.unplayed ?? []) {
  console.warn(`warning: the rule ${rule} of the web ACL is not played`)
}
const apiUrl = `${gateway.url}${api?.basePath === undefined ? '' : `/${api.basePath}`}`
console.log(`listening on ${edge?.url ?? apiUrl}`)
if (edge !== undefined) {
  console.log(`plain HTTP at ${edge.plainUrl}, and the HTTP API behind it at ${apiUrl}`)
}

const stop = Promise.withResolvers<void>()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.resolve())
await stop.promise
await edge?.close()
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
  const packaged = readTemplateFile(path, readPackagedApi)
  for (const name of packaged.unknownVariables.filter((one) => !isKnown(one))) {
    console.warn(`warning: only a deployment knows ${name}; set it to have it`)
  }
  return packaged
}

/** Whether the environment has a variable, or the distribution in front decides it. */
function isKnown(variable: string): boolean {
  return own[variable] !== undefined || inFront?.env[variable] !== undefined
}

/** The functions accept what the distribution in front sends, whatever their template says. */
function withMadeUp<Api extends Pick<GatewayOptions, 'env' | 'environments'>>(api: Api): Api {
  const { env = {} } = inFront ?? {}
  const environments = Object.entries(api.environments ?? {}).map(
    ([name, variables]) => [name, { ...variables, ...env }] as const,
  )
  return { ...api, env: { ...api.env, ...env }, environments: Object.fromEntries(environments) }
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
