import type { PlayedCase } from './case.ts'

/** What operators write into the settings, or leave out of the secret. */
export const settingsCases: readonly PlayedCase[] = [
  {
    id: 'connapse-441',
    inHand: 'InvalidParameterException: http://192.168.1.50:5001/cb cannot use the HTTP protocol.',
    source: 'https://github.com/Destrayon/Connapse/issues/441',
    reported: 'A callback was on a bare address of the local network, which Cognito does not take.',
    cause: 'settings',
    isConfirmed: true,
    ways: [
      {
        way: 'The redirect URI is http on an IP address.',
        turns: [],
        settings: { redirectUris: ['http://192.168.1.50:5001/cb'] },
        isMisconfigured: true,
      },
    ],
  },
  {
    id: 'nextauth-8043',
    inHand:
      'Every preview deployment ends at error=redirect_mismatch; https://*.vercel.app as callback URL is refused, too',
    source: 'https://github.com/nextauthjs/next-auth/issues/8043',
    reported: 'Previews have changing host names, and Cognito takes no wildcard.',
    cause: 'settings',
    isConfirmed: true,
    ways: [
      {
        way: 'The origin has a wildcard.',
        because:
          'Cognito compares callback URLs exactly. Send every preview through one fixed callback that forwards.',
        turns: [],
        settings: { origins: ['https://*.vercel.app'] },
        isMisconfigured: true,
      },
    ],
  },
  {
    id: 'capacitor',
    inHand: 'Origin capacitor://localhost is not allowed by Access-Control-Allow-Origin',
    source: 'https://github.com/appwrite/appwrite/pull/13514',
    reported: 'The page of a hybrid app has an origin with a scheme of its own.',
    cause: 'settings',
    isConfirmed: true,
    ways: [
      {
        way: 'The origin is that of a hybrid app.',
        because:
          'The problem names [what to do instead](native-apps.md#hybrid-apps-and-browser-extensions).',
        turns: [],
        settings: { origins: ['capacitor://localhost'] },
        isMisconfigured: true,
      },
    ],
  },
  {
    id: 'serverless-11557',
    inHand: 'dev.example.com is in the list of origins, and still: blocked by CORS policy',
    source: 'https://github.com/serverless/serverless/issues/11557',
    reported: 'Origins were written without a scheme.',
    cause: 'settings',
    isConfirmed: true,
    ways: [
      {
        way: 'The origin is a host name.',
        turns: [],
        settings: { origins: ['dev.example.com'] },
        isMisconfigured: true,
      },
    ],
  },
  {
    id: 'sam-3769',
    inHand:
      'AllowOrigins: https://a.example.com,https://b.example.com, and the browser says: CORS header Access-Control-Allow-Origin missing',
    source: 'https://github.com/aws/serverless-application-model/issues/3769',
    reported: 'Two origins were written as one text with a comma between them.',
    cause: 'settings',
    isConfirmed: false,
    ways: [
      {
        way: 'The origin is a text with a comma.',
        turns: [],
        settings: { origins: ['https://a.example.com,https://b.example.com'] },
        isMisconfigured: true,
      },
    ],
  },
  {
    id: 'boto3-2794',
    inHand:
      "An error occurred (ResourceNotFoundException) when calling the GetSecretValue operation: Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    source: 'https://github.com/boto/boto3/issues/2794',
    reported: 'A secret that existed and held no value was reported as not found.',
    cause: 'secret_value',
    isConfirmed: true,
    ways: [
      {
        way: 'The secret was created, and nothing was stored in it.',
        turns: [{ asks: 'code' }],
        stored: 'nothing',
      },
    ],
  },
  {
    id: 'strimzi-70',
    inHand:
      'The client of the broker gets {"error":"invalid_client"}, although the secret looks right in the editor',
    source: 'https://github.com/strimzi/strimzi-kafka-oauth/issues/70',
    reported: 'A secret ended in a line break that nobody saw.',
    cause: 'secret_value',
    isConfirmed: true,
    ways: [
      {
        way: 'The stored JSON has a line break at the end of the secret.',
        turns: [{ asks: 'code' }],
        stored: '{"client_secret":"aSecretOfTheAppClient01234567\\n"}',
      },
    ],
  },
]
