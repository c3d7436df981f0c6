import { type PlayedCase, type PlayedWay, refusal, tokens } from './case.ts'

/** A public client's request, which Cognito gets with the secret added. */
const withoutSecret: PlayedWay = {
  way: 'The front end sends a code and its verifier, and no credentials.',
  turns: [{ asks: 'code', answer: tokens() }],
  prevention: 'basic_made_by_proxy',
}

const basic = 'Basic Y2xpZW50OnNlY3JldA=='

/** What went wrong with the app client: its secret, its grants, or where the proxy stood in the way. */
export const clientCases: readonly PlayedCase[] = [
  {
    id: 'idx-18333087839-secret',
    inHand:
      'POST https://us-east-2demo.auth.us-east-2.amazoncognito.com/oauth2/token 400 (Bad Request)',
    source: 'a public repository: notes of a Blazor project',
    reported: 'The console made an app client with a secret, which a browser app cannot send.',
    cause: 'client_secret_missing',
    isConfirmed: true,
    ways: [withoutSecret],
  },
  {
    id: 'android-samples-146',
    inHand: 'The token call of the sample answers 400; the app has a client id and no secret',
    source: 'https://github.com/awslabs/aws-sdk-android-samples/pull/146',
    reported: 'A mobile sample got 400 until it was given the secret of its app client.',
    cause: 'client_secret_missing',
    isConfirmed: true,
    ways: [withoutSecret],
  },
  {
    id: 'android-samples-152',
    inHand: 'The demo app of the Android SDK: invalid_client',
    source: 'https://github.com/awslabs/aws-sdk-android-samples/issues/152',
    reported: 'A mobile demo left out the secret of a confidential client.',
    cause: 'client_secret_missing',
    isConfirmed: false,
    ways: [withoutSecret],
  },
  {
    id: 'argo-9639',
    inHand:
      'argocd login --sso: oauth2: cannot fetch token: 400 Bad Request, Response: {"error":"invalid_client"}; redirect http://localhost:8085/auth/callback',
    source: 'https://github.com/argoproj/argo-cd/issues/9639',
    reported:
      'A command line tool used PKCE and no secret with the confidential client of its web page.',
    cause: 'client_secret_missing',
    isConfirmed: false,
    ways: [
      {
        ...withoutSecret,
        way: 'The tool sends a code, its verifier and a loopback redirect URI; no origin, no credentials.',
        turns: [{ asks: 'code', headers: { origin: undefined }, answer: tokens() }],
        settings: {
          origins: [],
          allowNoOrigin: true,
          redirectUris: ['http://localhost:8085/auth/callback'],
        },
      },
    ],
  },
  {
    id: 'oauth2-rs-64',
    inHand:
      'The server returned unathorized_client; the header is Authorization: Basic ZGVtbzphJTJCYg==',
    source: 'https://github.com/ramosbugs/oauth2-rs/issues/64',
    reported: 'A library percent-encoded id and secret before base64, and Cognito refused them.',
    cause: 'malformed_basic_header',
    isConfirmed: false,
    ways: [
      {
        way: 'The front end sends no credentials; the stored secret has a character that an encoder would change.',
        turns: [{ asks: 'code', answer: tokens() }],
        prevention: 'basic_made_by_proxy',
      },
    ],
  },
  {
    id: 'idx-55209055806',
    inHand:
      'curl -u "$ID:$SECRET" -d grant_type=client_credentials https://demo.auth.us-east-1.amazoncognito.com/oauth2/token answers invalid_client',
    source: 'a public repository: runbook of a football API',
    reported: 'A machine client got invalid_client because its secret was a wrong one.',
    cause: 'client_secret_mismatch',
    isConfirmed: false,
    ways: [
      {
        way: 'The client sends the machine grant with its own Basic header.',
        turns: [
          {
            asks: 'code',
            form: { grant_type: 'client_credentials' },
            headers: { authorization: basic },
          },
        ],
        ours: 'caller_sent_credentials',
        because: 'A client that has a secret needs no proxy.',
      },
      {
        way: 'A code is exchanged while the stored secret is not the one that the user pool has.',
        turns: [{ asks: 'code', answer: refusal('invalid_client') }],
        state: {
          client: {
            secrets: [
              { id: 'case--2', value: 'anotherSecretOfTheSameAppClient', createdAtSeconds: 2 },
            ],
          },
        },
      },
    ],
  },
  {
    id: 'flask-cognito-17',
    inHand: '{ "error": "invalid_client" } for whatever Authorization header the test sends',
    source: 'https://github.com/mblackgeo/flask-cognito-lib/pull/17',
    reported:
      'An app client without a secret refused every Authorization header; leaving it out helped.',
    cause: 'secret_sent_for_public_client',
    isConfirmed: true,
    ways: [
      {
        way: 'The front end sends an Authorization header.',
        turns: [{ asks: 'code', headers: { authorization: basic } }],
        ours: 'caller_sent_credentials',
      },
      {
        way: 'The proxy is configured with an app client that has no secret.',
        turns: [{ asks: 'code', answer: refusal('invalid_client') }],
        state: { client: { secrets: [] } },
      },
    ],
  },
  {
    id: 'repost-password-grant',
    inHand:
      'grant_type=client_credentials&client_id=demo&username=ada&password=PASSWORD\n{"error":"invalid_scope"}',
    source:
      'https://repost.aws/questions/QUnhrxb08MRJaH7hIRtUnCKA/oauth-password-grant-type-with-cognito',
    reported: "A machine grant was sent with a user's name and password, to sign the user in.",
    cause: 'no_custom_scopes_for_client_credentials',
    isConfirmed: false,
    ways: [
      {
        way: 'The client sends the machine grant with username and password.',
        turns: [
          {
            asks: 'code',
            form: { grant_type: 'client_credentials', username: 'ada', password: 'correct-horse' },
          },
        ],
        ours: 'caller_sent_credentials',
      },
      {
        way: 'The client sends the machine grant by itself.',
        turns: [{ asks: 'code', form: { grant_type: 'client_credentials' } }],
      },
    ],
  },
  {
    id: 'boto3-3916',
    inHand:
      'App client made with boto3, AllowedOAuthFlows client_credentials. Error: invalid_grant',
    source: 'https://github.com/boto/boto3/issues/3916',
    reported: 'An app client made through the API was refused until the console saved it again.',
    cause: 'oauth_flows_not_enabled_on_client',
    isConfirmed: false,
    ways: [
      {
        way: 'The client sends the machine grant.',
        turns: [{ asks: 'code', form: { grant_type: 'client_credentials' } }],
        ours: 'grant_type_unsupported',
        because: 'The proxy carries no machine grant.',
      },
      {
        way: 'A code is exchanged while `AllowedOAuthFlowsUserPoolClient` is false, and Cognito says invalid_grant, as was reported.',
        turns: [{ asks: 'code', answer: refusal('invalid_grant') }],
        state: { client: { allowedOAuthFlowsUserPoolClient: false } },
      },
      {
        way: 'A code is exchanged in the same state, and Cognito says unauthorized_client.',
        turns: [{ asks: 'code', answer: refusal('unauthorized_client') }],
        state: { client: { allowedOAuthFlowsUserPoolClient: false } },
      },
    ],
  },
]
