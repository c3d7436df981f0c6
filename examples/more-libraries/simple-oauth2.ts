import { AuthorizationCode } from 'simple-oauth2'

/** Where the tokens come from; it runs in Node.js, so it is told and does not ask the page. */
export interface ServerSettings {
  readonly proxy: string
  readonly domain: string
  readonly clientId: string
}

/** A client without a secret: the library sends `Basic base64("id:")`. */
export function toClient({ proxy, domain, clientId }: ServerSettings): AuthorizationCode {
  return new AuthorizationCode({
    client: { id: clientId, secret: '' },
    auth: {
      tokenHost: proxy,
      tokenPath: '/oauth2/token',
      revokePath: '/oauth2/revoke',
      authorizeHost: domain,
      authorizePath: '/oauth2/authorize',
    },
  })
}
