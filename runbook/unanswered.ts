import type { unanswered } from '../core/causes/unanswered.ts'
import { numberSettings } from '../core/settings/table.ts'
import {
  deployStage,
  describeDomain,
  describePool,
  listQuotas,
  lowerThrottle,
  probeDomain,
  readWebAcl,
  writeWebAcl,
} from './commands.ts'
import { afterRefusal, aged, domainPage, fresh, ownedElsewhere } from './phrases.ts'
import type { RunbookTextOf } from './text.ts'

const { connectTimeoutMs, deadlineMs, idleConnectionMs } = numberSettings
const health = 'AWS Health Dashboard > Service health: Amazon Cognito in REGION.'
const restart =
  'Whether Cognito had spent the code is unknown, so the user begins sign-in again; the proxy never sends a code twice.'
const support =
  'Give `upstream_request_id` of some records to AWS support (Support Center > Create case).'
const answered404 = 'a server is there, but no token endpoint: `domain` leads somewhere else'

/** Cognito did not answer, or not properly. */
export const unansweredTexts = {
  cognito_throttled: {
    meaning:
      'Cognito takes no more requests. Its quotas are counted per account and Region, over all user pools together.',
    impact:
      'Some users cannot sign in or refresh until the rate falls. Other apps on the same account may notice, too.',
    certainty: {
      proved: "a 429 in Cognito's own words",
      likely:
        'a 429 without them, which a web ACL may have sent as well; or the words without a 429',
    },
    diagnosis: [
      "CloudWatch > Metrics: Cognito's `ThrottleCount` and `CallCount` by category. Look at all categories; in which of them a code exchange counts is not documented.",
      'Is the load from here? Compare the rate of the proxy with the quotas (Service Quotas > AWS services > Amazon Cognito User Pools).',
      { query: 'filter ispresent(outcome)\n| stats count(*) by client, grant_type, bin(1m)' },
    ],
    mitigation: [
      'Find the sender: a front end that refreshes in a loop shows as one `client` with far more refreshes than users.',
      'Request a higher quota: Service Quotas > AWS services > Amazon Cognito User Pools > the category > Request increase at account level. The first command lists them with their codes.',
      listQuotas,
      {
        command: `aws service-quotas request-service-quota-increase --service-code cognito-idp \\
  --quota-code THE_CODE --desired-value NUMBER`,
      },
      'Until then lower the throttle of the HTTP API below the quota, so that other apps are not starved: API Gateway > APIs > API > Protect > Throttling > Edit. The next deployment sets it back.',
      lowerThrottle,
    ],
    prevention: 'Refresh only when the access token is about to end, once for all tabs.',
  },
  waf_blocked: {
    meaning:
      'A 403 that is not an OAuth error: a web ACL (AWS WAF) of the user pool, or of what stands before its domain, blocked the request.',
    impact: 'Some or all exchanges fail, although nothing is wrong with them.',
    diagnosis: [
      'Which web ACL guards the pool?',
      {
        command: `aws wafv2 get-web-acl-for-resource \\
  --resource-arn arn:aws:cognito-idp:REGION:ACCOUNT:userpool/POOL --query WebACL.Name`,
      },
      'WAF & Shield > Web ACLs > the ACL > sampled requests, or its log, at the second of the record: the terminating rule, for the path `/oauth2/token` and the user agent `token-proxy`.',
      'A rate-based rule sees the few addresses of the proxy, not those of its users. A CAPTCHA or challenge rule can never be passed by a server. A missing user agent is not the reason: the proxy sends one.',
    ],
    mitigation: [
      'WAF & Shield > Web ACLs > the ACL > Rules > the rule > Edit: let the path `/oauth2/token` out of it with a scope-down statement, or raise its rate. A rule that trusts the user agent alone can be fooled by anybody; with a NAT gateway use an IP set of its addresses.',
      'By CLI, with the whole web ACL, since an update resets what it leaves out:',
      readWebAcl,
      'Change the rule in `web-acl.json`, then write it back.',
      writeWebAcl,
    ],
    prevention: 'Try new rules in count mode first, and read their counts for `/oauth2/token`.',
  },
  domain_not_found: {
    meaning: 'There is no token endpoint at the configured domain.',
    impact: 'Nobody signs in or refreshes with this client.',
    diagnosis: [
      'Which domain has the pool, whose is it, and is it `ACTIVE`? An empty answer means that no pool of this account and Region has this domain.',
      describeDomain,
      'Ask it by hand.',
      probeDomain,
    ],
    evidence: {
      name_unresolved:
        'the host name does not exist: a slip in `domain`, a deleted prefix, or a custom domain without its DNS alias',
      answered_404: answered404,
      domain_without_pool:
        'no user pool of this account and Region has it; another account may, or it is an alias',
      domain_elsewhere: `${ownedElsewhere}, which had this name before it ceased to resolve`,
    },
    mitigation: [
      'Correct `domain` of the client in the stage file, and deploy.',
      deployStage,
      `Or attach the domain to the pool again (${domainPage}).`,
      { command: 'aws cognito-idp create-user-pool-domain --user-pool-id POOL --domain DOMAIN' },
      'Or mend the alias record of the custom domain: Route 53 > Hosted zones > the zone > the record, to the `CloudFrontDistribution` that the first command shows.',
    ],
    prevention: 'Take the domain from the output of the template that creates it.',
  },
  domain_of_another_pool: {
    meaning:
      'The configured domain refused the app client (`invalid_client`) or answered 404. The proxy then asked whose it is: it belongs to another user pool than `userPoolId` names.',
    impact: 'Nobody signs in or refreshes with this client.',
    certainty: {
      proved: `Cognito refused the app client; ${fresh}: the app client is in it, so that the pool of the domain cannot know it`,
      likely: `the domain answered 404, which another pool's would not do either; or the app client could not be read; or ${aged}`,
    },
    diagnosis: [
      'Whose is the domain? Compare `UserPoolId` with the settings.',
      describeDomain,
      'Which domains has the pool of the settings?',
      describePool,
    ],
    evidence: {
      ...afterRefusal,
      answered_404: answered404,
      domain_elsewhere: ownedElsewhere,
    },
    mitigation: [
      `Set \`domain\`, \`userPoolId\` and \`clientId\` of the client to those of one and the same pool, and deploy. Where the domain was moved by mistake: ${domainPage}, first on the pool that has it now (Actions > Delete), then on the right one (Actions > Create).`,
      {
        command: `aws cognito-idp delete-user-pool-domain --user-pool-id POOL_THAT_HAS_IT --domain DOMAIN
aws cognito-idp create-user-pool-domain --user-pool-id POOL --domain DOMAIN`,
      },
    ],
    prevention: 'Take domain, pool id and client id from the outputs of one template.',
  },
  cognito_unreachable: {
    meaning:
      'No connection to the user pool domain could be made. Nothing was sent, so nothing was spent.',
    impact:
      'Users cannot sign in or refresh for now. A code that was not sent is still good until it expires, and sessions stay.',
    diagnosis: [
      health,
      'Do all clients fail, or only those of one domain? One domain: look at its certificate and DNS. All: look at the network of the function.',
      {
        query:
          "filter cause = 'cognito_unreachable' and ispresent(outcome)\n| stats count(*) by client, evidence.0, bin(5m)",
      },
      'For a custom domain: is the certificate valid and does the alias lead to its CloudFront distribution?',
      probeDomain,
    ],
    evidence: {
      connect_refused: 'the host is there and nobody listens',
      connect_timeout: `no connection within \`${connectTimeoutMs.variable}\` (${connectTimeoutMs.byDefault} ${connectTimeoutMs.unit} by default): in a VPC mostly no way out`,
      connect_reset: 'the connection was cut while it was being made, as firewalls do',
      connect_failed: 'the connection failed in another way',
      lookup_failed: 'the resolver gave no answer; the name itself may be right',
      tls_failed: 'no agreement on TLS',
      certificate_rejected: 'the certificate is expired, for another name, or of an unknown issuer',
    },
    mitigation: [
      `Certificate: Certificate Manager in us-east-1 > Certificates shows whether it is issued and not expired. Then see that the domain uses it: ${domainPage} > Actions > Edit ACM certificate, or`,
      {
        command: `aws cognito-idp update-user-pool-domain --user-pool-id POOL --domain DOMAIN \\
  --custom-domain-config CertificateArn=CERTIFICATE`,
      },
      'Network: a function in a VPC needs a way out to the internet, such as a NAT gateway, and a security group that lets port 443 out.',
      'An outage at AWS: wait. The proxy tries once more by itself where that is safe.',
    ],
    prevention:
      'Let ACM renew by DNS validation, and keep the function out of a VPC unless it needs one.',
  },
  cognito_timeout: {
    meaning: 'The request was sent, and no complete answer came in time.',
    impact: `A refresh can be tried again. ${restart}`,
    diagnosis: [
      health,
      '`upstream_ms` has how long it waited. Where it is far below the deadline, the time was used up before: by `secret_ms` or by a first attempt (`attempts`).',
      'Where `remaining_ms` is small, the time limit of the function was what ended it.',
    ],
    mitigation: [
      'An outage at AWS: wait.',
      `Raise \`deadlineMs\` in the stage file (${deadlineMs.byDefault} ${deadlineMs.unit} by default) and deploy, only where Cognito is slow but answers.`,
      deployStage,
      'A slow trigger of the pool may be what takes the time: Cognito > User pools > POOL > Extensions names them, and the metric `Duration` of each shows it. Make it faster.',
    ],
    prevention: 'Watch `UpstreamLatency`, and keep the triggers of the pool short.',
  },
  cognito_connection_lost: {
    meaning: 'The connection broke after the request was sent and before the answer was complete.',
    impact: `A refresh can be tried again. ${restart}`,
    diagnosis: [
      health,
      'Single ones are everyday. Are there many, see whether they share an entry of `evidence`.',
    ],
    evidence: {
      before_answer: 'it broke before the answer began',
      within_answer: 'it broke within the answer, so Cognito had processed the request',
      reused_connection:
        'the connection had served earlier requests: perhaps closed for being idle',
    },
    mitigation: [
      `With \`reused_connection\` in most of them, lower \`idleConnectionMs\` in the stage file (${idleConnectionMs.byDefault} ${idleConnectionMs.unit} by default), which is the longest that an unused connection is kept; 0 keeps none. Then deploy.`,
      deployStage,
      'Otherwise look at what stands between: a NAT gateway (VPC > NAT gateways > the gateway > Monitoring: `IdleTimeoutCount`, `ErrorPortAllocation`), a firewall, a CDN of your own.',
    ],
    prevention: 'Keep few things between the function and the user pool domain.',
  },
  cognito_error: {
    meaning: 'Cognito answered with a status of 500 or more.',
    impact: `A refresh can be tried again later. ${restart}`,
    diagnosis: [
      health,
      '`upstream_status` has the status. With `upstream_request_id` it was Cognito itself; without, perhaps CloudFront or something of your own before a custom domain.',
    ],
    mitigation: [`Wait if it is an outage. ${support}`],
    prevention: 'Nothing of yours; let front ends keep their session on a 503 and try later.',
  },
  cognito_answer_unusable: {
    meaning:
      'An answer came that says success, or nothing known, and holds no tokens that can be handed on.',
    impact: `The user is not signed in. ${restart}`,
    diagnosis: [
      '`evidence` says what was wrong with it. Without `upstream_request_id` it was hardly Cognito that answered.',
      probeDomain,
    ],
    evidence: {
      not_http: 'the bytes are not HTTP',
      not_json: 'a 200 whose body is no JSON object, such as an HTML page',
      not_tokens: 'JSON in which a token or its lifetime is missing or of a wrong type',
      not_discovery:
        'a discovery document of another issuer, or one that lacks an address; see `issuer` in the settings',
      too_large: 'far larger than a token answer can be',
      content_encoding: 'compressed, although only plain bytes were asked for',
      status_unexpected: 'a status between 100 and 299 other than 200',
      refresh_token_too_long:
        'the refresh token is too long for the cookie of this client; hand it to the front end with `refreshToken` `"body"`, and report its length',
    },
    mitigation: [
      `See that \`domain\` of the client in the stage file is the user pool domain itself (${domainPage} has it), with no page, cache or CDN of your own before it.`,
      deployStage,
      support,
    ],
    prevention: 'Put nothing that rewrites answers before the user pool domain.',
  },
  cognito_redirected: {
    meaning:
      'The domain answered with a redirect. It is never followed: credentials would go to an address that nobody configured.',
    impact: 'Nobody signs in or refreshes with this client.',
    diagnosis: ['See where it leads: the `location` header of the answer.', probeDomain],
    mitigation: [
      `Set \`domain\` of the client in the stage file to the address that answers the token endpoint itself (${domainPage} has it), and deploy.`,
      deployStage,
    ],
    prevention: 'Use the address that Cognito shows for the domain, not a web address before it.',
  },
} as const satisfies { readonly [N in keyof typeof unanswered]: RunbookTextOf<N> }
