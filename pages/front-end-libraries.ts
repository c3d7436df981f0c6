/** What is told of each library at a glance. */
export const columns = ['sign in', 'call', 'refresh', 'revoke', 'sign out'] as const
type Column = (typeof columns)[number]

/** A step of a front end that a library does not do by itself. */
export interface MissingStep {
  /** The column of the overview that it belongs to, where it has one. */
  readonly column?: Column
  readonly step: string
  /** Why, as it was seen when the library was run. */
  readonly reason: string
  /** What does the step in its place. */
  readonly instead: string
}

/** What a front-end developer must know of a library before it is pointed at the proxy. */
export interface Library {
  /** Its name in the npm registry. */
  readonly npm: string
  /** Its file under `examples/libraries/`, and under `before/` there. */
  readonly file: string
  readonly change: string
  /** What of a failure's `error`, `error_description` and `error_uri` reaches the developer. */
  readonly tells: 'everything' | 'error' | 'status'
  readonly failure: string
  readonly missing: Readonly<Record<string, MissingStep>>
}

const unreadFailure: MissingStep = {
  step: 'read a 5xx',
  reason: 'It takes only a 4xx for an OAuth error; of a 5xx its error names the status at most.',
  instead: 'The answer is the `cause` of the error, still unread, as in `explain`.',
}

const ownSignOut: MissingStep = {
  column: 'sign out',
  step: 'sign out',
  reason: "It has no sign-out, and Cognito's page wants `client_id` and `logout_uri`.",
  instead: 'Revoke, then go to the page with both, as the file does.',
}

/** The libraries that are run unmodified, in a real browser, through the proxy; in the order of the guide. */
export const libraries = {
  'oidc-client-ts': {
    npm: 'oidc-client-ts',
    file: 'oidc-client-ts.ts',
    change: '`authority` becomes the proxy, which answers discovery.',
    tells: 'everything',
    failure: '`ErrorResponse` with `error`, `error_description` and `error_uri`.',
    missing: {
      revoke_access_token: {
        step: 'revoke with its defaults',
        reason:
          '`revokeTokens()` sends the access token first; Cognito answers `unsupported_token_type`, and the refresh token is never sent. The same in react-oidc-context.',
        instead: "`revokeTokenTypes: ['refresh_token']`",
      },
    },
  },
  'react-oidc-context': {
    npm: 'react-oidc-context',
    file: 'react-oidc-context.tsx',
    change: '`authority` becomes the proxy, which answers discovery.',
    tells: 'everything',
    failure:
      '`auth.error`, whose message is `error_description`; its `innerError` is the `ErrorResponse` of oidc-client-ts.',
    missing: {},
  },
  oauth4webapi: {
    npm: 'oauth4webapi',
    file: 'oauth4webapi.ts',
    change: 'the document is fetched at the proxy; the issuer in it stays the user pool.',
    tells: 'everything',
    failure:
      '`ResponseBodyError` with `error` and `error_description`; `error_uri` in its `cause`. On a 5xx an error whose `cause` is the answer itself.',
    missing: {
      discover_by_issuer: {
        step: 'discover by issuer',
        reason:
          'Asked for the proxy as an issuer, it refuses the document: the issuer in it is the user pool.',
        instead: "`fetch` of the proxy's document, then `processDiscoveryResponse` as before.",
      },
      read_server_error: unreadFailure,
    },
  },
  'openid-client': {
    npm: 'openid-client',
    file: 'openid-client.ts',
    change: 'the address of the whole document at the proxy, in place of the issuer.',
    tells: 'everything',
    failure:
      '`ResponseBodyError` with `error` and `error_description`; `error_uri` in its `cause`. On a 5xx an error whose `cause` is the answer itself.',
    missing: {
      discover_by_issuer: {
        step: 'discover by issuer',
        reason:
          'Asked for the proxy as an issuer, it refuses the document: the issuer in it is the user pool.',
        instead: 'The address of the whole document, which it takes as it is.',
      },
      read_server_error: unreadFailure,
    },
  },
  'badgateway-oauth2-client': {
    npm: '@badgateway/oauth2-client',
    file: 'badgateway-oauth2-client.ts',
    change: '`server` and `discoveryEndpoint` become the proxy.',
    tells: 'everything',
    failure: '`OAuth2HttpError` with `oauth2Code`; all three fields in its `parsedBody`.',
    missing: {
      sign_out: ownSignOut,
    },
  },
  'openid-appauth': {
    npm: '@openid/appauth',
    file: 'openid-appauth.ts',
    change: 'the proxy in place of the issuer, in `fetchFromIssuer`.',
    tells: 'status',
    failure: '`AppAuthError`, whose message is the status of the answer and nothing else.',
    missing: {
      read_failure: {
        step: 'tell what went wrong',
        reason: 'It keeps the status of a failed answer, and throws its body away.',
        instead: 'Read the answer in the browser’s network log, or in the record of the request.',
      },
      find_code: {
        column: 'sign in',
        step: 'find the code',
        reason: 'It looks behind `#` in the address, where no code is.',
        instead: 'The five lines of `QueryInSearch`.',
      },
      sign_out: ownSignOut,
    },
  },
  'angular-oauth2-oidc': {
    npm: 'angular-oauth2-oidc',
    file: 'angular-oauth2-oidc.ts',
    change: 'the address of the document at the proxy; the issuer in it stays the user pool.',
    tells: 'everything',
    failure: '`HttpErrorResponse`; all three fields in its `error`.',
    missing: {
      revoke_and_log_out: {
        column: 'revoke',
        step: '`revokeTokenAndLogout`',
        reason:
          'It sends the access token too; Cognito answers `unsupported_token_type`, and the call fails before it signs out.',
        instead: 'Revoke the refresh token by `fetch`, then `logOut`.',
      },
    },
  },
  'aws-amplify': {
    npm: 'aws-amplify',
    file: 'aws-amplify.ts',
    change: "`domain` becomes the proxy's host: the drop-in domain.",
    tells: 'error',
    failure: 'The Hub event `signInWithRedirect_failure`, whose message is `error`.',
    missing: {
      read_failure: {
        step: 'tell what went wrong',
        reason: 'It looks for a field `error_message`, which OAuth does not have.',
        instead:
          'The message is `error`; read the rest in the browser’s network log, or in the record of the request.',
      },
      refresh: {
        column: 'refresh',
        step: 'refresh',
        reason:
          "It calls Cognito's own API, `GetTokensFromRefreshToken` at `cognito-idp.REGION.amazonaws.com`, without the secret; on `NotAuthorizedException` it drops all tokens, and the user is signed out when the first access token ends.",
        instead: '`refreshAtProxy()` of `aws-amplify-tokens.ts`.',
      },
      revoke: {
        column: 'revoke',
        step: 'revoke at sign-out',
        reason:
          "`signOut` calls Cognito's own API, `RevokeToken`, without the secret, and passes over a refusal: the refresh token lives on.",
        instead: '`revokeAtProxy()` of `aws-amplify-tokens.ts`, before `signOut`.',
      },
    },
  },
} as const satisfies Record<string, Library>

export type LibraryName = keyof typeof libraries
