import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AppClient, PoolConfig } from '../../local/user-pool/pool-config.ts'
import { openUserPool, type UserPool } from '../../local/user-pool/user-pool.ts'

export const redirectUri = 'http://127.0.0.1:3000/callback'
export const logoutUri = 'http://127.0.0.1:3000/'
export const user = {
  username: 'alice',
  password: 'Correct-horse-1',
  email: 'alice@example.com',
  name: 'Alice',
}

export type Form = Record<string, string>
export type Tokens = Record<
  'id_token' | 'access_token' | 'refresh_token' | 'token_type' | 'expires_in',
  string
>

/** A pool with one confidential app client, and a browser of fetch calls that visits it. */
export interface Visitor {
  readonly pool: UserPool
  readonly config: PoolConfig
  readonly client: AppClient
  /** Follows no redirect, and keeps cookies. */
  browse(address: string, init?: RequestInit): Promise<Response>
  /** The address of authorize, with a fresh challenge. */
  authorizeAddress(extra?: Form): { readonly address: string; readonly verifier: string }
  signIn(extra?: Form): Promise<{ readonly answer: URL; readonly form: Form }>
  post(path: string, form: Form, headers?: Record<string, string>): Promise<Response>
  tokens(): Promise<Tokens>
  close(): Promise<void>
}

export async function openVisitor(clock?: () => number): Promise<Visitor> {
  const client = makeClient()
  const config: PoolConfig = {
    poolId: 'eu-central-1_Example01',
    name: 'example',
    domainPoolId: 'eu-central-1_Example01',
    lambdaConfig: {},
    deviceConfiguration: undefined,
    appClients: [client],
  }
  const second = createServer((request, response) => {
    if (!pool.answerIssuer(request, response)) response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => second.listen(0, '127.0.0.1', resolve))
  const { port } = second.address() as AddressInfo
  const issuerUrl = `http://127.0.0.1:${port}`
  const users = [user, { ...user, username: 'bob', email: 'bob@example.com', name: 'Bob' }]
  const pool = await openUserPool({ port: 0, issuerUrl, config, users, ...(clock && { clock }) })
  const close = async () => {
    await pool.close()
    second.closeAllConnections()
    await new Promise((resolve) => second.close(resolve))
  }
  return { pool, config, client, close, ...actions(pool, client) }
}

function makeClient(): AppClient {
  return {
    clientId: '1example23456789',
    clientName: 'Example app',
    secrets: [{ id: 'one', value: 'secret+one_0123456789abcdef', createdAtSeconds: 1 }],
    allowedOAuthFlows: ['code'],
    allowedOAuthFlowsUserPoolClient: true,
    allowedOAuthScopes: ['openid', 'email', 'api/read'],
    callbackUrls: [redirectUri],
    logoutUrls: [logoutUri],
    supportedIdentityProviders: ['COGNITO'],
    explicitAuthFlows: [],
    readAttributes: [],
    enableTokenRevocation: true,
    refreshTokenRotation: undefined,
    accessTokenValiditySeconds: 900,
    refreshTokenValiditySeconds: 86_400,
  }
}

function actions(pool: UserPool, client: AppClient) {
  const cookies = new Map<string, string>()
  const basic = basicOf(client.clientId, client.secrets[0]?.value ?? '')
  const browse: Visitor['browse'] = async (address, init) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const url = new URL(address, pool.domainUrl)
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    return response
  }
  const authorizeAddress: Visitor['authorizeAddress'] = (extra = {}) => {
    const verifier = randomBytes(32).toString('base64url')
    const query = new URLSearchParams({
      client_id: client.clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: 'openid email',
      state: 'the state',
      nonce: 'the nonce',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...extra,
    })
    return { address: `/oauth2/authorize?${query}`, verifier }
  }
  const signIn: Visitor['signIn'] = async (extra) => {
    const { address, verifier } = authorizeAddress(extra)
    let location = locationOf(await browse(address))
    if (location.startsWith('/login')) {
      const body = new URLSearchParams({ username: user.username, password: user.password })
      location = locationOf(await browse(location, { method: 'POST', body }))
      location = locationOf(await browse(location))
    }
    const answer = new URL(location)
    const code = answer.searchParams.get('code') ?? ''
    const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri }
    return { answer, form: { ...form, code_verifier: verifier } }
  }
  const post: Visitor['post'] = (path, form, headers = { authorization: basic }) =>
    fetch(pool.domainUrl + path, {
      method: 'POST',
      redirect: 'manual',
      headers,
      body: new URLSearchParams(form),
    })
  const tokens: Visitor['tokens'] = async () => {
    const { form } = await signIn()
    return (await (await post('/oauth2/token', form)).json()) as Tokens
  }
  return { browse, authorizeAddress, signIn, post, tokens }
}

export function basicOf(clientId: string, secret: string): string {
  return `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`
}

export function locationOf(response: Response): string {
  return response.headers.get('location') ?? ''
}
