import { allowInsecureRequests, discovery, None } from 'openid-client'
import { clientId, proxy } from '../libraries/settings.ts'

export * from '../libraries/openid-client.ts'

/** Takes the proxy for an issuer. */
export async function signIn(): Promise<void> {
  const execute = proxy.startsWith('http:') ? [allowInsecureRequests] : []
  await discovery(new URL(proxy), clientId, undefined, None(), { execute })
}
