import { routes, toCors } from '../../core/http-api.ts'
import { openAwsEndpoints } from '../../local/aws/endpoints.ts'
import { openEvidenceTable } from '../../local/aws/evidence-table.ts'
import { openSecretStore } from '../../local/aws/secret-store.ts'
import { ensureBuilt } from '../../local/built-functions.ts'
import { openGateway } from '../../local/gateway/gateway.ts'
import type { PoolConfig } from '../../local/user-pool/pool-config.ts'
import { openUserPool, type UserPool } from '../../local/user-pool/user-pool.ts'
import {
  demoClients,
  demoUsers,
  region,
  registerOrigin,
  toClientSettings,
  toEnvironment,
  toPoolConfig,
  toStoredSecret,
} from '../../local/world-config.ts'
import { type Line, pickRecords } from '../conformance/proxy.ts'
import { findFreePorts } from './npm-command.ts'

type ClientSettings = ReturnType<typeof toClientSettings>[number]

/** The built functions in front of the embedded user pool, which can be configured while it runs. */
export interface PoolWorld {
  readonly proxyUrl: string
  readonly userPool: UserPool
  readonly config: PoolConfig
  /** The request records so far. */
  readonly records: () => readonly Line[]
  readonly close: () => Promise<void>
}

export interface PoolWorldOptions {
  /** The front end that the app clients and the proxy know, if there is one. */
  readonly origin?: string
  /** Changes the proxy's settings of a client; the user pool's stay. */
  readonly settings?: (client: ClientSettings) => ClientSettings
}

/** Opens the world on free ports. */
export async function openPoolWorld(options: PoolWorldOptions = {}): Promise<PoolWorld> {
  const { aws, userPool, config, table } = await openAmazon()
  const origins = options.origin === undefined ? [] : [options.origin]
  for (const origin of origins) registerOrigin(config, origin)
  const clients = toClientSettings(userPool, ...origins)
    // A web client without a front end would be no valid one.
    .filter((client) => client.redirectUris.length > 0)
    .map(options.settings ?? ((client) => client))
  // Discovery tells the proxy's own address, which must be known before it opens.
  const port = await findFreePorts(1)
  const proxyUrl = `http://127.0.0.1:${port}`
  const lines: string[] = []
  const gateway = await openGateway({
    ...{ port, functionsFolder: ensureBuilt(), routes, cors: toCors(clients) },
    env: {
      ...toEnvironment(aws.url, table, { clients, runbookUrl: '' }),
      TOKEN_PROXY_PUBLIC_URL: proxyUrl,
    },
    onOutput: (line) => lines.push(line),
  })
  return {
    ...{ proxyUrl, userPool, config },
    records: () => pickRecords(lines),
    close: async () => {
      await gateway.close()
      await Promise.all([userPool.close(), aws.close(), table.close()])
    },
  }
}

async function openAmazon() {
  const secrets = openSecretStore()
  for (const client of demoClients) secrets.put(client.secretId, toStoredSecret(client))
  const config = toPoolConfig()
  const late: { userPool?: UserPool } = {}
  const aws = await openAwsEndpoints({
    ...{ port: 0, secrets, pools: [config], region },
    answerOther: (request, response) => late.userPool?.answerIssuer(request, response) ?? false,
  })
  const userPool = await openUserPool({ port: 0, issuerUrl: aws.url, config, users: demoUsers })
  late.userPool = userPool
  return { aws, userPool, config, table: await openEvidenceTable(region, 0) }
}
