import { randomBytes, randomUUID } from 'node:crypto'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { type Cors, routes, toCors } from '../../core/http-api.ts'
import { openAwsEndpoints } from '../../local/aws/endpoints.ts'
import { openSecretStore, type SecretStore } from '../../local/aws/secret-store.ts'
import { ensureBuilt } from '../../local/built-functions.ts'
import { type Gateway, openGateway } from '../../local/gateway/gateway.ts'
import type { PoolConfig } from '../../local/user-pool/pool-config.ts'
import { assertLines } from '../record-schema.ts'
import {
  openScriptedUpstream,
  type ScriptedUpstream,
  type ScriptedUpstreamOptions,
} from './scripted-upstream.ts'

/** The client that a proxy under test has unless a test says otherwise: both grants, rotation unknown. */
export const webClient = {
  name: 'web',
  clientId: '7web0client0example0000000',
  secretId: 'token-proxy/web',
  origins: ['https://app.example'],
  redirectUris: ['https://app.example/callback'],
} as const

type ClientSettings = Readonly<Record<string, unknown>> & {
  readonly clientId: string
  readonly secretId: string
  readonly origins: readonly string[]
}

export interface ProxyOptions {
  /** Makes the configured clients from `web`, whose domain is the scripted upstream's. */
  readonly clients?: (web: typeof webClient & { domain: string }) => readonly ClientSettings[]
  /** Added to the function's environment, or put in the place of what stands there. */
  readonly env?: Readonly<Record<string, string>>
  readonly cors?: Cors
  /** How many sandboxes there may be. */
  readonly concurrency?: number
  readonly upstream?: ScriptedUpstreamOptions
  /** The user pools that may be described; none unless given. */
  readonly pools?: readonly PoolConfig[]
}

/** The parameters of a form body. */
export type FormParameters = Readonly<Record<string, string>>
type Overrides = Readonly<Record<string, string | undefined>>

/** A request to the gateway: a form POST to the token endpoint from `web`'s origin unless it says otherwise. */
export interface Call {
  readonly method?: string
  readonly path?: string
  /** Laid over the usual ones; undefined leaves one out, a list sends a line for each. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>
  /** Parameters, or bytes as they are. */
  readonly body?: FormParameters | string | Buffer
}

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** The body as JSON; empty where it is no JSON object. */
  readonly body: Readonly<Record<string, unknown>>
  readonly raw: string
}

/** A line of output, read as JSON. */
export type Line = Readonly<Record<string, unknown>>

/** The built function behind the gateway, with all that it calls on loopback. */
export interface TestedProxy {
  readonly gateway: Gateway
  readonly upstream: ScriptedUpstream
  readonly secrets: SecretStore
  /** The client secret that every configured client's stored secret holds. */
  readonly secret: string
  send(call?: Call): Promise<Reply>
  /** Every line that the function wrote. */
  lines(): readonly string[]
  /** The request records among them. */
  records(): readonly Line[]
  /** The metric lines among them. */
  metrics(): readonly Line[]
  /** How often Secrets Manager was called. */
  secretCalls(): number
  /** Ends everything; throws where the upstream's script was not kept to, or a line is not of the schema. */
  close(): Promise<void>
}

/** Starts a proxy under test. */
export async function openProxy(options: ProxyOptions = {}): Promise<TestedProxy> {
  const upstream = await openScriptedUpstream(options.upstream)
  const secrets = openSecretStore()
  const aws = await openAwsEndpoints({ port: 0, secrets, pools: options.pools ?? [] })
  const web = { ...webClient, domain: upstream.url }
  const clients = options.clients?.(web) ?? [web]
  const secret = randomBytes(26).toString('hex')
  for (const { clientId, secretId } of clients) {
    secrets.put(secretId, JSON.stringify({ client_id: clientId, client_secret: secret }))
  }
  const lines: string[] = []
  const gateway = await openGateway({
    port: 0,
    functionsFolder: ensureBuilt(),
    env: { ...toEnvironment(aws.url, clients), ...options.env },
    routes,
    cors: options.cors ?? toCors(clients),
    onOutput: (line) => lines.push(line),
    ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
  })
  return {
    gateway,
    upstream,
    secrets,
    secret,
    send: (call = {}) => send(gateway.url, call),
    lines: () => lines,
    records: () => pickRecords(lines),
    metrics: () => pickMetrics(lines),
    secretCalls: () =>
      aws.calls.filter(({ target }) => target.startsWith('secretsmanager.')).length,
    close: async () => {
      await gateway.close()
      await aws.close()
      await upstream.close()
      assertLines(lines)
    },
  }
}

/** The environment of a function whose AWS endpoint is on loopback. */
export function toEnvironment(awsUrl: string, clients: readonly object[]) {
  return {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'loopback',
    AWS_SECRET_ACCESS_KEY: 'loopback',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: awsUrl,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: awsUrl,
    TOKEN_PROXY_CLIENTS: JSON.stringify(clients),
  }
}

/** Parameters of a code exchange by `web` with a fresh code and verifier; undefined leaves one out. */
export function codeGrant(overrides: Overrides = {}): FormParameters {
  return lay(overrides, {
    grant_type: 'authorization_code',
    client_id: webClient.clientId,
    code: randomUUID(),
    redirect_uri: webClient.redirectUris[0],
    code_verifier: randomBytes(32).toString('base64url'),
  })
}

/** Parameters of a refresh by `web` with a fresh refresh token; undefined leaves one out. */
export function refreshGrant(overrides: Overrides = {}): FormParameters {
  return lay(overrides, {
    grant_type: 'refresh_token',
    client_id: webClient.clientId,
    refresh_token: randomBytes(60).toString('base64url'),
  })
}

/** The request records among the lines of a function. */
export function pickRecords(lines: readonly string[]): readonly Line[] {
  return parseLines(lines).filter((line) => 'outcome' in line)
}

/** The metric lines among the lines of a function. */
export function pickMetrics(lines: readonly string[]): readonly Line[] {
  return parseLines(lines).filter((line) => '_aws' in line)
}

function lay(overrides: Overrides, parameters: FormParameters): FormParameters {
  const merged = Object.entries({ ...parameters, ...overrides })
  return Object.fromEntries(
    merged.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

/** The lines that are JSON objects, read. */
export function parseLines(lines: readonly string[]): readonly Line[] {
  return lines.map((line) => parseObject(line)).filter((line) => line !== undefined)
}

function parseObject(text: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}

/** Sends one request on a connection of its own. */
export function send(url: string, call: Call): Promise<Reply> {
  const { method = 'POST', path = '/oauth2/token', body = '' } = call
  const isBytes = typeof body === 'string' || Buffer.isBuffer(body)
  const bytes = Buffer.from(isBytes ? body : new URLSearchParams(body).toString())
  const headers = Object.entries({
    'content-type': 'application/x-www-form-urlencoded',
    origin: webClient.origins[0],
    'content-length': String(bytes.length),
    ...call.headers,
  }).flatMap(([name, value]) => [value ?? []].flat().flatMap((one) => [name, one]))
  const { hostname, port, host } = new URL(url)
  const usual = 'host' in (call.headers ?? {}) ? [] : ['host', host]
  return new Promise((resolve, reject) => {
    const options = { hostname, port, method, path, headers: [...usual, ...headers], agent: false }
    const request = httpRequest(options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const raw = Buffer.concat(chunks).toString()
        const { statusCode: status = 0, headers } = response
        resolve({ status, headers, body: parseObject(raw) ?? {}, raw })
      })
    })
    request.on('error', reject)
    request.end(bytes)
  })
}
