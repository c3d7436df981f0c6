import { users } from '../libraries/oidc-client-ts.ts'

export * from '../libraries/oidc-client-ts.ts'

/** What is revoked where nothing is configured. */
export const signOut = () => users.revokeTokens(['access_token', 'refresh_token'])
