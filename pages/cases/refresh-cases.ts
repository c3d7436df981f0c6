import { type PlayedCase, refusal, type Turn, tokens } from './case.ts'

const refused: Turn = { asks: 'refresh', answer: refusal('invalid_grant') }
const rotating = { client: { refreshTokenRotation: { retryGracePeriodSeconds: 60 } } }

/** What went wrong with a refresh token. */
export const refreshCases: readonly PlayedCase[] = [
  {
    id: 'java-v2-3418',
    inHand:
      'grant_type=refresh_token&client_id=demo&refresh_token=TOKEN&device_key=KEY\n400 invalid grant; CloudTrail: eventName Token_POST, errorCode 400',
    source: 'https://github.com/aws/aws-sdk-java-v2/issues/3418',
    reported:
      'With device tracking on, the token endpoint refused a token that the API had issued.',
    cause: 'device_tracking',
    isConfirmed: true,
    ways: [
      {
        way: 'The token is refused, device_key or not; the user pool tracks devices.',
        turns: [{ ...refused, form: { device_key: 'eu-central-1_device' } }],
        state: { pool: { deviceConfiguration: { challengeRequiredOnNewDevice: true } } },
      },
    ],
  },
  {
    id: 'edge-198',
    inHand: 'Refresh page in a loop, five times: Request failed with status code 400',
    source: 'https://github.com/aws-samples/cloudfront-authorization-at-edge/issues/198',
    reported: 'An expired refresh token was tried again and again.',
    cause: 'refresh_token_expired',
    isConfirmed: false,
    ways: [
      {
        way: 'The same token is refused five times.',
        turns: [refused, refused, refused, refused, refused],
      },
    ],
  },
  {
    id: 'quirenote-revoked',
    inHand: 'GetTokensFromRefreshToken: NotAuthorizedException: Refresh Token has been revoked',
    source: 'a public repository: measurements of a note-taking app at its own user pool',
    reported: 'After a revocation the refresh token was refused.',
    cause: 'refresh_token_revoked',
    isConfirmed: true,
    ways: [
      {
        way: 'The token is revoked through the proxy, then used.',
        turns: [{ asks: 'revoke', answer: { status: 200 } }, refused],
      },
      { way: 'The token was revoked elsewhere.', turns: [refused] },
    ],
  },
  {
    id: 'quirenote-fork',
    inHand: 'GetTokensFromRefreshToken: RefreshTokenReuseException: Refresh token reuse detected',
    source: 'a public repository: measurements of a note-taking app at its own user pool',
    reported:
      'A token was used twice within the grace period; of its two successors only the newer one lives.',
    cause: 'refresh_token_rotated_out',
    isConfirmed: true,
    ways: [
      {
        way: 'One token is refreshed twice, then the first successor is used.',
        turns: [
          { asks: 'refresh', answer: tokens({ refresh_token: 'successor.one' }) },
          { asks: 'refresh', answer: tokens({ refresh_token: 'successor.two' }) },
          { ...refused, form: { refresh_token: 'successor.one' } },
        ],
        settings: { refreshTokenRotation: 'on', retryGracePeriodSeconds: 60 },
        state: rotating,
      },
      {
        way: 'The token that was replaced is used once more, after the grace period.',
        turns: [{ asks: 'refresh', answer: tokens({ refresh_token: 'successor.one' }) }, refused],
        settings: { refreshTokenRotation: 'on' },
        state: rotating,
      },
    ],
  },
]
