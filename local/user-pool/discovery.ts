import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SigningKey } from './signing-key.ts'

export interface DiscoveryOptions {
  readonly issuer: string
  readonly domainUrl: string
  readonly keys: readonly SigningKey[]
}

type AnswerIssuer = (request: IncomingMessage, response: ServerResponse) => boolean

/** Serves the discovery document and the key set, as Cognito does on an address that is not the domain's. */
export function openDiscovery({ issuer, domainUrl, keys }: DiscoveryOptions): AnswerIssuer {
  const root = new URL(issuer).pathname
  const documents = new Map<string, object>([
    [`${root}/.well-known/openid-configuration`, discoveryDocument(issuer, domainUrl)],
    [`${root}/.well-known/jwks.json`, { keys: keys.map(({ publicJwk }) => publicJwk) }],
  ])
  return (request, response) => {
    const document = documents.get(new URL(request.url ?? '/', issuer).pathname)
    if (document === undefined) return false
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    response.writeHead(isRead ? 200 : 405, {
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=86400',
      ...(isRead ? { 'content-type': 'application/json' } : { allow: 'GET, HEAD' }),
    })
    response.end(isRead ? JSON.stringify(document) : '')
    return true
  }
}

// Field for field what Cognito publishes: it says nothing of PKCE and of grant types.
function discoveryDocument(issuer: string, domainUrl: string) {
  return {
    authorization_endpoint: `${domainUrl}/oauth2/authorize`,
    end_session_endpoint: `${domainUrl}/logout`,
    id_token_signing_alg_values_supported: ['RS256'],
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    registration_endpoint: `${domainUrl}/oauth2/register`,
    response_types_supported: ['code', 'token'],
    revocation_endpoint: `${domainUrl}/oauth2/revoke`,
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint: `${domainUrl}/oauth2/token`,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    userinfo_endpoint: `${domainUrl}/oauth2/userInfo`,
  }
}
