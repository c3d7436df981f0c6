import { type PlayedCase, refusal, tokens } from './case.ts'

const redirect = 'https://app.example/callback'

/** What front ends and apps send that others do not: credentials, URIs, a resource, two refreshes at once. */
export const callerCases: readonly PlayedCase[] = [
  {
    id: 'auth-js-58',
    inHand:
      'https://demo.auth.us-east-1.amazoncognito.com/error?error=redirect_mismatch&client_id=demo',
    source: 'https://github.com/amazon-archives/amazon-cognito-auth-js/issues/58',
    reported: 'A callback URL had a query of its own.',
    cause: 'redirect_uri_not_listed',
    isConfirmed: false,
    ways: [
      {
        way: 'The query of the redirect URI has another value than the configured one.',
        turns: [{ asks: 'code', form: { redirect_uri: `${redirect}?tenant=b` } }],
        settings: { redirectUris: [`${redirect}?tenant=a`] },
      },
    ],
  },
  {
    id: 'umccr-597',
    inHand: 'The second front end ends at /error?error=redirect_mismatch',
    source: 'https://github.com/umccr/infrastructure/pull/597',
    reported: 'Front ends at several paths of one host shared an app client.',
    cause: 'redirect_uri_not_listed',
    isConfirmed: true,
    ways: [
      {
        way: 'The redirect URI has a path that is not configured.',
        turns: [{ asks: 'code', form: { redirect_uri: 'https://app.example/other' } }],
      },
    ],
  },
  {
    id: 'toolhive-4149',
    inHand:
      'POST /oauth2/token\nAuthorization: Basic ZGVtb2NsaWVudDo=\ngrant_type=authorization_code&code=CODE&redirect_uri=http://127.0.0.1:8080/&code_verifier=VERIFIER\n400 {"error":"invalid_client"}',
    source: 'https://github.com/stacklok/toolhive/issues/4149',
    reported: 'A library first tried a Basic header with an empty secret, and the code was lost.',
    cause: 'empty_secret',
    isConfirmed: true,
    ways: [
      {
        way: 'The app names itself by a Basic header with an empty secret, and sends a sound code.',
        turns: [{ asks: 'code', authorization: 'empty_secret', answer: tokens() }],
        because: 'An empty secret is none, so that the first try is the one that works.',
      },
    ],
  },
  {
    id: 'angular-oauth2-69',
    inHand:
      'POST https://demo.auth.us-east-1.amazoncognito.com/oauth2/token\nAuthorization: Bearer TOKEN\ngrant_type=refresh_token&client_id=demo&refresh_token=TOKEN\n400',
    source: 'https://github.com/oauthjs/angular-oauth2/issues/69',
    reported: 'An interceptor added the access token to every call, including the refresh.',
    cause: 'caller_credentials',
    isConfirmed: true,
    ways: [
      {
        way: 'The refresh has the header Authorization: Bearer.',
        turns: [{ asks: 'refresh', headers: { authorization: 'Bearer access.token.value' } }],
      },
    ],
  },
  {
    id: 'identityserver4-4008',
    inHand:
      'Angular app, network tab: POST /oauth2/token 400\norigin: https://app.example\ngrant_type=authorization_code&client_id=demo&client_secret=dummy-of-the-table&code=CODE&redirect_uri=https://app.example/\n{"error":"invalid_client"}',
    source: 'https://github.com/DuendeArchive/IdentityServer4/issues/4008',
    reported: 'A front end sent a secret where its library asks for a placeholder.',
    cause: 'caller_credentials',
    isConfirmed: false,
    ways: [
      {
        way: 'The front end sends client_secret.',
        turns: [{ asks: 'code', form: { client_secret: 'somethingElse' } }],
      },
    ],
  },
  {
    id: 'crudauth-13',
    inHand:
      'grant_type=authorization_code&client_id=demo&client_secret=&code=CODE&redirect_uri=https://app.example/&code_verifier=VERIFIER\n{"error":"invalid_client"}',
    source: 'https://github.com/benavlabs/crudauth/pull/13',
    reported: 'A public client sent client_secret with nothing in it.',
    cause: 'empty_secret',
    isConfirmed: true,
    ways: [
      {
        way: 'The front end sends an empty client_secret with a sound code.',
        turns: [{ asks: 'code', form: { client_secret: '' }, answer: tokens() }],
        because: 'An empty parameter counts as absent (RFC 6749 section 3.2).',
      },
    ],
  },
  {
    id: 'duende-966',
    inHand: 'Two calls refresh at once, and the slower one gets 400 {"error":"invalid_grant"}',
    source: 'https://github.com/DuendeArchive/Support/issues/966',
    reported:
      'Several calls refreshed at once with one token; the slower ones signed the user out.',
    cause: 'refresh_token_rotated_out',
    isConfirmed: true,
    ways: [
      {
        way: 'The same token is refreshed twice, the second time after the first; the app client rotates without a grace period.',
        turns: [
          { asks: 'refresh', answer: tokens({ refresh_token: 'successor.one' }) },
          { asks: 'refresh', answer: refusal('invalid_grant') },
        ],
        settings: { refreshTokenRotation: 'on' },
        state: { client: { refreshTokenRotation: { retryGracePeriodSeconds: 0 } } },
      },
      {
        way: 'Both refreshes are sent at once and reach different sandboxes.',
        turns: [
          { asks: 'refresh', answer: tokens({ refresh_token: 'successor.one' }) },
          { asks: 'refresh', answer: refusal('invalid_grant') },
        ],
        isAtOnce: true,
        settings: { refreshTokenRotation: 'on' },
        state: { client: { refreshTokenRotation: { retryGracePeriodSeconds: 0 } } },
      },
    ],
  },
  {
    id: 'mcp-resource',
    inHand:
      'GET https://demo.auth.us-east-1.amazoncognito.com/oauth2/authorize?client_id=demo&response_type=code&resource=https://mcp.example/\nthen the code exchange: {"error":"invalid_grant"}',
    source: 'https://github.com/empires-security/mcp-oauth2-aws-cognito/pull/2',
    reported: 'MCP clients name a resource, for which Cognito wants a resource server.',
    cause: 'resource_server_missing',
    isConfirmed: false,
    ways: [
      {
        way: 'Sign-in and exchange name a resource that the user pool does not have, and the code is refused.',
        turns: [
          {
            asks: 'code',
            form: { resource: 'https://mcp.example/' },
            answer: refusal('invalid_grant'),
          },
        ],
      },
      {
        way: 'The client begins sign-in at the proxy, whose settings say to drop the resource.',
        turns: [
          {
            asks: 'authorize',
            form: { resource: 'https://mcp.example/', scope: 'openid', response_type: 'code' },
          },
        ],
        settings: { dropResource: true },
        prevention: 'resource_dropped',
      },
    ],
  },
  {
    id: 'soofstad-51',
    inHand:
      "GET https://demo.auth.us-east-1.amazoncognito.com/logout?client_id=demo&post_logout_redirect_uri=https://app.example/\nRequired String parameter 'redirect_uri' is not present",
    source: 'https://github.com/soofstad/react-oauth2-pkce/issues/51',
    reported: "A library signed out with the standard's parameters, and Cognito missed its own.",
    cause: 'logout_parameters',
    isConfirmed: true,
    ways: [
      {
        way: 'The front end opens /logout at the proxy with client_id and post_logout_redirect_uri.',
        turns: [{ asks: 'logout', form: { post_logout_redirect_uri: 'https://app.example/' } }],
        settings: { logoutUris: ['https://app.example/'] },
        prevention: 'logout_translated',
      },
    ],
  },
  {
    id: 'angular-2063',
    inHand:
      'https://demo.auth.us-east-1.amazoncognito.com/oauth2/authorize?client_id=demo&response_type=code&scope=openid%20offline_access\nhttps://app.example/?error=invalid_scope',
    source: 'https://github.com/damienbod/angular-auth-oidc-client/issues/2063',
    reported: 'A library asks for offline_access, for which Cognito refuses the whole sign-in.',
    cause: 'scope_unknown',
    isConfirmed: true,
    ways: [
      {
        way: 'Sign-in begins at the proxy, whose settings say to drop that scope.',
        turns: [
          { asks: 'authorize', form: { scope: 'openid offline_access', response_type: 'code' } },
        ],
        settings: { droppedScopes: ['offline_access'] },
        prevention: 'scope_dropped',
      },
    ],
  },
  {
    id: 'cloudposse-25',
    inHand:
      "Access to fetch at 'https://cdn.example/oauth2/token' from origin 'https://app.example' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present",
    source: 'https://github.com/cloudposse/terraform-aws-cloudfront-s3-cdn/pull/25',
    reported: 'A distribution did not forward Origin.',
    cause: 'origin_not_forwarded',
    isConfirmed: true,
    ways: [
      {
        way: 'The request has no Origin, and came through CloudFront.',
        turns: [
          {
            asks: 'code',
            headers: { origin: undefined, via: '2.0 0123abcd.cloudfront.net (CloudFront)' },
          },
        ],
      },
    ],
  },
  {
    id: 'expo-5774',
    inHand: 'The browser of the phone shows error=redirect_mismatch for exp://127.0.0.1:19000',
    source: 'https://github.com/aws-amplify/amplify-js/issues/5774',
    reported: 'An app framework has redirect URIs of three kinds.',
    cause: 'native_redirect',
    isConfirmed: false,
    ways: ['exp://127.0.0.1:19000/--/', 'https://auth.expo.example/app', 'myapp://'].map((uri) => ({
      way: `The app signs in with the redirect URI ${uri}.`,
      turns: [{ asks: 'code', headers: { origin: undefined }, answer: tokens() }] as const,
      settings: { origins: [], allowNoOrigin: true, redirectUris: [uri] },
      because: 'All three kinds can be configured.',
    })),
  },
]
