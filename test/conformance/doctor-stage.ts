import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Round } from '../../adapters/doctor-round.ts'
import { type AwsEndpoints, openAwsEndpoints } from '../../local/aws/endpoints.ts'
import { openSecretStore, type SecretStore } from '../../local/aws/secret-store.ts'
import { ensureBuilt } from '../../local/built-functions.ts'
import { type LocalDoctor, openLocalDoctor } from '../../local/doctor.ts'
import { type FrontEnd, openFrontEnd } from '../../local/front-end/server.ts'
import type { AppClient, PoolConfig } from '../../local/user-pool/pool-config.ts'
import { type Ended, type Environment, runDoctor } from './doctor-doors.ts'
import { toEnvironment, webClient } from './proxy.ts'
import type { ScriptedAnswer } from './scripted-upstream.ts'

/** What each door gave out: all that somebody in front of it can read. */
export interface Said {
  /** The scheduled function: what it returned, and its lines. */
  readonly round: Round
  readonly lines: readonly string[]
  /** The local page's own address, status and body. */
  readonly page: string
  readonly table: Ended
  readonly json: Ended
}

/** A user pool, its domain and its secret, as a test wants them, before every door of the doctor. */
export interface DoctorStage {
  readonly config: PoolConfig
  /** The client of the pool; a test changes it as it likes. */
  readonly client: AppClient
  readonly secrets: SecretStore
  readonly aws: AwsEndpoints
  readonly env: Environment
  /** The settings of the one client, changed. */
  readonly withClient: (change: object) => Environment
  /** Says what the token endpoint answers from now on. */
  readonly answerWith: (answer: ScriptedAnswer) => void
  /** The bodies that reached the token endpoint. */
  readonly probes: readonly string[]
  readonly knockAtAll: (env?: Environment) => Promise<Said>
  readonly close: () => Promise<void>
}

/** A junk code's own refusal. */
export const refusedCode: ScriptedAnswer = { status: 400, body: { error: 'invalid_grant' } }

/** Opens the stage with everything in order, and `secret` both stored and described. */
export async function openDoctorStage(
  secret: string,
  poolOfDomain: (config: PoolConfig) => PoolConfig | undefined = (config) => config,
): Promise<DoctorStage> {
  // First what can fail to open: a server that is left behind keeps the process from its end.
  const page = await openPage()
  const client = toAppClient(secret)
  const config = toPool(client)
  const secrets = openSecretStore()
  secrets.put(webClient.secretId, secret)
  const aws = await openAwsEndpoints({
    port: 0,
    secrets,
    pools: [config],
    poolOfDomain: () => poolOfDomain(config),
  })
  const domain = await openDomain()
  const settings = {
    ...{ ...webClient, domain: domain.url, userPoolId: config.poolId },
    refreshTokenRotation: 'off',
  }
  const withClient = (change: object) => toEnvironment(aws.url, [{ ...settings, ...change }])
  const env = { ...withClient({}), TOKEN_PROXY_DEADLINE_MS: '1500' }
  return {
    ...{ config, client, secrets, aws, env, withClient },
    answerWith: domain.answerWith,
    probes: domain.probes,
    knockAtAll: (changed = {}) => knock({ ...env, ...changed }, page),
    close: async () => {
      await Promise.all([aws.close(), domain.close(), page.frontEnd.close()])
    },
  }
}

interface LocalPage {
  readonly frontEnd: FrontEnd
  /** The function behind the page's button. */
  doctor: LocalDoctor | undefined
}

/** The pages' own addresses: the button needs none of them. */
const address = 'http://127.0.0.1:9'

async function openPage(): Promise<LocalPage> {
  const late: { doctor: LocalDoctor | undefined } = { doctor: undefined }
  const frontEnd = await openFrontEnd({
    port: 0,
    settings: () => ({
      ...{ tokenEndpoint: address, issuer: address, authorizationEndpoint: address },
      ...{ jwksUri: address, userinfoEndpoint: address, endSessionEndpoint: address },
      ...{ clients: [], users: [] },
    }),
    ...{ broken: () => undefined, breakWith: () => {}, mend: () => {} },
    ...{ records: () => [], onRecord: () => () => {} },
    askDoctor: async (client) => late.doctor?.invoke({ client }),
  })
  return Object.assign(late, { frontEnd })
}

async function knock(env: Environment, page: LocalPage): Promise<Said> {
  const lines: string[] = []
  const doctor = openLocalDoctor(ensureBuilt(), env, (line) => lines.push(line))
  page.doctor = doctor
  const [round, answer, table, json] = await Promise.all([
    doctor.invoke({ source: 'aws.events', 'detail-type': 'Scheduled Event' }),
    askPage(page.frontEnd.url),
    runDoctor(['--client', 'web'], env),
    runDoctor(['--client', 'web', '--json'], env),
  ])
  await doctor.close()
  return { round: round as Round, lines, page: answer, table, json }
}

async function askPage(url: string): Promise<string> {
  const response = await fetch(`${url}/api/doctor`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"client":"web"}',
  })
  const headers = JSON.stringify([...response.headers])
  return `${response.status} ${headers} ${await response.text()}`
}

/** A domain that greets everybody, and whose token endpoint answers as it is told. */
async function openDomain() {
  const probes: string[] = []
  let answer = refusedCode
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.method !== 'POST') {
      response.writeHead(200).end()
      return
    }
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    probes.push(`${request.headers.authorization} ${body}`)
    const type = typeof answer.body === 'string' ? 'text/html' : 'application/json'
    response.writeHead(answer.status, { 'content-type': type, ...answer.headers })
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
  }
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    probes,
    answerWith: (next: ScriptedAnswer) => {
      answer = next
    },
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

const poolId = 'eu-central-1_Staged001'

function toPool(client: AppClient): PoolConfig {
  return {
    ...{ poolId, name: 'staged', domainPoolId: poolId, lambdaConfig: {} },
    ...{ deviceConfiguration: undefined, appClients: [client] },
  }
}

function toAppClient(secret: string): AppClient {
  return {
    clientId: webClient.clientId,
    clientName: 'web',
    secrets: [{ id: 'first', value: secret, createdAtSeconds: 1_700_000_000 }],
    allowedOAuthFlows: ['code'],
    allowedOAuthFlowsUserPoolClient: true,
    allowedOAuthScopes: ['openid'],
    callbackUrls: [...webClient.redirectUris],
    logoutUrls: [],
    supportedIdentityProviders: ['COGNITO'],
    explicitAuthFlows: [],
    readAttributes: [],
    enableTokenRevocation: true,
    refreshTokenRotation: undefined,
    accessTokenValiditySeconds: 3600,
    refreshTokenValiditySeconds: 30 * 86_400,
  }
}
