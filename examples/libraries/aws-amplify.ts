import { Amplify, type ResourcesConfig } from 'aws-amplify'
import { AuthError, fetchAuthSession, signOut as leave, signInWithRedirect } from 'aws-amplify/auth'
import { Hub } from 'aws-amplify/utils'
import 'aws-amplify/auth/enable-oauth-listener'
import { refreshAtProxy, revokeAtProxy } from './aws-amplify-tokens.ts'
import { api, callback, clientId, home, issuer, proxy } from './settings.ts'

export const configuration: ResourcesConfig = {
  Auth: {
    Cognito: {
      userPoolId: issuer.slice(issuer.lastIndexOf('/') + 1),
      userPoolClientId: clientId,
      loginWith: {
        oauth: {
          domain: new URL(proxy).host,
          redirectSignIn: [callback],
          redirectSignOut: [home],
          responseType: 'code',
          scopes: ['openid', 'email', 'profile'],
        },
      },
    },
  },
}

const signedIn = new Promise<void>((resolve, reject) => {
  Hub.listen('auth', ({ payload }) => {
    if (payload.event === 'signInWithRedirect') resolve()
    if (payload.event === 'signInWithRedirect_failure') reject(payload.data.error)
  })
})

/** Amplify finishes a sign-in by itself as soon as it is configured. */
Amplify.configure(configuration)
refreshAtProxy()

/** Leaves for the user pool's sign-in page. */
export const signIn = () => signInWithRedirect()

/** To be called at the callback address. */
export const finishSignIn = () => signedIn

export async function callApi(): Promise<unknown> {
  const { tokens } = await fetchAuthSession()
  const headers = { authorization: `Bearer ${tokens?.accessToken}` }
  return (await fetch(api, { headers })).json()
}

export const refresh = () => fetchAuthSession({ forceRefresh: true })

export async function signOut(): Promise<void> {
  await revokeAtProxy()
  await leave()
}

/** Amplify hands on the error code alone, as the message. */
export function explain(thrown: unknown) {
  return thrown instanceof AuthError ? { error: thrown.message, description: '' } : undefined
}
