import {
  describeDomain,
  describePool,
  describeSecret,
  listQuotas,
  probeDomain,
  showSecretShape,
} from '../commands.ts'
import type { Observation } from './observation.ts'

/** What decides about the domain, the network and what stands in front, and about the proxy itself. */
export const networkObservations = {
  waf_blocked: {
    ask: 'Is there a web ACL, and does curl get the same page?',
    look: 'The command names a web ACL, and its sampled requests show a rule that blocked `/oauth2/token`. Managed rules block requests without a User-Agent; a challenge can be answered only by a page in a browser.',
    command: {
      command: `aws wafv2 get-web-acl-for-resource \\
  --resource-arn arn:aws:cognito-idp:REGION:ACCOUNT:userpool/POOL --query WebACL.Name`,
    },
  },
  distribution_in_front: {
    ask: 'Does the amazoncognito.com domain of the pool answer in JSON?',
    look: 'The answer names CloudFront, nginx or API Gateway in `server` or `via`, and the same request to the prefix domain of the pool gets JSON: what stands in front is at fault.',
    command: probeDomain,
    fix: 'Let what stands in front pass POST to /oauth2/token with all headers, or use the domain of the pool itself.',
  },
  request_changed_on_the_way: {
    ask: 'Is there a proxy or a gateway of your own on the way?',
    look: 'The answer has a `via` header, or the request in the log of the gateway is not the one that was sent.',
    command: probeDomain,
    fix: 'Let it pass method, path, headers and body as they are.',
  },
  cognito_changed: {
    ask: 'Did it start without any change on your side?',
    look: 'The domain is right, nothing is in between, and all clients fail.',
    command: probeDomain,
    fix: 'Give the request id of Cognito to AWS Support.',
  },
  domain_path_wrong: {
    ask: 'Does the answer have no x-amz-cognito-request-id?',
    look: 'Cognito answers in JSON with the header `x-amz-cognito-request-id`. Without it, the address is not that of a user pool domain.',
    command: probeDomain,
    fix: 'Use the address that Cognito shows for the domain.',
  },
  domain_not_found: {
    ask: 'Has no user pool this domain?',
    look: '`DomainDescription` is empty: no user pool in this account and Region has it. Look for `https://` twice, a typo in the prefix, or a custom domain without its DNS alias.',
    command: describeDomain,
  },
  cognito_redirected: {
    ask: 'Does the answer have a location header?',
    look: 'The status is 301, 302, 307 or 308. The right address is often the one in `location`.',
    command: probeDomain,
  },
  cognito_throttled: {
    ask: 'Is the quota of the account used up?',
    look: '`ThrottleCount` of a category of Cognito (CloudWatch, namespace AWS/Usage and AWS/Cognito) is above zero at that minute. Quotas count all user pools of the account together.',
    command: listQuotas,
  },
  lambda_trigger_failed: {
    ask: 'Does the log of a trigger show an error at that second?',
    look: 'The pool has a trigger for this step. Its log (`/aws/lambda/TRIGGER`) has an error or a time-out then, or no entry at all, if Cognito may not invoke it.',
    command: describePool,
  },
  cognito_timeout: {
    ask: 'Does the domain answer slowly or not at all?',
    look: 'The command waits, or takes seconds.',
    command: probeDomain,
  },
  cognito_unreachable: {
    ask: 'Does the connection fail for curl, too?',
    look: 'The command fails before any answer and says at which step: name, connection, TLS or certificate. In a VPC, usually the route to the internet is missing.',
    command: probeDomain,
  },
  cognito_connection_lost: {
    ask: 'Does it happen now and then, on reused connections?',
    look: 'Single requests fail and the next one works: the server closed a connection that the client reused.',
    command: probeDomain,
  },
  cognito_error: {
    ask: 'Does the answer have a Cognito request id and 5xx?',
    look: 'The header `x-amz-cognito-request-id` is there, so Cognito itself failed.',
    command: probeDomain,
  },
  cognito_answer_unusable: {
    ask: 'Is the answer 200 and no JSON?',
    look: 'The body is a page, empty, or compressed in a way that the client did not ask for.',
    command: probeDomain,
  },
  proxy_overloaded: {
    ask: 'Does the answer say Service Unavailable or Too Many Requests?',
    look: 'The request goes to the proxy, and the body is `{"message":"…"}`: the API Gateway answered, because its throttle or the concurrency of the function is used up. Such an answer has no CORS headers, so that a browser hides it.',
  },
  deadline_exhausted: {
    ask: 'Does the record of the proxy say deadline_exhausted?',
    look: 'The record shows what took the time: `secret_ms`, `upstream_ms`.',
  },
  unforeseen: {
    ask: 'Does the proxy answer 500 with a request id?',
    look: 'The request goes to the proxy, and its record has the cause `unforeseen`.',
  },
  secret_not_found: {
    ask: 'Is there no secret of this name?',
    look: 'The command answers `ResourceNotFoundException`, or shows `DeletedDate`. Check Region and account.',
    command: describeSecret,
  },
  secret_access_denied: {
    ask: 'Is the role not allowed to read it?',
    look: 'The text says `AccessDeniedException`, or that access to KMS is not allowed; for you as administrator, the command works.',
    command: describeSecret,
  },
  secret_malformed: {
    ask: 'Is the stored value empty, or of another form?',
    look: 'The command fails, or `client_secret` is not 24 to 64 characters long. A line break at the end counts.',
    command: showSecretShape,
  },
} as const satisfies Readonly<Record<string, Observation>>
