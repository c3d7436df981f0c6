import { OAuth2Client } from '@badgateway/oauth2-client'
import { clientId, issuer } from '../settings.ts'

export const client = new OAuth2Client({
  server: issuer,
  clientId,
  discoveryEndpoint: `${issuer}/.well-known/openid-configuration`,
})
