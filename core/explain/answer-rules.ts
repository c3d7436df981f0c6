import { findTriggerFailure } from '../trigger-text.ts'
import type { Rule } from './rule.ts'

/** What the words of an answer show. */
export const answerRules: readonly Rule[] = [
  {
    reason: 'lambda_trigger_failed',
    verdict: 'likely',
    because: 'The text is one by which Cognito reports a failing Lambda trigger.',
    applies: ({ text }) => findTriggerFailure(text) !== undefined,
  },
  {
    reason: 'waf_blocked',
    verdict: 'proved',
    because: 'The answer has the header x-amzn-waf-action, which only AWS WAF writes.',
    applies: ({ text }) =>
      /\bx-amzn-waf-action["']?\s{0,4}:\s{0,4}["']?(?:challenge|captcha)\b/i.test(text),
  },
  {
    reason: 'waf_blocked',
    verdict: 'likely',
    because: 'The text names a web ACL.',
    applies: ({ text }) => /\bWAF\b|\bweb ACL\b|\bNoUserAgent_HEADER\b/i.test(text),
  },
  {
    reason: 'distribution_in_front',
    verdict: 'proved',
    because: 'The text is that of a CloudFront distribution that does not allow the method.',
    applies: ({ text }) => /\bnot configured to allow the HTTP request method\b/i.test(text),
  },
  {
    reason: 'waf_blocked',
    verdict: 'excluded',
    because: 'CloudFront refused the method, and no rule of a web ACL did.',
    applies: ({ text }) => /\bnot configured to allow the HTTP request method\b/i.test(text),
  },
  {
    reason: 'cognito_throttled',
    verdict: 'likely',
    because: 'The answer is the text of a quota.',
    applies: ({ wording, text }) =>
      wording === 'rate_exceeded' && /\brate exceeded\b|toomanyrequestsexception/i.test(text),
  },
  {
    reason: 'secret_malformed',
    verdict: 'likely',
    because: 'The secret exists and has no current value.',
    applies: ({ text }) => /\bstaging label\b/i.test(text),
  },
  {
    reason: 'secret_access_denied',
    verdict: 'likely',
    because: 'The text denies access to a secret or its key.',
    applies: ({ text }) =>
      /\bnot authorized to perform: secretsmanager:|\bAccess to KMS is not allowed\b/i.test(text),
  },
  {
    reason: 'domain_not_found',
    verdict: 'likely',
    because: 'The host name does not exist.',
    applies: ({ text }) =>
      /\bENOTFOUND\b|\bNXDOMAIN\b|\bERR_NAME_NOT_RESOLVED\b|\bcould not resolve host\b|\bUnknownHostException\b/i.test(
        text,
      ),
  },
  {
    reason: 'cognito_connection_lost',
    verdict: 'likely',
    because: 'The connection ended while it was in use.',
    applies: ({ text }) =>
      /\bECONNRESET\b|\bsocket hang up\b|\bother side closed\b|\bEPIPE\b/i.test(text),
  },
]
