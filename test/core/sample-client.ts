import type { Client } from '../../core/settings.ts'

/** A configured client as the settings give it, with what a test changes. */
export function toClient(changes: Partial<Client> = {}): Client {
  return {
    name: 'shop',
    clientId: 'client1',
    secretId: 'token-proxy/shop',
    domain: 'https://shop.auth.eu-central-1.amazoncognito.com',
    userPoolId: undefined,
    issuer: undefined,
    origins: ['https://shop.example.com'],
    allowNoOrigin: false,
    redirectUris: ['https://shop.example.com/callback'],
    grants: ['authorization_code', 'refresh_token'],
    refreshToken: 'body',
    refreshTokenRotation: 'unknown',
    retryGracePeriodSeconds: 0,
    ...changes,
  }
}

/** The fields of a client as `TOKEN_PROXY_CLIENTS` has them: only what must be there. */
export const leastClientFields = {
  name: 'shop',
  clientId: 'client1',
  secretId: 'token-proxy/shop',
  domain: 'https://shop.auth.eu-central-1.amazoncognito.com',
  origins: ['https://shop.example.com'],
  redirectUris: ['https://shop.example.com/callback'],
}
