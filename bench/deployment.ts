/** The client that every contestant exchanges codes for. */
export const client = {
  clientId: '7bench0client0example00000',
  secret: 'bench-secret-0123456789-abcdefghijklmnopqrstuvwxyz0123',
  secretId: 'token-proxy/bench',
  origin: 'https://app.example',
  redirectUri: 'https://app.example/callback',
} as const

/** The issuer of the ID tokens that the mock gives out. */
export const issuer = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Bench0001'

/** A code of this beginning is refused with `invalid_grant`. */
export const refusedCode = 'refused-'

/** A code of this beginning is never answered. */
export const silentCode = 'silent-'

/** The user pool that may be described. */
export const userPoolId = 'eu-central-1_Bench0001'

/**
 * The settings of the proxy with as many clients; the first is the one that is used.
 *
 * @param poolId the user pool of all of them, so that failures are diagnosed; undefined for none
 */
export function toClients(count: number, domain: string, poolId?: string): string {
  const { clientId, secretId, origin, redirectUri } = client
  const pool = poolId === undefined ? {} : { userPoolId: poolId }
  const first = { name: 'web', clientId, secretId, domain, origins: [origin], ...pool }
  const clients = Array.from({ length: count }, (_, index) => ({
    ...first,
    redirectUris: [redirectUri],
    ...(index === 0
      ? {}
      : { name: `web-${index}`, clientId: `${clientId.slice(0, -4)}${1000 + index}` }),
    ...(index === 0 ? {} : { secretId: `${secretId}-${index}` }),
  }))
  return JSON.stringify(clients)
}
