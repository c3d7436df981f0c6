import { ErrorResponse, UserManager, WebStorageStateStore } from 'oidc-client-ts'
import { callback, clientId, proxy } from '../libraries/settings.ts'

/** Every tab renews by itself, with the refresh token that all of them keep together. */
export const users = new UserManager({
  authority: proxy,
  client_id: clientId,
  redirect_uri: callback,
  scope: 'openid email profile',
  userStore: new WebStorageStateStore({ store: localStorage }),
  automaticSilentRenew: true,
})

users.events.addSilentRenewError(async (thrown) => {
  if (thrown instanceof ErrorResponse && thrown.error === 'invalid_grant') await users.removeUser()
})
