/** Where codes and refresh tokens become tokens. */
export const tokenPath = '/oauth2/token'
/** Where a refresh token is revoked. */
export const revocationPath = '/oauth2/revoke'
/** Where Cognito says who signed in, at the user pool domain. */
export const userInfoPath = '/oauth2/userInfo'

/** The path of the discovery document (OpenID Connect Discovery 1.0 section 4); also that of the user pool. */
export const discoveryPath = '/.well-known/openid-configuration'
/** The path of the same document for OAuth clients (RFC 8414 section 3). */
export const serverMetadataPath = '/.well-known/oauth-authorization-server'

/**
 * The path of every document, as routes write it. RFC 8414 section 3.1 puts the path of an issuer behind the
 * well-known part; OpenID Connect, and clients of older drafts, put it before.
 */
export const documentPaths = [
  discoveryPath,
  `/clients/{name}${discoveryPath}`,
  serverMetadataPath,
  `/clients/{name}${serverMetadataPath}`,
  `${serverMetadataPath}/clients/{name}`,
] as const

/** The paths of a user pool domain that a browser may be sent on to. */
export const redirectPaths = ['/oauth2/authorize', '/login', '/logout'] as const
/** Where people and monitors ask what this is and whether it is usable. */
export const aboutPaths = ['/', '/health'] as const

/** Every path that is answered with metadata, as routes write it. */
export const metadataPaths = [...documentPaths, ...redirectPaths, ...aboutPaths] as const

/** Turns a path as routes write it into what matches it; `{name}` is the alias of a client. */
export function toPathPattern(path: string): RegExp {
  const escaped = path.replaceAll('.', '\\.')
  return new RegExp(`^${escaped.replace('{name}', '(?<name>[a-z][a-z0-9-]{0,31})')}$`)
}

/** Every path that there is an answer for, as routes write it. */
export const servedPaths = [tokenPath, revocationPath, userInfoPath, ...metadataPaths] as const
const servedPatterns = servedPaths.map(toPathPattern)

/** Whether there is an answer for a path, were it that nothing is there for this method. */
export function isKnownPath(path: string): boolean {
  return servedPatterns.some((pattern) => pattern.test(path))
}
