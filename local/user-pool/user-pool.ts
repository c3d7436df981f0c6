import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listen } from '../listening.ts'
import { type Accounts, openAccounts } from './accounts.ts'
import { answerEmpty, answerHtml } from './answers.ts'
import { authorizeAsCognito } from './authorize.ts'
import { openDiscovery } from './discovery.ts'
import { type Faults, openFaults } from './faults.ts'
import { type MemoryStore, openMemoryStore } from './memory-store.ts'
import type { PoolConfig, PoolUser } from './pool-config.ts'
import type { PoolSwitch } from './pool-switch.ts'
import { type FindClient, openProvider } from './provider.ts'
import { speakDialect } from './provider-dialect.ts'
import { servePages } from './sign-in.ts'
import { generateSigningKey, type SigningKey } from './signing-key.ts'
import { type AnsweredRequest, answerForm, formPaths, type PoolCall } from './token-endpoint.ts'

export type { AnsweredRequest, PoolCall, PoolSwitch }

export interface UserPoolOptions {
  /** Port of the domain on 127.0.0.1; 0 takes a free one. */
  readonly port: number
  /** Base URL of the second address, for discovery and keys; another server listens there. */
  readonly issuerUrl: string
  /** Owned by the caller; read again for every request. */
  readonly config: PoolConfig
  readonly users: readonly PoolUser[]
  /** Milliseconds since 1970, for what is stored and recorded; signatures use the real time. */
  readonly clock?: () => number
  /** Receives each answered request, whatever its result. */
  readonly onAnswered?: (request: AnsweredRequest) => void
  /** The most entries of each kind that are kept: sessions, codes, tokens. */
  readonly maxEntriesPerModel?: number
}

/** An Amazon Cognito user pool on loopback: a certified OpenID provider behind Cognito's paths and error words. */
export interface UserPool {
  readonly domainUrl: string
  readonly issuer: string
  /** Turns one switch on in place of another; `times` bounds a sign-in or network fault to so many requests. */
  breakWith(name: PoolSwitch, times?: number): void
  restore(): void
  readonly broken: PoolSwitch | undefined
  /** The last thousand requests that reached the token or revocation endpoint, newest last. */
  readonly calls: readonly PoolCall[]
  /** The current number of sessions, codes, tokens and so on, by the provider's name for the kind. */
  readonly remembered: () => Readonly<Record<string, number>>
  /** What it remembers, to be copied to the pool of another Region. */
  readonly memory: MemoryStore
  /** Answers discovery and keys at the second address; false if the path is not its own. */
  answerIssuer(request: IncomingMessage, response: ServerResponse): boolean
  close(): Promise<void>
}

/** Opens a user pool whose domain listens at once. */
export async function openUserPool(options: UserPoolOptions): Promise<UserPool> {
  const { config, clock = Date.now } = options
  const issuer = `${options.issuerUrl}/${config.poolId}`
  const idTokenKey = await generateSigningKey()
  const accessTokenKey = await generateSigningKey()
  const calls: PoolCall[] = []
  const faults = openFaults(config)
  const server = createServer()
  const { url: domainUrl, close } = await listen(server, options.port)
  const findSound: FindClient = (id) => faults.soundClients.find(({ clientId }) => clientId === id)
  const store = openMemoryStore({
    clock,
    graceMs: (id) => 1000 * (findSound(id)?.refreshTokenRotation?.retryGracePeriodSeconds ?? 0),
    maxEntriesPerModel: options.maxEntriesPerModel,
  })
  const accounts = openAccounts(options.users)
  server.on(
    'request',
    openDomain({
      ...{ config, clock, calls, issuer, idTokenKey, accessTokenKey },
      ...{ faults, findSound, store, accounts },
      onAnswered: options.onAnswered ?? (() => {}),
    }),
  )
  return {
    domainUrl,
    issuer,
    breakWith: faults.breakWith,
    restore: faults.restore,
    get broken() {
      return faults.broken
    },
    calls,
    remembered: store.sizes,
    memory: store,
    answerIssuer: openDiscovery({ issuer, domainUrl, keys: [idTokenKey, accessTokenKey] }),
    close: () => {
      faults.restore()
      return close()
    },
  }
}

interface DomainParts {
  readonly config: PoolConfig
  readonly clock: () => number
  readonly calls: PoolCall[]
  readonly issuer: string
  readonly idTokenKey: SigningKey
  readonly accessTokenKey: SigningKey
  readonly faults: Faults
  readonly findSound: FindClient
  readonly store: MemoryStore
  readonly accounts: Accounts
  readonly onAnswered: (request: AnsweredRequest) => void
}

/** Combines pages, dialect and provider into the answers of the domain. */
function openDomain(parts: DomainParts) {
  const { config, clock, findSound: findClient } = parts
  const innerSecret = randomBytes(32).toString('base64url')
  const scopes = [...new Set(config.appClients.flatMap((client) => client.allowedOAuthScopes))]
  const provider = openProvider({ ...parts, findClient, scopes, innerSecret })
  provider.use(servePages({ ...parts, provider, findClient }))
  provider.use(authorizeAsCognito(findClient, parts.store))
  speakDialect(provider, parts)
  const askProvider = provider.callback()
  const forms = { ...parts, innerSecret, askProvider }
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [path = '/', query = ''] = (request.url ?? '/').split('?', 2)
    if (formPaths.includes(path)) return answerForm(forms, path, request, response)
    const methods = methodsOf(path)
    if (methods === undefined) return answerHtml(response, 404, 'Not Found')
    if (!methods.includes(request.method ?? '')) {
      return answerEmpty(response, 405, { allow: methods.join(', ') })
    }
    const { method = '' } = request
    const parameters = new URLSearchParams(query)
    response.once('finish', () => {
      const { 'user-agent': userAgent = '' } = request.headers
      const { statusCode: status } = response
      parts.onAnswered({ method, path, parameters, status, atMs: clock(), userAgent })
    })
    await askProvider(request, response)
  }
}

const pages = new Map<string, readonly string[]>([
  ['/login', ['GET', 'POST']],
  ['/logout', ['GET']],
  ['/error', ['GET']],
  ['/oauth2/authorize', ['GET']],
  // Browsers send a preflight before the token.
  ['/oauth2/userInfo', ['GET', 'OPTIONS']],
])

/** The methods of a page; undefined where there is none. Discovery and keys are at the second address. */
function methodsOf(path: string): readonly string[] | undefined {
  return pages.get(/^\/oauth2\/authorize\/[\w-]+$/.test(path) ? '/oauth2/authorize' : path)
}
