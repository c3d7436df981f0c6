import { randomBytes } from 'node:crypto'
import type { EvidenceTable } from './aws/evidence-table.ts'
import type { DemoSettings } from './front-end/demo-settings.ts'
import type { AppClient, PoolConfig, PoolUser } from './user-pool/pool-config.ts'
import type { UserPool } from './user-pool/user-pool.ts'

export const region = 'eu-central-1'
/** The id of the embedded user pool. */
export const userPoolId = `${region}_Embedded1`

/** Users that are ready to sign in; nobody else can reach this pool. */
export const demoUsers: readonly PoolUser[] = [
  {
    username: 'ada',
    password: 'analytical-engine',
    email: 'ada@example.com',
    name: 'Ada Lovelace',
  },
  { username: 'grace', password: 'nanosecond', email: 'grace@example.com', name: 'Grace Hopper' },
]

/** The native app listens on the first of these ports that is free; the last one opens an installed app. */
const nativeRedirectUris = [
  'http://127.0.0.1:8801/callback',
  'http://127.0.0.1:8802/callback',
  'http://127.0.0.1:8803/callback',
  'com.example.app:/callback',
]

/**
 * The app clients of the embedded pool; each run creates new secrets for them. One with redirect URIs of
 * its own is a native app, and no front end's.
 */
export const demoClients = [
  { name: 'web', clientId: '7demo0web0client1example22', rotation: false },
  { name: 'web-rotating', clientId: '7demo0rotating1example3344', rotation: true },
  {
    name: 'native',
    clientId: '7demo0native1example556677',
    rotation: true,
    redirectUris: nativeRedirectUris,
  },
].map((client) => ({
  ...client,
  secretId: `token-proxy/${client.name}`,
  // The same length and alphabet as Cognito's own.
  secret: randomBytes(26).toString('hex'),
}))

/** The configuration of the embedded user pool, before the front end's addresses are known. */
export function toPoolConfig(): PoolConfig {
  return {
    poolId: userPoolId,
    name: 'embedded',
    domainPoolId: userPoolId,
    lambdaConfig: {},
    deviceConfiguration: undefined,
    appClients: demoClients.map(toAppClient),
  }
}

function toAppClient(client: (typeof demoClients)[number]): AppClient {
  const createdAtSeconds = Math.floor(Date.now() / 1000)
  return {
    clientId: client.clientId,
    clientName: client.name,
    createdAtSeconds,
    secrets: [
      {
        id: `${client.clientId}--${createdAtSeconds}`,
        value: client.secret,
        createdAtSeconds,
      },
    ],
    allowedOAuthFlows: ['code'],
    allowedOAuthFlowsUserPoolClient: true,
    allowedOAuthScopes: ['openid', 'email', 'profile'],
    callbackUrls: [...(client.redirectUris ?? [])],
    logoutUrls: [],
    supportedIdentityProviders: ['COGNITO'],
    explicitAuthFlows: client.rotation ? [] : ['ALLOW_REFRESH_TOKEN_AUTH'],
    readAttributes: ['email', 'email_verified', 'name'],
    enableTokenRevocation: true,
    refreshTokenRotation: client.rotation ? { retryGracePeriodSeconds: 0 } : undefined,
    accessTokenValiditySeconds: 3600,
    refreshTokenValiditySeconds: 30 * 86_400,
  }
}

/** The callback path at each front end. */
const defaultCallbackPaths: readonly string[] = ['/callback']

/** Registers a front end with every app client that has one, as one does in the user pool's console. */
export function registerOrigin(
  config: PoolConfig,
  origin: string,
  callbackPaths = defaultCallbackPaths,
): void {
  const webIds = demoClients.filter(isWeb).map(({ clientId }) => clientId)
  for (const client of config.appClients.filter(({ clientId }) => webIds.includes(clientId))) {
    client.callbackUrls.push(...callbackPaths.map((path) => origin + path))
    client.logoutUrls.push(`${origin}/`)
  }
}

/** The environment of the functions as in a deployment, plus the SDK's own variables for the endpoints. */
export function toEnvironment(
  awsUrl: string,
  table: EvidenceTable,
  deployed: { readonly clients: readonly object[]; readonly runbookUrl: string },
): Record<string, string> {
  return {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'embedded',
    AWS_SECRET_ACCESS_KEY: 'embedded',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: awsUrl,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: awsUrl,
    // For the command of the doctor; no function calls it.
    AWS_ENDPOINT_URL_CLOUDTRAIL: awsUrl,
    AWS_ENDPOINT_URL_DYNAMODB: table.url,
    TOKEN_PROXY_EVIDENCE_TABLE: table.name,
    TOKEN_PROXY_RUNBOOK_URL: deployed.runbookUrl,
    TOKEN_PROXY_CLIENTS: JSON.stringify(deployed.clients),
  }
}

function isWeb({ redirectUris }: (typeof demoClients)[number]): boolean {
  return redirectUris === undefined
}

/** The text of a client's secret in Secrets Manager. */
export function toStoredSecret(client: (typeof demoClients)[number]): string {
  return JSON.stringify({ client_id: client.clientId, client_secret: client.secret })
}

/** The proxy's settings of the clients. */
export function toClientSettings(
  pool: UserPool,
  origins: readonly string[],
  callbackPaths = defaultCallbackPaths,
) {
  const callbacks = origins.flatMap((origin) => callbackPaths.map((path) => origin + path))
  return demoClients.map(({ name, clientId, secretId, rotation, redirectUris }) => ({
    name,
    clientId,
    secretId,
    domain: pool.domainUrl,
    userPoolId,
    issuer: pool.issuer,
    origins: redirectUris === undefined ? origins : [],
    allowNoOrigin: redirectUris !== undefined,
    redirectUris: redirectUris ?? callbacks,
    logoutUris: redirectUris === undefined ? origins.map((origin) => `${origin}/`) : [],
    refreshTokenRotation: rotation ? 'on' : 'off',
  }))
}

/** The configuration of the demo front end: the addresses of the user pool and the one of the proxy. */
export function toDemoSettings(pool: UserPool, gatewayUrl: string): DemoSettings {
  return {
    tokenEndpoint: `${gatewayUrl}/oauth2/token`,
    issuer: pool.issuer,
    authorizationEndpoint: `${pool.domainUrl}/oauth2/authorize`,
    jwksUri: `${pool.issuer}/.well-known/jwks.json`,
    userinfoEndpoint: `${pool.domainUrl}/oauth2/userInfo`,
    endSessionEndpoint: `${pool.domainUrl}/logout`,
    clients: demoClients
      .filter(isWeb)
      .map(({ name, clientId, rotation }) => ({ name, clientId, rotation })),
    users: demoUsers,
  }
}
