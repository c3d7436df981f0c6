import type { OAuthClientProvider } from '@modelcontextprotocol/sdk/client/auth.js'
import type { OAuthTokens } from '@modelcontextprotocol/sdk/shared/auth.js'

/** The app client that the MCP client has at the user pool. */
export interface McpSettings {
  readonly clientId: string
  readonly callback: string
  /** Opens the sign-in page in the user's browser. */
  readonly openBrowser: (address: URL) => void
}

/** An MCP client with an app client of its own. It does not register itself. */
export function toProvider({ clientId, callback, openBrowser }: McpSettings): OAuthClientProvider {
  let verifier = ''
  let tokens: OAuthTokens | undefined
  return {
    redirectUrl: callback,
    clientMetadata: { redirect_uris: [callback], scope: 'openid email profile' },
    clientInformation: () => ({ client_id: clientId }),
    // Left out, the SDK names the MCP server as `resource`, which the user pool may not know.
    validateResourceURL: async () => undefined,
    redirectToAuthorization: openBrowser,
    saveCodeVerifier: (made) => {
      verifier = made
    },
    codeVerifier: () => verifier,
    saveTokens: (given) => {
      tokens = given
    },
    tokens: () => tokens,
  }
}
