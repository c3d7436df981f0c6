import { type ReactNode, useContext, useState } from 'react'
import { AuthContext, AuthProvider, type TAuthConfig } from 'react-oauth2-code-pkce'
import { api, callback, clientId, domain, home, proxy } from '../libraries/settings.ts'

export const configuration: TAuthConfig = {
  clientId,
  authorizationEndpoint: `${domain}/oauth2/authorize`,
  tokenEndpoint: `${proxy}/oauth2/token`,
  redirectUri: callback,
  scope: 'openid email profile',
  autoLogin: false,
  // Not set: `logoutEndpoint`, to which the library would send the refresh token in the address.
}

/** Put it around the app. */
export function SignedInApp({ children }: { readonly children: ReactNode }) {
  return <AuthProvider authConfig={configuration}>{children}</AuthProvider>
}

/** What a component can do about the session. */
export function Session() {
  const { token, error, logIn, logOut, refreshAccessToken } = useContext(AuthContext)
  const [answer, setAnswer] = useState<string>()
  if (error) return <p role="alert">{error}</p>
  if (!token)
    return (
      <button type="button" onClick={() => logIn(crypto.randomUUID())}>
        Sign in
      </button>
    )
  const callApi = async () => {
    setAnswer(await (await fetch(api, { headers: { authorization: `Bearer ${token}` } })).text())
  }
  const signOut = async () => {
    await revoke()
    logOut()
    const query = new URLSearchParams({ client_id: clientId, logout_uri: home })
    location.assign(`${domain}/logout?${query}`)
  }
  return (
    <>
      <p role="status">Signed in</p>
      <button type="button" onClick={callApi}>
        Call the API
      </button>
      <button type="button" onClick={() => refreshAccessToken()}>
        Refresh
      </button>
      <button type="button" onClick={signOut}>
        Sign out
      </button>
      <pre>{answer}</pre>
    </>
  )
}

/** The library does not revoke; it keeps the refresh token here, as JSON. */
async function revoke(): Promise<void> {
  const token = JSON.parse(localStorage.getItem('ROCP_refreshToken') ?? '""')
  const body = new URLSearchParams({ token, client_id: clientId })
  await fetch(`${proxy}/oauth2/revoke`, { method: 'POST', body })
}
