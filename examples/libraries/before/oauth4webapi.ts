import * as oauth from 'oauth4webapi'
import { clientId, issuer } from '../settings.ts'

export const client: oauth.Client = { client_id: clientId }

export async function discover(): Promise<oauth.AuthorizationServer> {
  const answer = await oauth.discoveryRequest(new URL(issuer))
  return oauth.processDiscoveryResponse(new URL(issuer), answer)
}
