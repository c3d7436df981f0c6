import { errorAddress, mismatchPage } from './authorize.ts'
import type { AppClient } from './pool-config.ts'
import type { FindClient } from './provider.ts'

/** The result of a request to `/logout`. */
export interface SignOut {
  /** False where Cognito refuses the request: then the session goes on. */
  readonly endsSession: boolean
  readonly location: string
}

/**
 * Judges a request to `/logout` by what Cognito documents: `client_id` with `logout_uri`, or with what
 * signing in again takes. It knows none of OpenID Connect's own parameters.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
 */
export function judgeSignOut(query: URLSearchParams, findClient: FindClient): SignOut {
  const clientId = query.get('client_id')
  if (!clientId) return refuse(errorAddress(missing('client_id'), clientId))
  const client = findClient(clientId)
  if (client === undefined) return refuse(mismatchPage(clientId))
  const logoutUri = query.get('logout_uri')
  if (!logoutUri) return signInAgain(query, client)
  if (!client.logoutUrls.includes(logoutUri)) return refuse(mismatchPage(clientId))
  return { endsSession: true, location: logoutUri }
}

function signInAgain(query: URLSearchParams, client: AppClient): SignOut {
  const redirectUri = query.get('redirect_uri')
  if (!redirectUri) return refuse(errorAddress(missing('redirect_uri'), client.clientId))
  if (!client.callbackUrls.includes(redirectUri)) return refuse(mismatchPage(client.clientId))
  if (!query.get('response_type')) {
    return refuse(errorAddress(missing('response_type'), client.clientId))
  }
  return { endsSession: true, location: `/login?${query}` }
}

// Cognito's own words, as many reports quote them.
function missing(name: string): string {
  return `Required String parameter '${name}' is not present`
}

function refuse(location: string): SignOut {
  return { endsSession: false, location }
}
