import { allowInsecureRequests, discoveryRequest, processDiscoveryResponse } from 'oauth4webapi'
import { proxy } from '../libraries/settings.ts'

export * from '../libraries/oauth4webapi.ts'

/** Takes the proxy for an issuer. */
export async function signIn(): Promise<void> {
  const options = { [allowInsecureRequests]: proxy.startsWith('http:') }
  const answer = await discoveryRequest(new URL(proxy), options)
  await processDiscoveryResponse(new URL(proxy), answer)
}
