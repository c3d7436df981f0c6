import type { PlayedCase, PlayedWay, Turn } from './case.ts'

/** Cognito's refusal with a text beside its word, as it wraps what a trigger fails with. */
function described(asks: Turn['asks'], error: string, text: string): PlayedWay {
  return {
    way: `Cognito says ${error} at a ${asks === 'code' ? 'code' : 'refresh'}, and beside it: ${text}`,
    turns: [{ asks, answer: { status: 400, body: { error, error_description: text } } }],
  }
}

const notPermitted = 'PreTokenGeneration invocation failed due to error AccessDeniedException.'
const notReady = 'PreTokenGeneration invocation failed due to error ResourceConflictException.'

/** What stands behind Cognito or in front of it: Lambda triggers, web ACLs, distributions. */
export const triggerCases: readonly PlayedCase[] = [
  {
    id: 'amplify-10243',
    inHand:
      '400 {"error":"invalid_request","error_description":"PreTokenGeneration failed with error Rate exceeded."}',
    source: 'https://github.com/aws-amplify/amplify-js/issues/10243',
    reported: 'A trigger called Cognito itself, was throttled there, and failed with that text.',
    cause: 'trigger_error',
    isConfirmed: false,
    ways: [
      described('code', 'invalid_request', 'PreTokenGeneration failed with error Rate exceeded.'),
    ],
  },
  {
    id: 'idx-32069093443',
    inHand: 'Unrecognizable lambda output',
    source: 'a public repository: a trigger for token generation',
    reported: 'A claim got a list, and Cognito refused the output of the trigger.',
    cause: 'trigger_error',
    isConfirmed: true,
    ways: [described('refresh', 'invalid_request', 'Unrecognizable lambda output')],
  },
  {
    id: 'so-42706896',
    inHand: 'Error: invalid_grant, Unrecognizable lambda output',
    source: 'https://stackoverflow.com/questions/42706896/unrecognizable-lambda-output-cognito',
    reported: 'A trigger returned something other than its event.',
    cause: 'trigger_error',
    isConfirmed: true,
    ways: [described('code', 'invalid_grant', 'Unrecognizable lambda output')],
  },
  {
    id: 'idx-69703192518',
    inHand: 'PreSignUp invocation failed due to error AccessDeniedException.',
    source: 'a public repository: infrastructure of a gate for sign-ups',
    reported: 'The user pool had no permission to invoke its trigger.',
    cause: 'trigger_error',
    isConfirmed: true,
    ways: [described('code', 'invalid_request', notPermitted)],
  },
  {
    id: 'idx-68640589017',
    inHand: 'PreSignUp invocation failed due to error ResourceConflictException.',
    source: 'a public repository: a trigger that starts from a snapshot',
    reported: 'Right after a deployment, Lambda could not run the trigger yet.',
    cause: 'trigger_error',
    isConfirmed: true,
    ways: [described('code', 'invalid_request', notReady)],
  },
  {
    id: 'amplify-12308',
    inHand: 'HTTP/2 202\nx-amzn-waf-action: challenge\ncontent-length: 0',
    source: 'https://github.com/aws-amplify/amplify-js/issues/12308',
    reported: 'A web ACL in front of the user pool challenged whatever was no browser.',
    cause: 'waf_blocked',
    isConfirmed: false,
    ways: [
      {
        way: 'The domain answers with an empty 202 and the header of a challenge.',
        turns: [
          {
            asks: 'code',
            answer: { status: 202, headers: { 'x-amzn-waf-action': 'challenge' } },
          },
        ],
      },
    ],
  },
  {
    id: 'chaine-cloudfront',
    inHand:
      'HTTP/2 403\nserver: CloudFront\nThis distribution is not configured to allow the HTTP request method that was used for this request.',
    source: 'https://handbook.chaineapp.com/handbook/engineering/resources/aws/AWS-Cloudfront/',
    reported: 'A distribution allowed only GET, and answered every POST with a 403.',
    cause: 'cdn_method',
    isConfirmed: true,
    ways: [
      {
        way: 'The domain of the settings is that of a distribution in front of the user pool domain, which refuses the POST.',
        turns: [
          {
            asks: 'code',
            answer: {
              status: 403,
              headers: { server: 'CloudFront' },
              body: 'This distribution is not configured to allow the HTTP request method that was used for this request.',
            },
          },
        ],
      },
    ],
  },
]
