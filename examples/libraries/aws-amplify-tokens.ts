// Amplify refreshes and revokes at Cognito's own API, without the app client's secret, and Cognito
// refuses. These lines let it do both at the proxy.
import { AuthError, decodeJWT } from 'aws-amplify/auth'
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito'
import { clientId, proxy } from './settings.ts'

const { tokenOrchestrator, authTokenStore } = cognitoUserPoolsTokenProvider

/** To be called once, after `Amplify.configure`. */
export function refreshAtProxy(): void {
  tokenOrchestrator.setTokenRefresher(async ({ tokens, username }) => {
    const refreshToken = tokens.refreshToken ?? ''
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken }
    const answer = await (await post('/oauth2/token', form)).json()
    if (answer.error !== undefined) throw toAmplifyError(answer)
    const accessToken = decodeJWT(answer.access_token)
    return {
      accessToken,
      idToken: decodeJWT(answer.id_token),
      refreshToken: answer.refresh_token ?? refreshToken,
      clockDrift: (accessToken.payload.iat ?? 0) * 1000 - Date.now(),
      username,
    }
  })
}

/** To be called before `signOut`. */
export async function revokeAtProxy(): Promise<void> {
  const stored = await authTokenStore.loadTokens()
  if (stored?.refreshToken) await post('/oauth2/revoke', { token: stored.refreshToken })
}

function post(path: string, form: Readonly<Record<string, string>>): Promise<Response> {
  const body = new URLSearchParams({ ...form, client_id: clientId })
  return fetch(proxy + path, { method: 'POST', body })
}

/** Amplify signs the user out on this one name, and keeps the tokens on any other. */
function toAmplifyError(answer: { readonly error: string; readonly error_description: string }) {
  const isOver = answer.error === 'invalid_grant'
  const name = isOver ? 'NotAuthorizedException' : answer.error
  return new AuthError({ name, message: answer.error_description })
}
