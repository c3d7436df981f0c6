// keycloak-js as its documentation says, which is what does not work.
import Keycloak from 'keycloak-js'
import { callback, clientId, proxy } from '../libraries/settings.ts'

const keycloak = new Keycloak({ oidcProvider: proxy, clientId })
const opened = keycloak.init({
  redirectUri: callback,
  // Cognito sends the code in the query only.
  responseMode: 'query',
  checkLoginIframe: false,
})

export async function signIn(): Promise<void> {
  await opened
  await keycloak.login({ scope: 'openid email profile' })
}

export const finishSignIn = () => opened

export async function callApi(): Promise<unknown> {
  return keycloak.tokenParsed
}

export const refresh = () => keycloak.updateToken(-1)
export const signOut = () => keycloak.logout()

export const explain = (thrown: unknown) => ({
  error: 'failed',
  description: String(thrown),
  page: undefined,
})
