import { randomBytes, randomUUID } from 'node:crypto'
import type { PoolConfig } from '../../local/user-pool/pool-config.ts'
import type { PlayedWay } from './case.ts'

export const origin = 'https://app.example'
const redirectUri = `${origin}/callback`

/** What one way is played with: an app client, its user pool, and the settings of the proxy. */
export interface Cast {
  readonly way: PlayedWay
  readonly clientId: string
  readonly secret: string
  readonly pool: PoolConfig
  readonly settings: Readonly<Record<string, unknown>>
}

/** Makes the cast of one way; `index` makes it one of its kind, `domain` is Cognito's. */
export function toCast(way: PlayedWay, index: number, domain: string): Cast {
  const clientId = `case${index}`
  // Of Cognito's own characters, the one included that an encoder would change.
  const secret = `${randomBytes(24).toString('hex')}+_`
  const redirectUris = [redirectUri]
  const pool = toPool(way, `eu-central-1_Case${index}`, clientId, secret)
  const settings = {
    name: `case-${index}`,
    clientId,
    secretId: `token-proxy/${clientId}`,
    domain,
    userPoolId: pool.poolId,
    origins: [origin],
    redirectUris,
    ...way.settings,
  }
  return { way, clientId, secret, pool, settings }
}

function toPool(way: PlayedWay, poolId: string, clientId: string, secret: string): PoolConfig {
  const state = way.state === 'unreadable' ? {} : way.state
  return {
    poolId,
    name: 'reported',
    domainPoolId: poolId,
    lambdaConfig: {},
    deviceConfiguration: undefined,
    ...state?.pool,
    appClients: [
      {
        clientId,
        clientName: 'reported',
        secrets: [{ id: `${clientId}--1`, value: secret, createdAtSeconds: 1 }],
        allowedOAuthFlows: ['code'],
        allowedOAuthFlowsUserPoolClient: true,
        allowedOAuthScopes: ['openid', 'email'],
        callbackUrls: [redirectUri],
        logoutUrls: [],
        supportedIdentityProviders: ['COGNITO'],
        explicitAuthFlows: [],
        readAttributes: ['email', 'email_verified'],
        enableTokenRevocation: true,
        refreshTokenRotation: undefined,
        accessTokenValiditySeconds: 3600,
        refreshTokenValiditySeconds: 30 * 86_400,
        ...state?.client,
      },
    ],
  }
}

/** Makes the parameters of sound requests, with a fresh code, verifier and refresh token. */
export function toUsualForms({ clientId, settings }: Cast) {
  const uris = settings['redirectUris']
  const refreshToken = randomBytes(60).toString('base64url')
  return {
    code: {
      grant_type: 'authorization_code',
      client_id: clientId,
      code: randomUUID(),
      redirect_uri: String(Array.isArray(uris) ? uris[0] : redirectUri),
      code_verifier: randomBytes(32).toString('base64url'),
    },
    refresh: { grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken },
    revoke: { client_id: clientId, token: refreshToken },
  }
}
