import type { Wording } from './wording.ts'

/** Answers that are no OAuth error: of Cognito, of what stands in front of it, or none at all. */
export const otherAnswers = {
  trigger_failed: {
    title: 'PreTokenGeneration failed with error, Unrecognizable lambda output',
    example:
      '400 {"error":"invalid_request","error_description":"PreTokenGeneration failed with error TEXT."}',
    about:
      'A Lambda trigger of the user pool failed. The text behind the wrapper is the own text of the trigger and may say anything, such as `Rate exceeded`: it is not about the token endpoint.',
    pattern:
      /\b(?:Pre|Post)(?:TokenGeneration|SignUp|Authentication|Confirmation)[^\n]{0,60}\bfailed\b|\b(?:UserMigration|CustomMessage|DefineAuthChallenge)[^\n]{0,60}\bfailed\b|\bunrecogni[sz]able lambda (?:output|response)\b|\b(?:UserLambdaValidation|UnexpectedLambda|InvalidLambdaResponse)Exception\b|\binvocation failed due to (?:error|configuration)\b/i,
    reasons: ['lambda_trigger_failed'],
  },
  rate_exceeded: {
    title: 'Rate exceeded, TooManyRequestsException, 429',
    example: '429 Rate exceeded',
    about:
      'Something limits the rate of requests: a quota of Cognito for the whole account and Region, a web ACL, or an API Gateway.',
    pattern:
      /\brate exceeded\b|\btoo ?many ?requests(?:exception)?\b|(?:^|\bHTTP\/[\d.]{1,3}) {0,4}429\b|\b429\b[^\n]{0,20}\b(?:too many|status|error)\b|\b(?:status|code|error|an?|with|got|gets?|returns?|returned|answers?|answered|body)[^\n]{0,16}\b429\b/im,
    reasons: ['cognito_throttled', 'waf_blocked', 'proxy_overloaded'],
  },
  waf_challenge: {
    title: 'x-amzn-waf-action: challenge or captcha',
    example: '202, an empty body, x-amzn-waf-action: challenge',
    about:
      'AWS WAF demands a proof that only a browser with its script can give. A server, a phone app and `fetch` cannot.',
    pattern: /\bx-amzn-waf-action\b/i,
    reasons: ['waf_blocked'],
  },
  forbidden: {
    title: '403 with a page or an empty body',
    example: '403 Forbidden, an HTML page',
    about:
      'Cognito itself does not answer 403 at its token endpoint. A web ACL, a CDN or a gateway in front of it answered.',
    pattern:
      /(?:^|\bHTTP\/[\d.]{1,3}) {0,4}403\b|\b403\b[^\n]{0,20}\bforbidden\b|\b(?:status|code|error|an?|with|got|gets?|returns?|returned|answers?|answered|body)[^\n]{0,16}\b403\b|\bnot allowed due to WAF\b|(?<!cross-origin )\bRequest blocked\b|\brequest could not be satisfied\b|\bForbiddenException\b|\bnot configured to allow the HTTP request method\b/im,
    reasons: ['waf_blocked', 'distribution_in_front', 'origin_not_allowed'],
  },
  method_refused: {
    title: '405 with an empty body',
    example: '405 Method Not Allowed, content-length: 0',
    about:
      'Cognito answers 405 to other methods than POST, and also to a wrong path, to a content type that it does not know, and to an Accept header without JSON.',
    pattern:
      /(?:^|\bHTTP\/[\d.]{1,3}) {0,4}405\b|\b405\b[^\n]{0,20}\bmethod not allowed\b|\b(?:status|code|error|an?|with|got|gets?|returns?|returned|answers?|answered|body)[^\n]{0,16}\b405\b|\bmethod not allowed\b|\b405\b[^\n]{0,20}\(/im,
    reasons: [
      'method_not_allowed',
      'content_type_unsupported',
      'accept_without_json',
      'route_not_found',
      'waf_blocked',
    ],
  },
  redirected: {
    title: '301, 302 or 307 from the token endpoint',
    example: '302 Found, location: https://OTHER/oauth2/token',
    about:
      'Cognito never redirects a token request. Something at the domain does, and most clients turn the POST into a GET when they follow it.',
    pattern:
      /(?:^|\bHTTP\/[\d.]{1,3}) {0,4}30[1278]\b|\b30[1278]\b[^\n]{0,12}\b(?:found|moved|redirect)\b|\b(?:status|code|an?|with|got|gets?|returns?|returned|answers?|answered)[^\n]{0,16}\b30[1278]\b|\bunexpected redirect\b|\bredirect mode is set to error\b/im,
    reasons: ['cognito_redirected', 'distribution_in_front', 'domain_path_wrong'],
  },
  not_found: {
    title: '404, or a host name that does not exist',
    example: 'getaddrinfo ENOTFOUND PREFIX.auth.REGION.amazoncognito.com',
    about: 'There is no token endpoint at this address.',
    pattern:
      /\bENOTFOUND\b|\bNXDOMAIN\b|\bEAI_AGAIN\b|\bERR_NAME_NOT_RESOLVED\b|\bcould not resolve host\b|\bname or service not known\b|\bUnknownHostException\b|(?:^|\bHTTP\/[\d.]{1,3}) {0,4}404\b|\b404\b[^\n]{0,20}\bnot found\b|\b(?:status|code|error|an?|with|got|gets?|returns?|returned|answers?|answered|body)[^\n]{0,16}\b404\b/im,
    reasons: [
      'domain_not_found',
      'client_library_discovery',
      'route_not_found',
      'domain_path_wrong',
      'distribution_in_front',
    ],
  },
  cors: {
    title: 'Blocked by CORS policy, Failed to fetch, NetworkError, Load failed',
    example:
      "Access to fetch at 'https://DOMAIN/oauth2/token' from origin 'https://APP' has been blocked by CORS policy",
    about:
      'The browser hides the real answer, because the answer has no `Access-Control-Allow-Origin`. The error that counts is behind it: `invalid_client`, a page of a web ACL, a wrong address, or no answer at all. **Send the same request with curl**, which shows the answer, and look up its word.',
    pattern:
      /\bblocked by CORS\b|\bCORS\b|\bAccess-Control-Allow-Origin\b|\bfailed to fetch\b|\bNetworkError when attempting\b|\bload failed\b|\bERR_NETWORK\b|\bAxiosError: Network Error\b|\bNetwork Error\b|\bcross-origin request blocked\b|\bpreflight\b|\bdue to access control checks\b/i,
    reasons: [
      'client_secret_missing',
      'sign_in_by_script',
      'origin_not_allowed',
      'config_invalid',
      'waf_blocked',
      'client_library_discovery',
      'domain_not_found',
      'distribution_in_front',
      'proxy_overloaded',
    ],
  },
  timed_out: {
    title: 'ETIMEDOUT, a time-out, 504',
    example: '504 Gateway Timeout',
    about: 'No answer came in time. It is unknown whether the code or token was used.',
    pattern:
      /\bETIMEDOUT\b|\bESOCKETTIMEDOUT\b|\bUND_ERR_(?:CONNECT|HEADERS)_TIMEOUT\b|\bgateway time-?out\b|\btimeout of \d|\btimed out\b|(?:^|\bHTTP\/[\d.]{1,3}) {0,4}504\b|\b(?:status|code|error|an?|with|got|gets?|returns?|returned|answers?|answered|body)[^\n]{0,16}\b504\b/im,
    reasons: ['cognito_timeout', 'cognito_unreachable', 'deadline_exhausted'],
  },
  connection_failed: {
    title: 'ECONNREFUSED, ECONNRESET, a TLS or certificate error',
    example: 'SSL certificate problem: certificate has expired',
    about: 'The connection to the domain failed, before or after the request was sent.',
    pattern:
      /\bECONNREFUSED\b|\bECONNRESET\b|\bEPIPE\b|\bsocket hang up\b|\bother side closed\b|\bCERT_[A-Z_]{3,40}\b|\bcertificate\b[^\n]{0,60}\b(?:expired|verify|valid|problem)\b|\bERR_CERT_[A-Z_]{3,40}\b|\bTLS handshake\b|\bSSLHandshakeException\b|\bPKIX path\b|\bSSL[A-Z_ ]{0,40}(?:error|problem|handshake)\b|\bERR_CONNECTION_[A-Z_]{3,40}\b/i,
    reasons: ['cognito_unreachable', 'cognito_connection_lost'],
  },
  server_error: {
    title: '500, 502, 503, internal error',
    example: '500 Internal Server Error',
    about: 'A server on the way failed: Cognito, or what stands in front of it.',
    pattern:
      /\binternal (?:server )?error\b|\bservice unavailable\b|\bbad gateway\b|(?:^|\bHTTP\/[\d.]{1,3}) {0,4}50[0-3]\b|\b(?:status|code|error|an?|with|got|gets?|returns?|returned|answers?|answered)[^\n]{0,16}\b50[0-3]\b|\bserver_error\b/im,
    reasons: ['cognito_error', 'distribution_in_front', 'proxy_overloaded', 'unforeseen'],
  },
  not_json: {
    title: 'Unexpected token < in JSON',
    example: `Unexpected token '<', "<!DOCTYPE "... is not valid JSON`,
    about:
      'The library got a page instead of JSON: somebody else than the token endpoint of Cognito answered.',
    pattern:
      /\bunexpected token '?<|\bis not valid JSON\b|\bunexpected end of JSON\b|\bJSON\.parse: unexpected\b/i,
    reasons: [
      'waf_blocked',
      'domain_path_wrong',
      'distribution_in_front',
      'route_not_found',
      'cognito_answer_unusable',
    ],
  },
} as const satisfies Readonly<Record<string, Wording>>
