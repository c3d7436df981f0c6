import { ErrorResponse, type User, UserManager, WebStorageStateStore } from 'oidc-client-ts'
import { callback, clientId, proxy } from '../libraries/settings.ts'
import { refreshInOneTab } from './refresh-in-one-tab.ts'

export const users = new UserManager({
  authority: proxy,
  client_id: clientId,
  redirect_uri: callback,
  scope: 'openid email profile',
  userStore: new WebStorageStateStore({ store: localStorage }),
  // The library's own renewal knows nothing of other tabs.
  automaticSilentRenew: false,
  // Longer than the proxy's API waits: a refresh that is cut off may have replaced the token all the same.
  silentRequestTimeoutInSeconds: 35,
})

const isSpent = ({ expires_in = 0 }: User) => expires_in <= 60

/** Gives the session with tokens that are good for a while; null: nobody is signed in any more. */
export function refresh(): Promise<User | null> {
  return refreshInOneTab(
    // True: whoever listens in this tab hears of tokens that another one has brought.
    () => users.getUser(true),
    isSpent,
    () => users.signinSilent().then((user) => user, endWhereRefused),
  )
}

/** Only `invalid_grant` means that the session is over; anything else may pass. */
async function endWhereRefused(thrown: unknown): Promise<null> {
  if (!(thrown instanceof ErrorResponse && thrown.error === 'invalid_grant')) throw thrown
  await users.removeUser()
  return null
}

users.events.addAccessTokenExpiring(async () => {
  await refresh()
})
