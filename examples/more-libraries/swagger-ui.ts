import SwaggerUI from 'swagger-ui-dist/swagger-ui-es-bundle.js'
import 'swagger-ui-dist/swagger-ui.css'
import { api, callback, clientId, domain, proxy } from '../libraries/settings.ts'

/** In your OpenAPI document, only `tokenUrl` changes. */
export const securityScheme = {
  type: 'oauth2',
  flows: {
    authorizationCode: {
      authorizationUrl: `${domain}/oauth2/authorize`,
      tokenUrl: `${proxy}/oauth2/token`,
      scopes: { openid: 'sign in', email: 'see the email address', profile: 'see the name' },
    },
  },
}

const { origin, pathname } = new URL(api)
const operation = {
  summary: 'Who am I?',
  security: [{ userPool: ['openid'] }],
  responses: { 200: { description: 'the user' } },
}

const ui = SwaggerUI({
  domNode: document.querySelector('main'),
  spec: {
    openapi: '3.1.0',
    info: { title: 'An API behind the user pool', version: '1' },
    servers: [{ url: origin }],
    paths: { [pathname]: { get: operation } },
    components: { securitySchemes: { userPool: securityScheme } },
  },
  // The page `oauth2-redirect.html` of the package.
  oauth2RedirectUrl: callback,
})

// Leave the field for the client secret empty.
ui.initOAuth({
  clientId,
  scopes: ['openid', 'email', 'profile'],
  usePkceWithAuthorizationCodeGrant: true,
})
