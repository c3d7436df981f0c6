/** A library beyond those that the guide shows in full: its page says what it needs. */
export interface MoreLibrary {
  /** Its name in the npm registry. */
  readonly npm: string
  /** Its file under `examples/more-libraries/`. */
  readonly file: string
  /** How much of the file the page shows: its first declaration, which is the configuration, or all of it. */
  readonly shown: 'configuration' | 'whole'
  /** How it refreshes, revokes and signs out. */
  readonly refresh: Way
  readonly revoke: Way
  readonly signOut: Way
}

type Way = 'itself' | 'lines' | 'never'

/** Those that the tests run unmodified in a real browser, in the order of the page. */
export const moreLibraries = {
  'angular-auth-oidc-client': {
    npm: 'angular-auth-oidc-client',
    file: 'angular-auth-oidc-client.ts',
    shown: 'configuration',
    refresh: 'itself',
    revoke: 'itself',
    signOut: 'itself',
  },
  'react-oauth2-code-pkce': {
    npm: 'react-oauth2-code-pkce',
    file: 'react-oauth2-code-pkce.tsx',
    shown: 'configuration',
    refresh: 'itself',
    revoke: 'lines',
    signOut: 'lines',
  },
  'axa-fr-oidc-client': {
    npm: '@axa-fr/oidc-client',
    file: 'axa-fr-oidc-client.ts',
    shown: 'configuration',
    refresh: 'itself',
    revoke: 'itself',
    signOut: 'itself',
  },
  'oidc-spa': {
    npm: 'oidc-spa',
    file: 'oidc-spa.ts',
    shown: 'configuration',
    refresh: 'itself',
    revoke: 'lines',
    signOut: 'itself',
  },
  'swagger-ui': {
    npm: 'swagger-ui-dist',
    file: 'swagger-ui.ts',
    shown: 'whole',
    refresh: 'never',
    revoke: 'never',
    signOut: 'never',
  },
} as const satisfies Record<string, MoreLibrary>

/** Those that the tests run unmodified in Node.js. */
export const serverLibraries = {
  'mcp-sdk': {
    npm: '@modelcontextprotocol/sdk',
    file: 'mcp-sdk.ts',
    shown: 'whole',
    refresh: 'itself',
    revoke: 'never',
    signOut: 'never',
  },
  'simple-oauth2': {
    npm: 'simple-oauth2',
    file: 'simple-oauth2.ts',
    shown: 'whole',
    refresh: 'itself',
    revoke: 'itself',
    signOut: 'never',
  },
  'auth-core': {
    npm: '@auth/core',
    file: 'auth-core.ts',
    shown: 'whole',
    refresh: 'never',
    revoke: 'never',
    signOut: 'never',
  },
} as const satisfies Record<string, MoreLibrary>

export type MoreLibraryName = keyof typeof moreLibraries
