import type { ResourcesConfig } from 'aws-amplify'
import { callback, clientId, domain, home, issuer } from '../settings.ts'

export const configuration: ResourcesConfig = {
  Auth: {
    Cognito: {
      userPoolId: issuer.slice(issuer.lastIndexOf('/') + 1),
      userPoolClientId: clientId,
      loginWith: {
        oauth: {
          domain: new URL(domain).host,
          redirectSignIn: [callback],
          redirectSignOut: [home],
          responseType: 'code',
          scopes: ['openid', 'email', 'profile'],
        },
      },
    },
  },
}
