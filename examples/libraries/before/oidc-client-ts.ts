import { UserManager } from 'oidc-client-ts'
import { callback, clientId, issuer } from '../settings.ts'

export const users = new UserManager({
  authority: issuer,
  client_id: clientId,
  redirect_uri: callback,
  scope: 'openid email profile',
  // Cognito revokes refresh tokens only.
  revokeTokenTypes: ['refresh_token'],
})
