import { AuthorizationCode } from 'simple-oauth2'
import { client } from '../deployment.ts'
import { verifier } from '../invocation.ts'
import { type Contestant, readVariable } from './contestant.ts'

/** Opens `simple-oauth2` with its defaults. */
export function openSimpleOauth2(): Contestant {
  const grant = new AuthorizationCode({
    client: { id: client.clientId, secret: client.secret },
    auth: { tokenHost: readVariable('BENCH_DOMAIN'), tokenPath: '/oauth2/token' },
  })
  return {
    prepare: (code) => async () => {
      // Its types do not know PKCE; it sends what it is given.
      const parameters = { code, redirect_uri: client.redirectUri, code_verifier: verifier }
      try {
        await grant.getToken(parameters)
        return 'ok'
      } catch (thrown) {
        if (isRefusal(thrown)) return 'invalid_grant'
        throw thrown
      }
    },
  }
}

function isRefusal(thrown: unknown): boolean {
  if (!(thrown instanceof Error && 'output' in thrown)) return false
  const { output } = thrown
  return typeof output === 'object' && output !== null && 'statusCode' in output
    ? output.statusCode === 400
    : false
}
