import { ErrorResponse } from 'oidc-client-ts'
import { type ReactNode, useState } from 'react'
import { AuthProvider, type AuthProviderProps, useAuth } from 'react-oidc-context'
import { api, callback, clientId, home, proxy } from './settings.ts'

export const configuration: AuthProviderProps = {
  authority: proxy,
  client_id: clientId,
  redirect_uri: callback,
  scope: 'openid email profile',
  // Cognito revokes refresh tokens only.
  revokeTokenTypes: ['refresh_token'],
  // The code has no place in the address bar any more.
  onSigninCallback: () => history.replaceState(null, '', '/'),
}

/** Put it around the app. */
export function SignedInApp({ children }: { readonly children: ReactNode }) {
  return <AuthProvider {...configuration}>{children}</AuthProvider>
}

/** What a component can do about the session. */
export function Session() {
  const auth = useAuth()
  const [answer, setAnswer] = useState<string>()
  if (auth.isLoading) return <p role="status">One moment …</p>
  if (auth.error) return <Failed error={auth.error} retry={() => auth.signinRedirect()} />
  if (!auth.user)
    return (
      <button type="button" onClick={() => auth.signinRedirect()}>
        Sign in
      </button>
    )
  const callApi = async () => {
    const headers = { authorization: `Bearer ${auth.user?.access_token}` }
    setAnswer(await (await fetch(api, { headers })).text())
  }
  const signOut = async () => {
    await auth.revokeTokens()
    // Cognito's logout page wants its own two parameters.
    await auth.signoutRedirect({ extraQueryParams: { client_id: clientId, logout_uri: home } })
  }
  return (
    <>
      <p role="status">Signed in</p>
      <button type="button" onClick={callApi}>
        Call the API
      </button>
      <button type="button" onClick={() => auth.signinSilent()}>
        Refresh
      </button>
      <button type="button" onClick={signOut}>
        Sign out
      </button>
      <pre>{answer}</pre>
    </>
  )
}

/** What the proxy said stands in the error, where the proxy answered. */
function Failed({ error, retry }: { readonly error: Error; readonly retry: () => void }) {
  const said = 'innerError' in error ? error.innerError : error
  const { error: code, error_uri: page } = said instanceof ErrorResponse ? said : {}
  return (
    <div role="alert">
      <p>{code}</p>
      <p>{error.message}</p>
      {page && <a href={page}>What it means</a>}
      <button type="button" onClick={retry}>
        Sign in
      </button>
    </div>
  )
}
