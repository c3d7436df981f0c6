/** The columns of the overview of all libraries. */
export const columns = ['sign in', 'call', 'refresh', 'revoke', 'sign out'] as const
type Column = (typeof columns)[number]

/** A step of a front end that a library does not do by itself. */
export interface MissingStep {
  /** The column of the overview that it belongs to, if there is one. */
  readonly column?: Column
  readonly step: string
  /** Why, as seen when the library ran. */
  readonly reason: string
  /** How to do the step instead. */
  readonly instead: string
}

/** What a front-end developer must know about a library before using it with the proxy. */
export interface Library {
  /** Its name in the npm registry. */
  readonly npm: string
  /** Its file under `examples/libraries/`, and under `before/` there. */
  readonly file: string
  /** Which of `error`, `error_description` and `error_uri` of a failure reach the developer. */
  readonly tells: 'everything' | 'error' | 'status'
  readonly missing: Readonly<Record<string, MissingStep>>
}

const unreadFailure: MissingStep = {
  step: 'read a 5xx',
  reason: 'It treats only a 4xx as an OAuth error. On a 5xx, its error has the status at most.',
  instead: 'The unread response is the `cause` of the error; read it as `explain` does.',
}

const ownSignOut: MissingStep = {
  column: 'sign out',
  step: 'sign out',
  reason: "It has no sign-out, and Cognito's logout page needs `client_id` and `logout_uri`.",
  instead: 'Revoke, then open the page with both parameters, as the file does.',
}

/** The libraries that the tests run unmodified in a real browser through the proxy, in the order of the guide. */
export const libraries = {
  'oidc-client-ts': {
    npm: 'oidc-client-ts',
    file: 'oidc-client-ts.ts',
    tells: 'everything',
    missing: {
      revoke_access_token: {
        step: 'revoke with its defaults',
        reason:
          '`revokeTokens()` sends the access token first. Cognito answers `unsupported_token_type`, and the refresh token is never sent. react-oidc-context does the same.',
        instead: "Set `revokeTokenTypes: ['refresh_token']`.",
      },
    },
  },
  'react-oidc-context': {
    npm: 'react-oidc-context',
    file: 'react-oidc-context.tsx',
    tells: 'everything',
    missing: {},
  },
  oauth4webapi: {
    npm: 'oauth4webapi',
    file: 'oauth4webapi.ts',
    tells: 'everything',
    missing: {
      discover_by_issuer: {
        step: 'discover by issuer',
        reason:
          'With the proxy as the issuer, it rejects the document, because the issuer in it is the user pool.',
        instead:
          '`fetch` the document of the proxy, then call `processDiscoveryResponse` as before.',
      },
      read_server_error: unreadFailure,
    },
  },
  'openid-client': {
    npm: 'openid-client',
    file: 'openid-client.ts',
    tells: 'everything',
    missing: {
      discover_by_issuer: {
        step: 'discover by issuer',
        reason:
          'With the proxy as the issuer, it rejects the document, because the issuer in it is the user pool.',
        instead: 'Pass the address of the whole document, which it uses unchanged.',
      },
      read_server_error: unreadFailure,
    },
  },
  'badgateway-oauth2-client': {
    npm: '@badgateway/oauth2-client',
    file: 'badgateway-oauth2-client.ts',
    tells: 'everything',
    missing: {
      sign_out: ownSignOut,
    },
  },
  'openid-appauth': {
    npm: '@openid/appauth',
    file: 'openid-appauth.ts',
    tells: 'status',
    missing: {
      read_failure: {
        step: 'report what went wrong',
        reason: 'It keeps the status of a failed response and discards its body.',
        instead:
          'Read the response in the network tab of the browser, or the record of the request.',
      },
      find_code: {
        column: 'sign in',
        step: 'find the code',
        reason: 'It looks for the code after `#` in the address, where it is not.',
        instead: 'Use the five lines of `QueryInSearch`.',
      },
      sign_out: ownSignOut,
    },
  },
  'angular-oauth2-oidc': {
    npm: 'angular-oauth2-oidc',
    file: 'angular-oauth2-oidc.ts',
    tells: 'everything',
    missing: {
      revoke_and_log_out: {
        column: 'revoke',
        step: '`revokeTokenAndLogout`',
        reason:
          'It also sends the access token. Cognito answers `unsupported_token_type`, and the call fails before it signs out.',
        instead: 'Revoke the refresh token with `fetch`, then call `logOut`.',
      },
    },
  },
  'aws-amplify': {
    npm: 'aws-amplify',
    file: 'aws-amplify.ts',
    tells: 'error',
    missing: {
      read_failure: {
        step: 'report what went wrong',
        reason: 'It looks for a field `error_message`, which OAuth does not define.',
        instead:
          'The message is `error`. Read the rest in the network tab of the browser, or in the record of the request.',
      },
      refresh: {
        column: 'refresh',
        step: 'refresh',
        reason:
          "It calls Cognito's own API, `GetTokensFromRefreshToken` at `cognito-idp.REGION.amazonaws.com`, without the secret. On `NotAuthorizedException` it deletes all tokens, so the user is signed out when the first access token expires.",
        instead: 'Call `refreshAtProxy()` of `aws-amplify-tokens.ts`.',
      },
      revoke: {
        column: 'revoke',
        step: 'revoke at sign-out',
        reason:
          "`signOut` calls Cognito's own API, `RevokeToken`, without the secret, and ignores a refusal: the refresh token stays valid.",
        instead: 'Call `revokeAtProxy()` of `aws-amplify-tokens.ts` before `signOut`.',
      },
    },
  },
} as const satisfies Record<string, Library>

export type LibraryName = keyof typeof libraries
