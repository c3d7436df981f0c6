import type { AuthProviderProps } from 'react-oidc-context'
import { callback, clientId, issuer } from '../settings.ts'

export const configuration: AuthProviderProps = {
  authority: issuer,
  client_id: clientId,
  redirect_uri: callback,
  scope: 'openid email profile',
  // Cognito revokes refresh tokens only.
  revokeTokenTypes: ['refresh_token'],
  // The code has no place in the address bar any more.
  onSigninCallback: () => history.replaceState(null, '', '/'),
}
