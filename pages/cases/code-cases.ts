import { type PlayedCase, type PlayedWay, refusal, type Turn, tokens } from './case.ts'

const spent: Turn = { asks: 'code', answer: tokens() }
const refused: Turn = { asks: 'code', answer: refusal('invalid_grant') }

const twice: PlayedWay = {
  way: 'The same code is exchanged twice, the second time after the first.',
  turns: [spent, refused],
}

const twiceAtOnce: PlayedWay = {
  way: 'Both exchanges are sent at once and meet different sandboxes.',
  because:
    'Only a table that the sandboxes share (`TOKEN_PROXY_EVIDENCE_TABLE`) can tell one of the other.',
  turns: [spent, refused],
  isAtOnce: true,
}

/** What went wrong with an authorization code. */
export const codeCases: readonly PlayedCase[] = [
  {
    id: 'amplify-6347',
    inHand:
      'POST /oauth2/token\ngrant_type=authorization_code&code=11111111-2222-4333-8444-555555555555&client_id=demo&redirect_uri=https://app.example/&code_verifier=VERIFIER\n200\nPOST /oauth2/token\ngrant_type=authorization_code&code=11111111-2222-4333-8444-555555555555&client_id=demo&redirect_uri=https://app.example/\n400 invalid_grant',
    source: 'https://github.com/aws-amplify/amplify-js/issues/6347',
    reported: 'A library exchanged one code twice, the second time without its verifier.',
    cause: 'code_already_used',
    isConfirmed: true,
    ways: [
      {
        way: 'The same code is exchanged twice, the second time without a verifier.',
        turns: [spent, { asks: 'code', form: { code_verifier: undefined } }],
        ours: 'pkce_verifier_missing',
      },
      { ...twice, way: 'The same code is exchanged twice, both times with the verifier.' },
    ],
  },
  {
    id: 'amplify-hosting-107',
    inHand: '[ERROR] OAuth - Error handling auth response. Error: invalid_grant',
    source: 'https://github.com/aws-amplify/amplify-hosting/issues/107',
    reported: 'A library was configured twice, so that two handlers took up the same code.',
    cause: 'code_already_used',
    isConfirmed: true,
    ways: [twice, twiceAtOnce],
  },
  {
    id: 'rds-dash-pkce',
    inHand:
      'Token exchange failed: invalid_grant. The code_verifier has 128 characters, is that too long?',
    source:
      'https://github.com/tb-repo/rds-operations-dashboard/blob/HEAD/.archive/sessions/AUTH-PKCE-FIX-SUMMARY.md',
    reported: 'A verifier of 128 characters was blamed, and then the page had used its code twice.',
    cause: 'code_already_used',
    isConfirmed: false,
    ways: [
      {
        way: 'The same code is exchanged twice, both times with a verifier of 128 characters.',
        turns: [spent, refused].map((turn) => ({
          ...turn,
          form: { code_verifier: 'v'.repeat(128) },
        })),
      },
    ],
  },
  {
    id: 'idx-52510335469',
    inHand:
      'Callback page in React Strict Mode: the code exchange fails with invalid_grant in development only',
    source: 'a public repository: sign-in callback of a React app',
    reported: 'A strict development mode started the page twice, and each start sent the code.',
    cause: 'code_already_used',
    isConfirmed: false,
    ways: [twice, twiceAtOnce],
  },
  {
    id: 'amplify-3785',
    inHand: 'Google sign-in works, and then: [WARN] Error: invalid_grant',
    source: 'https://github.com/aws-amplify/amplify-js/issues/3785',
    reported: 'Sign-in succeeded, and a handler that fired several times sent the code again.',
    cause: 'code_already_used',
    isConfirmed: false,
    ways: [{ way: 'The same code is exchanged three times.', turns: [spent, refused, refused] }],
  },
  {
    id: 'amplify-6991',
    inHand:
      'Coming from the consent page of another service: 400 invalid_grant; a reload of the page helps',
    source: 'https://github.com/aws-amplify/amplify-js/issues/6991',
    reported: "Another service's redirect also carried a code, and the library sent that one.",
    cause: 'foreign_code',
    isConfirmed: false,
    ways: [
      {
        way: "The front end sends another service's code.",
        turns: [{ ...refused, form: { code: 'f1d2d2f924e986ac86fdf7b36c94bcdf' } }],
      },
    ],
  },
  {
    id: 'edge-134',
    inHand:
      'Failed to exchange authorization code for tokens: Error: Request failed with status code 400',
    source: 'https://github.com/aws-samples/cloudfront-authorization-at-edge/issues/134',
    reported: 'A SAML sign-in failed at the exchange until NameID was mapped to the email.',
    cause: 'idp_attribute_mapping',
    isConfirmed: true,
    ways: [
      {
        way: "A fresh code is refused. Cognito's word was not reported; it is played as invalid_grant.",
        turns: [refused],
        state: { client: { supportedIdentityProviders: ['SamlProvider'] } },
      },
    ],
  },
  {
    id: 'idx-56117349222',
    inHand: 'OAuth proxy of an MCP server: the exchange of the code fails with invalid_grant',
    source: 'a public repository: Cognito proxy of an MCP framework',
    reported:
      'Sign-in named a resource without a resource server, and the exchange was refused later.',
    cause: 'resource_server_missing',
    isConfirmed: false,
    ways: [
      {
        way: 'A fresh code is refused; the front end sends scope and resource along, which do not travel on.',
        turns: [{ ...refused, form: { scope: 'openid', resource: 'https://mcp.example/' } }],
      },
    ],
  },
  {
    id: 'claude-code-90190',
    inHand: 'Sign-in without scope works, then the token exchange says invalid_grant',
    source: 'https://github.com/anthropics/claude-code/issues/90190',
    reported: 'Sign-in named no scope, and the code that came of it was refused.',
    cause: 'scope_claims_unreadable',
    isConfirmed: false,
    ways: [
      {
        way: 'A fresh code is refused; the app client may not read what its scopes cover.',
        turns: [refused],
        state: {
          client: { allowedOAuthScopes: ['openid', 'email', 'phone'], readAttributes: ['email'] },
        },
      },
    ],
  },
]
