import { type PlayedCase, type PlayedWay, refusal, type Turn } from './case.ts'

/** Nothing is known of the pool in these reports, so that nothing of it is made up here. */
function blind(word: string, asks: Turn['asks'] = 'code'): PlayedWay {
  return {
    way: `Cognito says ${word}; nothing is known of the user pool.`,
    turns: [{ asks, answer: refusal(word) }],
    state: 'unreadable',
  }
}

/** What nobody has found out, or not in public. */
export const unknownCases: readonly PlayedCase[] = [
  {
    id: 'edge-152',
    inHand: 'Failed to exchange authorization code for tokens: Error: Status is 400, expected 200',
    source: 'https://github.com/aws-samples/cloudfront-authorization-at-edge/issues/152',
    reported: 'An exchange got 400 in a new account; the log did not say with which word.',
    cause: 'unknown',
    isConfirmed: false,
    ways: ['invalid_request', 'invalid_client', 'invalid_grant', 'unauthorized_client'].map(
      (word) => blind(word),
    ),
  },
  {
    id: 'extidp-113',
    inHand: 'PKCE Error',
    source: 'https://github.com/aws-samples/amazon-cognito-example-for-external-idp/issues/113',
    reported: 'A sample with a public client no longer gets through PKCE.',
    cause: 'unknown',
    isConfirmed: false,
    ways: [blind('invalid_grant')],
  },
  {
    id: 'amplify-5829',
    inHand: 'OAuth - Error handling auth response. Error: invalid_grant',
    source: 'https://github.com/aws-amplify/amplify-js/issues/5829',
    reported: 'An exchange fails now and then after the sign-in page.',
    cause: 'unknown',
    isConfirmed: false,
    ways: [blind('invalid_grant')],
  },
  {
    id: 'vouch-237',
    inHand: 'oauth2: cannot fetch token: 400 Bad Request, Response: {"error":"invalid_grant"}',
    source: 'https://github.com/vouch/vouch-proxy/issues/237',
    reported: 'A first round got a token, the next one was refused.',
    cause: 'unknown',
    isConfirmed: false,
    ways: [blind('invalid_grant')],
  },
  {
    id: 'next-auth-8331',
    inHand: '[next-auth][error][OAUTH_CALLBACK_ERROR] invalid_client',
    source: 'https://github.com/nextauthjs/next-auth/issues/8331',
    reported: "The identity provider's sign-in works, then the exchange is refused.",
    cause: 'unknown',
    isConfirmed: false,
    ways: [blind('invalid_client')],
  },
  {
    id: 'amplify-swift-2273',
    inHand: 'An unknown error occurred: error=invalid_client',
    source: 'https://github.com/aws-amplify/amplify-swift/issues/2273',
    reported: 'A phone app shows an unknown error; the word beneath it is invalid_client.',
    cause: 'unknown',
    isConfirmed: false,
    ways: [blind('invalid_client')],
  },
  {
    id: 'sdk-v3-7162',
    inHand: 'GetTokensFromRefreshToken: NotAuthorizedException - Invalid Refresh Token.',
    source: 'https://github.com/aws/aws-sdk-js-v3/issues/7162',
    reported: 'A rotating app client refused the refresh token of an administrative sign-in.',
    cause: 'unknown',
    isConfirmed: false,
    ways: [blind('invalid_grant', 'refresh')],
  },
  {
    id: 'auth-js-116',
    inHand: 'Refreshing after the access token has expired: {"error":"invalid_client"}',
    source: 'https://github.com/amazon-archives/amazon-cognito-auth-js/issues/116',
    reported: 'A refresh works while the access token is valid and gets invalid_client after it.',
    cause: 'unknown',
    isConfirmed: false,
    ways: [blind('invalid_client', 'refresh')],
  },
  {
    id: 'amplify-9270',
    inHand:
      "oauth: { redirectSignIn: 'https://app.example/callback,http://localhost:3000/' }\nOAuth - Error handling auth response. Error: invalid_grant",
    source: 'https://github.com/aws-amplify/amplify-js/issues/9270',
    reported: 'Two redirect URIs were configured as one text with a comma between them.',
    cause: 'unknown',
    isConfirmed: false,
    ways: [
      {
        way: 'The front end sends both redirect URIs as one.',
        turns: [
          {
            asks: 'code',
            form: { redirect_uri: 'https://app.example/callback,http://localhost:3000/' },
          },
        ],
        ours: 'redirect_uri_not_allowed',
      },
      blind('invalid_grant'),
    ],
  },
  {
    id: 'amplify-swift-1403',
    inHand: 'error=invalid_grant',
    source: 'https://github.com/aws-amplify/amplify-swift/issues/1403',
    reported: 'A phone app stopped working and nothing had been changed.',
    cause: 'unknown',
    isConfirmed: false,
    ways: [blind('invalid_grant')],
  },
  {
    id: 'auth-js-206',
    inHand:
      'curl -X POST https://demo.auth.us-east-1.amazoncognito.com/oauth2/token -H "Content-Type=application/x-www-form-urlencoded" -d "grant_type=authorization_code&client_id=demo&code=CODE&redirect_uri=https://app.example/"\n{"error":"invalid_client"}',
    source: 'https://github.com/amazon-archives/amazon-cognito-auth-js/issues/206',
    reported: 'A curl command without PKCE, one header of it miswritten, got invalid_client.',
    cause: 'unknown',
    isConfirmed: false,
    ways: [
      {
        way: 'The code is sent without a verifier.',
        turns: [{ asks: 'code', form: { code_verifier: undefined } }],
        ours: 'pkce_verifier_missing',
      },
      blind('invalid_client'),
    ],
  },
  {
    id: 'amplify-swift-2799',
    inHand: 'Sign in with Apple, hosted UI, redirect AppName://: invalid_client',
    source: 'https://github.com/aws-amplify/amplify-swift/issues/2799',
    reported: "A phone app's sign-in with an identity provider ends in invalid_client.",
    cause: 'unknown',
    isConfirmed: false,
    ways: [
      {
        ...blind('invalid_client'),
        way: 'The app sends a redirect URI of a private scheme and no origin; Cognito says invalid_client, and nothing is known of the user pool.',
        turns: [
          {
            asks: 'code',
            headers: { origin: undefined },
            answer: refusal('invalid_client'),
          },
        ],
        settings: {
          origins: [],
          allowNoOrigin: true,
          redirectUris: ['com.example.app://signed-in'],
        },
      },
    ],
  },
]
