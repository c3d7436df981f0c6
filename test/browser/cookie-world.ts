import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { routes, toCors } from '../../core/http-api.ts'
import { openAwsEndpoints } from '../../local/aws/endpoints.ts'
import { openSecretStore } from '../../local/aws/secret-store.ts'
import { ensureBuilt } from '../../local/built-functions.ts'
import { listenOnLocalhost } from '../../local/front-end/localhost.ts'
import { openGateway } from '../../local/gateway/gateway.ts'
import { openUserPool, type UserPool } from '../../local/user-pool/user-pool.ts'
import {
  demoClients,
  demoUsers,
  region,
  registerOrigin,
  toClientSettings,
  toPoolConfig,
  toStoredSecret,
} from '../../local/world-config.ts'
import { pickRecords, toEnvironment } from '../conformance/proxy.ts'
import { openBrowser } from './chromium.ts'

/** A user pool, a proxy in cookie mode and two servers of pages, with a browser in front of them. */
export interface CookieWorld {
  readonly browser: Browser
  readonly userPool: UserPool
  /** The proxy as the front end calls it: by a name, since cookies go by names. */
  readonly proxyUrl: string
  /** The front end, which has the script of the guide. */
  readonly frontEnd: string
  /** Another server, of the same site by the name `localhost`, of another by its address. */
  readonly otherPort: number
  readonly clientId: string
  /** The causes of the requests so far; undefined for one that went well. */
  readonly causes: () => readonly unknown[]
  readonly close: () => Promise<void>
}

const guide = join(import.meta.dirname, '..', '..', 'docs', 'cookie-mode.md')

/** Opens the world with one of the embedded clients, which keeps its refresh token in a cookie. */
export async function openCookieWorld(clientName: string): Promise<CookieWorld> {
  const { aws, userPool, config } = await openAmazon()
  const late = { script: '' }
  const pages = await listenOnLocalhost((request, response) => {
    servePage(request, response, late.script)
  }, 0)
  const others = await listenOnLocalhost((request, response) => {
    servePage(request, response, '')
  }, 0)
  const frontEnd = `http://localhost:${pages.port}`
  registerOrigin(config, frontEnd)
  const clients = toClientSettings(userPool, frontEnd)
    .filter(({ name }) => name === clientName)
    .map((client) => ({ ...client, refreshToken: 'cookie' }))
  const lines: string[] = []
  const gateway = await openGateway({
    ...{ port: 0, functionsFolder: ensureBuilt(), routes, cors: toCors(clients) },
    env: {
      ...toEnvironment(aws.url, clients),
      TOKEN_PROXY_PUBLIC_URL: 'http://localhost',
      TOKEN_PROXY_COOKIE_KEY_SECRET: keySecretId,
    },
    onOutput: (line) => lines.push(line),
  })
  const proxyUrl = gateway.url.replace('127.0.0.1', 'localhost')
  const clientId = clients[0]?.clientId ?? ''
  late.script = toScript(proxyUrl, clientId)
  const browser = await openBrowser()
  return {
    ...{ browser, userPool, proxyUrl, frontEnd, clientId },
    otherPort: others.port,
    causes: () => pickRecords(lines).map((record) => record['cause']),
    close: async () => {
      await browser.close()
      await Promise.all([gateway.close(), pages.close(), others.close()])
      await Promise.all([userPool.close(), aws.close()])
    },
  }
}

const keySecretId = 'token-proxy/cookie-key'

async function openAmazon() {
  const secrets = openSecretStore()
  for (const client of demoClients) secrets.put(client.secretId, toStoredSecret(client))
  secrets.put(keySecretId, randomBytes(32).toString('base64'))
  const config = toPoolConfig()
  const late: { userPool?: UserPool } = {}
  const aws = await openAwsEndpoints({
    ...{ port: 0, secrets, pools: [config], region },
    answerOther: (request, response) => late.userPool?.answerIssuer(request, response) ?? false,
  })
  const userPool = await openUserPool({ port: 0, issuerUrl: aws.url, config, users: demoUsers })
  late.userPool = userPool
  return { aws, userPool, config }
}

/** The script of the guide as it stands there, but for the two addresses that everybody replaces. */
function toScript(proxyUrl: string, clientId: string): string {
  const [, script = ''] = /^```js\n(.*?)^```$/ms.exec(readFileSync(guide, 'utf8')) ?? []
  return script
    .replace(/^const proxy = .*$/m, `const proxy = '${proxyUrl}'`)
    .replace(/^const clientId = .*$/m, `const clientId = '${clientId}'`)
}

function servePage(request: IncomingMessage, response: ServerResponse, script: string): void {
  const isScript = request.url === '/script.js'
  response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
  response.end(isScript ? script : '<!doctype html><script src="/script.js"></script><p>A page.')
}
