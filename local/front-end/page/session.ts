import { type User, UserManager, WebStorageStateStore } from 'oidc-client-ts'
import type { DemoClient, DemoSettings } from '../demo-settings.ts'

/** The session of one app client in this tab. */
export interface Session {
  user(): Promise<User | null>
  /** Redirects to the user pool. */
  signIn(): Promise<void>
  /** Exchanges the code of a callback address; the state can be used only once, whatever the result. */
  finishSignIn(callbackAddress: string): Promise<User>
  /** Asks for new tokens with the refresh token. */
  refresh(): Promise<User>
  /** Deletes the tokens and stays on the page. */
  forget(): Promise<void>
  /** Deletes the tokens and redirects to the user pool, to end its session too. */
  signOut(): Promise<void>
}

/** Opens the session of an app client with the client library as npm delivers it. */
export const openSession = (settings: DemoSettings, client: DemoClient): Session => {
  const origin = window.location.origin
  const stored = () => new WebStorageStateStore({ store: window.sessionStorage })
  const manager = new UserManager({
    authority: settings.issuer,
    metadata: {
      issuer: settings.issuer,
      authorization_endpoint: settings.authorizationEndpoint,
      jwks_uri: settings.jwksUri,
      userinfo_endpoint: settings.userinfoEndpoint,
      // The one line that a front end changes: the proxy instead of the user pool.
      token_endpoint: settings.tokenEndpoint,
    },
    client_id: client.clientId,
    redirect_uri: `${origin}/callback`,
    scope: 'openid email profile',
    automaticSilentRenew: false,
    // Longer than the API's own time-out, so that the page shows the API's answer.
    silentRequestTimeoutInSeconds: 35,
    stateStore: stored(),
    userStore: stored(),
  })
  return {
    user: () => manager.getUser(),
    signIn: () => manager.signinRedirect(),
    finishSignIn: (callbackAddress) => manager.signinRedirectCallback(callbackAddress),
    refresh: async () => {
      const user = await manager.signinSilent()
      if (user === null) throw new Error('no tokens came back')
      return user
    },
    forget: () => manager.removeUser(),
    signOut: async () => {
      await manager.removeUser()
      const address = new URL(settings.endSessionEndpoint)
      address.searchParams.set('client_id', client.clientId)
      address.searchParams.set('logout_uri', `${origin}/`)
      window.location.assign(address)
    },
  }
}
