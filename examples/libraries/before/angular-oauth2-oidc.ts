import type { AuthConfig } from 'angular-oauth2-oidc'
import { callback, clientId, issuer } from '../settings.ts'

export const configuration: AuthConfig = {
  issuer,
  clientId,
  redirectUri: callback,
  responseType: 'code',
  scope: 'openid email profile',
  // Cognito's endpoints do not begin with its issuer.
  strictDiscoveryDocumentValidation: false,
}

export const discoveryDocument = `${issuer}/.well-known/openid-configuration`
