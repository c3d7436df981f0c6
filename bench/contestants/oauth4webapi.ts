import {
  type AuthorizationServer,
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  ClientSecretBasic,
  processAuthorizationCodeResponse,
  ResponseBodyError,
  validateAuthResponse,
} from 'oauth4webapi'
import { client, issuer } from '../deployment.ts'
import { verifier } from '../invocation.ts'
import { type Contestant, readVariable } from './contestant.ts'

/** Opens `oauth4webapi`, which also checks the claims of the ID token. */
export function openOauth4webapi(): Contestant {
  const server: AuthorizationServer = {
    issuer,
    token_endpoint: `${readVariable('BENCH_DOMAIN')}/oauth2/token`,
  }
  const registered = { client_id: client.clientId }
  const authentication = ClientSecretBasic(client.secret)
  return {
    prepare: (code) => async () => {
      const response = await authorizationCodeGrantRequest(
        server,
        registered,
        authentication,
        validateAuthResponse(server, registered, new URLSearchParams({ code })),
        client.redirectUri,
        verifier,
        { [allowInsecureRequests]: true },
      )
      try {
        await processAuthorizationCodeResponse(server, registered, response)
        return 'ok'
      } catch (thrown) {
        if (thrown instanceof ResponseBodyError) return 'invalid_grant'
        throw thrown
      }
    },
  }
}
