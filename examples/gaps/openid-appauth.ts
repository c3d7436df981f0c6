import { AuthorizationNotifier, RedirectRequestHandler } from '@openid/appauth'

export * from '../libraries/openid-appauth.ts'

/** Looks for the code where the library does by itself. */
export async function finishSignIn(): Promise<void> {
  const redirects = new RedirectRequestHandler()
  const notifier = new AuthorizationNotifier()
  let isFound = false
  notifier.setAuthorizationListener(() => {
    isFound = true
  })
  redirects.setAuthorizationNotifier(notifier)
  await redirects.completeAuthorizationRequestIfPossible()
  if (!isFound) throw new Error('no code was found')
}
