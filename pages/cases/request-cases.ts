import { type PlayedCase, refusal, tokens } from './case.ts'

/** What went wrong with the request itself, on the way, or after the exchange. */
export const requestCases: readonly PlayedCase[] = [
  {
    id: 'auth-js-52-405-content-type',
    inHand:
      "HTTP/1.1 405, content-length: 0\ncurl -X POST https://demo.auth.us-east-1.amazoncognito.com/oauth2/token -H \"Content-Type: 'application/x-www-form-urlencoded'\" -H 'Authorization: Basic ZGVtbzpkZW1vLXNlY3JldC1vZi1hLXRlc3Q=' -d 'grant_type=authorization_code&code=CODE&redirect_uri=https://app.example/cb&client_id=demo'",
    source: 'https://github.com/amazon-archives/amazon-cognito-auth-js/issues/52',
    reported:
      'The quotes of a sample were copied into the Content-Type header, and Cognito answered an empty 405.',
    cause: 'bad_content_type',
    isConfirmed: false,
    ways: [
      {
        way: 'The front end sends the media type in quotes.',
        turns: [
          { asks: 'code', headers: { 'content-type': "'application/x-www-form-urlencoded'" } },
        ],
      },
      {
        way: 'The front end sends the media type with a charset, as many libraries do.',
        turns: [
          {
            asks: 'code',
            headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
            answer: tokens(),
          },
        ],
        prevention: 'form_type_rebuilt',
      },
    ],
  },
  {
    id: 'swissgeol-247',
    inHand:
      "400 Bad Request\nfetch('https://demo.auth.eu-central-1.amazoncognito.com/oauth2/token', { method: 'POST', body: 'grant_type=authorization_code&code=CODE&redirect_url=https://app.example/' })",
    source: 'https://github.com/swisstopo/swissgeol-viewer-suite/pull/247',
    reported: 'A token request had no client_id, and redirect_uri under a wrong name.',
    cause: 'client_id_missing',
    isConfirmed: false,
    ways: [
      {
        way: 'The front end sends no client_id, and redirect_url for redirect_uri.',
        turns: [
          {
            asks: 'code',
            form: {
              client_id: undefined,
              redirect_uri: undefined,
              redirect_url: 'https://app.example/callback',
            },
          },
        ],
      },
      {
        way: 'The front end sends client_id, and still redirect_url for redirect_uri.',
        turns: [
          {
            asks: 'code',
            form: { redirect_uri: undefined, redirect_url: 'https://app.example/callback' },
          },
        ],
      },
    ],
  },
  {
    id: 'nuxt-195',
    inHand: 'GET https://demo.auth.us-east-1.amazoncognito.com/oauth2/token 400',
    source: 'https://github.com/nuxt-community/auth-module/issues/195',
    reported: 'A library was given the token address as its user-info address, and sent a GET.',
    cause: 'wrong_method',
    isConfirmed: false,
    ways: [{ way: 'The front end sends a GET.', turns: [{ asks: 'code', isGet: true }] }],
  },
  {
    id: 'idx-71388058873',
    inHand: 'Sign-in stopped: no code_verifier found in session storage',
    source: 'a public repository: sign-in of a single-page app',
    reported: 'The verifier was gone after a reload, or another tab had used it up.',
    cause: 'pkce_verifier_missing',
    isConfirmed: false,
    ways: [
      {
        way: 'The front end sends the code without a verifier.',
        turns: [{ asks: 'code', form: { code_verifier: undefined } }],
      },
    ],
  },
  {
    id: 'so-50264679',
    inHand:
      'curl -X POST https://demo.auth.us-east-1.amazoncognito.com/oauth2/token -H \'Content-Type: application/x-www-form-urlencoded\' -d \'grant_type=authorization_code&client_id=demo&code=CODE&redirect_uri=https://localhost\'\n{"error":"unauthorized_client"}',
    source:
      'https://stackoverflow.com/questions/50264679/aws-cognito-unauthorized-client-error-when-hitting-oauth2-token',
    reported:
      'A fresh code was refused until the redirect URI got the slash at its end that sign-in had.',
    cause: 'redirect_uri_mismatch',
    isConfirmed: true,
    ways: [
      {
        way: 'The front end leaves out the slash that the configured redirect URI has.',
        turns: [{ asks: 'code', form: { redirect_uri: 'https://localhost' } }],
        settings: { redirectUris: ['https://localhost/'] },
        ours: 'redirect_uri_not_allowed',
      },
      {
        way: 'Both forms, with and without the slash, are configured and registered; sign-in had the other one.',
        turns: [{ asks: 'code', answer: refusal('unauthorized_client') }],
        settings: { redirectUris: ['https://localhost', 'https://localhost/'] },
        state: { client: { callbackUrls: ['https://localhost', 'https://localhost/'] } },
      },
      {
        way: 'The user pool and sign-in have the slash; the settings of the proxy and the exchange do not.',
        because:
          'What is configured is not registered, and the runbook page says how to find out which of the two to correct. It is not proved: sign-in may have begun with the registered one, as it did here.',
        turns: [{ asks: 'code', answer: refusal('unauthorized_client') }],
        settings: { redirectUris: ['https://localhost'] },
        state: { client: { callbackUrls: ['https://localhost/'] } },
        ours: 'callback_not_registered',
      },
      {
        way: 'Cognito says unauthorized_client, and the user pool does not let itself be described.',
        turns: [{ asks: 'code', answer: refusal('unauthorized_client') }],
        state: 'unreadable',
      },
    ],
  },
  {
    id: 'awssamples-edge-264',
    inHand:
      'The token request of our Lambda@Edge function gets 403 Forbidden, and the log of the web ACL names NoUserAgent_HEADER',
    source: 'https://github.com/aws-samples/cloudfront-authorization-at-edge/issues/264',
    reported: 'A server asked for tokens without a User-Agent, and a web ACL blocked it.',
    cause: 'waf_blocked',
    isConfirmed: true,
    ways: [
      {
        way: 'The front end sends an empty User-Agent.',
        turns: [{ asks: 'code', headers: { 'user-agent': '' }, answer: tokens() }],
        prevention: 'user_agent_always_sent',
      },
      {
        way: 'Another rule of the web ACL blocks the proxy.',
        turns: [{ asks: 'code', answer: { status: 403, body: '<html>Forbidden</html>' } }],
      },
    ],
  },
  {
    id: 'claude-code-35846',
    inHand: 'Incompatible auth server: no code_challenge_methods_supported in the metadata',
    source: 'https://github.com/anthropics/claude-code/issues/35846',
    reported:
      "A client gave up because Cognito's discovery document does not say that PKCE is taken.",
    cause: 'client_library_discovery',
    isConfirmed: false,
    ways: [
      {
        way: 'The exchange that the client never sent: a code and its S256 verifier.',
        turns: [{ asks: 'code', answer: tokens() }],
        because: 'The exchange works; give such a client its endpoints by hand.',
      },
    ],
  },
  {
    id: 'oauth2proxy-bkpr-424',
    inHand: 'error: id_token did not contain an email',
    source: 'https://github.com/vmware-archive/kube-prod-runtime/issues/424',
    reported: 'The tokens came, and the ID token had no email, since the user had none.',
    cause: 'user_missing_attribute',
    isConfirmed: true,
    ways: [
      {
        way: 'Cognito answers with tokens whose claims are not looked at.',
        turns: [{ asks: 'code', answer: tokens() }],
        because: 'The tokens are handed on as they are; set the attribute of the user.',
      },
    ],
  },
]
