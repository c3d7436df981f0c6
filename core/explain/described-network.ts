import { type Description, near, toRule } from './rule-of-description.ts'

/** What people describe of methods, paths, headers, and of what stands in front of the user pool. */
const descriptions: readonly Description[] = [
  {
    reason: 'parameter_missing',
    topic: 'a parameter that is missing or has another name',
    words: near(
      'omits?|omitted|missing|misnam\\w{1,3}|lacks?|without|leaves out|left out|no',
      'client[_ ]id|redirect[_ ]ur[il]|grant_type|refresh_token|parameters?',
    ),
  },
  {
    reason: 'method_not_allowed',
    topic: 'a GET, or another method than POST',
    words:
      /\b(?:GET|HEAD|PUT)\b[^\n]{0,100}\b(?:token|parameters?|endpoint)|\btoken\b[^\n]{0,100}\b(?:GET|HEAD|PUT)\b|\bmethod\b[^\n]{0,20}\b(?:GET|HEAD|PUT)\b|\bnot (?:a )?POST\b/,
  },
  {
    reason: 'content_type_unsupported',
    topic: 'the content type',
    words: /\bcontent[-_ ]type\b|\bapplication\/json\b/i,
  },
  {
    reason: 'body_malformed',
    topic: 'a body of JSON, or an encoding',
    words: near('body|parameters?|payload', 'JSON|multipart|form-?data|encod\\w{2,4}'),
  },
  {
    reason: 'accept_without_json',
    topic: 'the Accept header',
    words: /\baccept header\b|\baccept:/i,
  },
  {
    reason: 'route_not_found',
    topic: 'a path or an address that is not served',
    words:
      /\bnamed stage\b|\brawPath\b|\bbase path\b|\bhealth(?: ?check|z| address)?\b|\/(?:healthz?|ping)\b|\bwrong (?:path|url|endpoint|address)\b|\bstage\b[^\n]{0,40}\bpath\b/i,
  },
  {
    reason: 'domain_not_found',
    topic: 'the domain of the user pool',
    words: near('domain|host', 'wrong|not exist|not found|DNS|resolve|deleted|typo'),
  },
  {
    reason: 'domain_of_another_pool',
    topic: 'another account, Region, stage or user pool',
    words: near('new|another|other|wrong|different', 'account|region|user ?pool|environment'),
  },
  {
    reason: 'client_not_found',
    topic: 'an app client that may be gone or of another user pool',
    words: near(
      'new|another|wrong|deleted|recreated|redeployed|re-?created',
      'account|app client|client id|user ?pool|stack',
    ),
  },
  {
    reason: 'waf_blocked',
    topic: 'a web ACL, its rules, or a missing User-Agent',
    words:
      /\bWAF\b|\bweb ACL\b|\bmanaged rules?\b|\bAWSManagedRules\w{0,30}|\bsilent challenge\b|\bcaptcha\b|\bUser-?Agent\b|\bbot control\b/i,
  },
  {
    reason: 'distribution_in_front',
    topic: 'a distribution, a load balancer or a gateway in front',
    words:
      /\bCloudFront\b|\bdistribution\b|\bCDN\b|\bcustom domain\b|\bload balancer\b|\bALB\b|\bnginx\b|\breverse proxy\b|\bingress\b/i,
  },
  {
    reason: 'logout_parameters',
    topic: 'sign-out',
    words: /\b(?:sign|log)s?-?(?:ned|ged)? ?-?out\b|\blogout\w{0,6}\b|\bend_session\w{0,10}/i,
  },
  {
    reason: 'lambda_trigger_failed',
    topic: 'a Lambda trigger',
    words:
      /\btriggers?\b|\bpre[- ]?(?:token|sign-?up|authentication)\b|\bpost[- ]?(?:confirmation|authentication)\b|\bcustomi[sz]e tokens?\b/i,
  },
  {
    reason: 'cognito_throttled',
    topic: 'a rate or a quota',
    words: /\bthrottl\w{2,4}\b|\bquota\b|\brate limit\w{0,3}\b|\btoo many requests\b/i,
  },
  {
    reason: 'cognito_connection_lost',
    topic: 'a connection that was closed',
    words: near(
      'connections?|socket|keep-?alive',
      'closed|closes|reset|lost|dropped|used once more|reused',
    ),
  },
  {
    reason: 'cognito_timeout',
    topic: 'an answer that does not come',
    words: /\bno answer\b|\bhangs?\b|\bnever (?:answers|returns)\b|\btime-?outs?\b/i,
  },
]

/** What a description says of the request's form and of the network. */
export const describedNetwork = descriptions.map(toRule)
