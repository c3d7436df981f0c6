import type { unanswered } from '../core/causes/unanswered.ts'
import { throttle } from '../core/http-api.ts'
import { numberSettings } from '../core/settings/table.ts'
import {
  deployStage,
  listQuotas,
  lowerThrottle,
  probeDomain,
  readWebAcl,
  restoreThrottle,
  writeWebAcl,
} from './commands.ts'
import type { domainTexts } from './domain.ts'
import { domainPage } from './phrases.ts'
import type { RunbookTextOf } from './text.ts'

const { connectTimeoutMs, deadlineMs, idleConnectionMs } = numberSettings
const health = 'AWS Health Dashboard > Service health: Amazon Cognito in REGION.'
const restart =
  'For a code, it is unknown whether Cognito used it, so the user has to start sign-in again. The proxy never sends a code twice.'
const support =
  'Give the `upstream_request_id` of some records to AWS Support (Support Center > Create case).'

/** Cognito did not answer, or its answer could not be used. */
export const unansweredTexts = {
  cognito_throttled: {
    meaning:
      'Cognito limits the request rate. Its quotas apply per account and Region, to all user pools together.',
    impact:
      'Some users cannot sign in or refresh until the rate drops. Other apps in the same account may be affected, too.',
    certainty: {
      proved: "a 429 with Cognito's own text",
      likely:
        'a 429 without this text, which a web ACL may also have sent; or the text without a 429',
    },
    diagnosis: [
      "CloudWatch > Metrics: check Cognito's `ThrottleCount` and `CallCount` by category. Check all categories, because it is not documented which one counts a code exchange.",
      'Does the load come from here? Compare the rate of the proxy with the quotas (Service Quotas > AWS services > Amazon Cognito User Pools).',
      { query: 'filter ispresent(outcome)\n| stats count(*) by client, grant_type, bin(1m)' },
    ],
    mitigation: [
      'Find the sender: a front end that refreshes in a loop shows up as one `client` with far more refreshes than users.',
      'Request a higher quota: Service Quotas > AWS services > Amazon Cognito User Pools > the category > Request increase at account level. The first command lists them with their codes.',
      listQuotas,
      {
        command: `aws service-quotas request-service-quota-increase --service-code cognito-idp \\
  --quota-code THE_CODE --desired-value NUMBER`,
      },
      'Until then, lower the throttles of the two routes that lead to Cognito, so that other apps still get their share: API Gateway > APIs > API > Protect > Throttling > Edit. They have throttles of their own, so that the default one of the stage changes nothing for them.',
      lowerThrottle,
      `Afterwards, set them back. No deployment does it, because the template has not changed: it has ${throttle.ratePerSecond} a second and ${throttle.burst} at once for each of the two.`,
      restoreThrottle,
    ],
    prevention: 'Refresh only when the access token is about to expire, once for all tabs.',
  },
  waf_blocked: {
    meaning:
      'A web ACL (AWS WAF) of the user pool, or of something in front of its domain, blocked the request, or demanded a proof that only a browser can give.',
    impact: 'Some or all exchanges fail although they are valid.',
    certainty: {
      proved: 'the answer has the header `x-amzn-waf-action`, which only AWS WAF writes',
      likely:
        'a 403 that names AWS WAF; or one that names nobody, which Cognito itself does not send at this endpoint',
    },
    evidence: {
      waf_challenge:
        'a rule with the action Challenge: a 202 without a body. No server can run its script, so exclude `/oauth2/token` and `/oauth2/revoke` from the rule',
      waf_captcha:
        'a rule with the action CAPTCHA: a 405. No server can solve it, so exclude `/oauth2/token` and `/oauth2/revoke` from the rule',
      waf_text: 'the text of the 403 names AWS WAF',
    },
    diagnosis: [
      'Which web ACL protects the pool?',
      {
        command: `aws wafv2 get-web-acl-for-resource \\
  --resource-arn arn:aws:cognito-idp:REGION:ACCOUNT:userpool/POOL --query WebACL.Name`,
      },
      'WAF & Shield > Web ACLs > the ACL > sampled requests, or its log, at the time of the record: find the terminating rule for the path `/oauth2/token` and the user agent `token-proxy`.',
      'A rate-based rule sees the few addresses of the proxy, not those of its users. A server can never pass a CAPTCHA or challenge rule. A missing user agent is not the reason: the proxy sends one.',
    ],
    mitigation: [
      'WAF & Shield > Web ACLs > the ACL > Rules > the rule > Edit: exclude the path `/oauth2/token` with a scope-down statement, or raise its rate. Do not trust the user agent alone: anybody can forge it. With a NAT gateway, use an IP set with its addresses.',
      'By CLI, send the whole web ACL, because an update resets what it leaves out:',
      readWebAcl,
      'Change the rule in `web-acl.json`, then save the web ACL.',
      writeWebAcl,
    ],
    prevention: 'Try new rules in count mode first, and check their counts for `/oauth2/token`.',
  },
  cognito_unreachable: {
    meaning:
      'The proxy could not connect to the user pool domain. It sent nothing, so no code or token was used up.',
    impact:
      'Users cannot sign in or refresh for now. A code that was not sent stays valid until it expires, and sessions stay.',
    diagnosis: [
      health,
      'Do all clients fail, or only those of one domain? If one domain, check its certificate and DNS. If all, check the network of the function.',
      {
        query:
          "filter cause = 'cognito_unreachable' and ispresent(outcome)\n| stats count(*) by client, evidence.0, bin(5m)",
      },
      'For a custom domain: is the certificate valid, and does the alias point to its CloudFront distribution?',
      probeDomain,
    ],
    evidence: {
      connect_refused: 'the host exists, but nothing listens on the port',
      connect_timeout: `no connection within \`${connectTimeoutMs.variable}\` (${connectTimeoutMs.byDefault} ${connectTimeoutMs.unit} by default): in a VPC usually because there is no route to the internet`,
      connect_reset: 'it was reset while it was being opened, as firewalls do',
      connect_failed: 'the connection failed in another way',
      lookup_failed: 'the DNS resolver did not answer; the name may be right',
      tls_failed: 'the TLS handshake failed',
      certificate_rejected:
        'the certificate has expired, is for another name, or has an unknown issuer',
    },
    mitigation: [
      `Certificate: Certificate Manager in us-east-1 > Certificates shows whether it is issued and valid. Then check that the domain uses it: ${domainPage} > Actions > Edit ACM certificate, or`,
      {
        command: `aws cognito-idp update-user-pool-domain --user-pool-id POOL --domain DOMAIN \\
  --custom-domain-config CertificateArn=CERTIFICATE`,
      },
      'Network: a function in a VPC needs a route to the internet, such as a NAT gateway, and a security group that allows outbound traffic on port 443.',
      'If AWS has an outage, wait. The proxy retries once by itself when that is safe.',
    ],
    prevention:
      'Let ACM renew certificates with DNS validation, and keep the function out of a VPC unless it needs one.',
  },
  cognito_timeout: {
    meaning: 'The request was sent, but no complete answer arrived in time.',
    impact: `A refresh can be tried again. ${restart}`,
    diagnosis: [
      health,
      '`upstream_ms` shows how long the proxy waited. If it is far below the deadline, the time was used up before: by `secret_ms` or by a first attempt (`attempts`).',
      'If `remaining_ms` is small, the time limit of the function ended the wait.',
    ],
    mitigation: [
      'If AWS has an outage, wait.',
      `If Cognito is slow but answers, raise \`deadlineMs\` in the stage file (${deadlineMs.byDefault} ${deadlineMs.unit} by default) and deploy.`,
      deployStage,
      'A slow Lambda trigger of the pool may take the time: Cognito > User pools > POOL > Extensions lists the triggers, and the metric `Duration` shows how long each one takes. Make it faster.',
    ],
    prevention: 'Monitor `UpstreamLatency`, and keep the triggers of the pool fast.',
  },
  cognito_connection_lost: {
    meaning: 'The connection was lost after the request was sent, before the answer was complete.',
    impact: `A refresh can be tried again. ${restart}`,
    diagnosis: [
      health,
      'A few are normal. If there are many, check whether they share an entry of `evidence`.',
    ],
    evidence: {
      before_answer: 'it was lost before the answer started',
      within_answer: 'it was lost during the answer: Cognito had processed the request',
      reused_connection: 'it had served earlier requests; perhaps it was closed for being idle',
    },
    mitigation: [
      `If most of them have \`reused_connection\`, lower \`idleConnectionMs\` in the stage file (${idleConnectionMs.byDefault} ${idleConnectionMs.unit} by default) and deploy. It limits how long an unused connection is kept; 0 keeps none.`,
      deployStage,
      'Otherwise check what is in between: a NAT gateway (VPC > NAT gateways > the gateway > Monitoring: `IdleTimeoutCount`, `ErrorPortAllocation`), a firewall, or your own CDN.',
    ],
    prevention: 'Put as little as possible between the function and the user pool domain.',
  },
  cognito_error: {
    meaning: 'Cognito answered with a status of 500 or more.',
    impact: `A refresh can be tried again later. ${restart}`,
    diagnosis: [
      health,
      '`upstream_status` shows the status. With an `upstream_request_id`, the answer came from Cognito itself. Without it, perhaps from CloudFront or from something of your own in front of a custom domain.',
    ],
    certainty: {
      proved: 'nothing in the answer names another server than Cognito',
      likely: 'the answer names a server in front of Cognito, which may have failed by itself',
    },
    evidence: {
      front_answered:
        'the answer names a server that Cognito is not, such as CloudFront or nginx: check what stands in front of the domain first',
    },
    mitigation: [`If AWS has an outage, wait. ${support}`],
    prevention:
      'You cannot prevent it. Make front ends keep their session on a 503 and retry later.',
  },
  cognito_answer_unusable: {
    meaning: 'The answer signals success or has an unknown form, but contains no usable tokens.',
    impact: `The user is not signed in. ${restart}`,
    diagnosis: [
      '`evidence` says what was wrong with it. Without an `upstream_request_id`, the answer probably did not come from Cognito.',
      probeDomain,
    ],
    evidence: {
      not_http: 'the answer is not HTTP',
      not_json: 'a 200 whose body is not a JSON object, for example an HTML page',
      not_tokens: 'JSON in which a token or its lifetime is missing or has the wrong type',
      not_discovery: 'a discovery document of another issuer, or without a required URL',
      too_large: 'far larger than a token response can be',
      content_encoding: 'compressed, although the proxy asked for no compression',
      status_unexpected: 'a status between 100 and 299 other than 200',
      refresh_token_too_long:
        'the refresh token is too long for the cookie of this client; set `refreshToken` to `"body"`, and report the length of the token',
    },
    mitigation: [
      `Check that \`domain\` of the client in the stage file is the user pool domain itself (${domainPage} shows it), with no page, cache or CDN of your own in front of it.`,
      deployStage,
      support,
    ],
    prevention: 'Put nothing in front of the user pool domain that rewrites answers.',
  },
  cognito_redirected: {
    meaning:
      'The domain answered with a redirect. The proxy never follows it: the credentials would go to an address that nobody configured.',
    impact: 'Nobody can sign in or refresh with this client.',
    diagnosis: ['The `location` header shows where it leads.', probeDomain],
    mitigation: [
      `Set \`domain\` of the client in the stage file to the address that serves the token endpoint itself (${domainPage} shows it), and deploy.`,
      deployStage,
    ],
    prevention:
      'Use the address that Cognito shows for the domain, not another address in front of it.',
  },
} as const satisfies {
  readonly [N in Exclude<keyof typeof unanswered, keyof typeof domainTexts>]: RunbookTextOf<N>
}
