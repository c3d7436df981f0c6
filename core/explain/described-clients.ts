import { type Description, near, toRule } from './rule-of-description.ts'

/** What people describe of app clients, their secrets, and the credentials of a request. */
const descriptions: readonly Description[] = [
  {
    reason: 'client_secret_missing',
    topic: 'a secret that a program does not send or cannot keep',
    words: near(
      'without|no|never|not|none|cannot|lacks?|missing|public|browser|SPA|single-page|mobile|CLI|iOS|Android|confidential|asked for|requires?',
      'a secret|the secret|client[_ -]?secret|clientSecret|secret',
    ),
  },
  {
    reason: 'client_secret_mismatch',
    topic: 'a secret that is wrong or has changed',
    words: near(
      'wrong|incorrect|different|differs?|mismatch|invalid|rotated?|rotation|changed|old|stale|regenerated|id\\/secret',
      'secret|credentials|id\\/secret',
    ),
  },
  {
    reason: 'empty_secret',
    topic: 'an empty secret',
    words: near('empty|blank|nothing in it', 'secret|client_secret|password'),
  },
  {
    reason: 'client_has_no_secret',
    topic: 'credentials for a public client',
    words: near(
      'public client|client without a secret|secret-?less',
      'authorization header|basic|header value|secret',
    ),
  },
  {
    reason: 'malformed_basic_header',
    topic: 'how credentials are encoded',
    words: near(
      'percent-?encod\\w{0,4}|url-?encod\\w{0,4}|form-?(?:url)?-?encod\\w{0,4}|base64|btoa|escapes?',
      'credentials?|secret|basic|authorization header|client id',
    ),
  },
  {
    reason: 'caller_sent_credentials',
    topic: 'credentials that a front end adds',
    words: near(
      'interceptor|bearer token|front end|frontend|browser|angular|react',
      'every (?:call|request)|bearer|secret|credentials|access token',
    ),
  },
  {
    reason: 'oauth_flows_disabled',
    topic: 'a grant that has to be enabled for the app client',
    words:
      /\bAllowedOAuthFlows\w{0,20}|\ballowed_oauth_flows\w{0,20}|\bOAuth (?:flows?|grants?)\b[^\n]{0,60}\b(?:enabled?|disabled?|allowed|selected)\b|\b(?:grant|flow)\b[^\n]{0,60}\b(?:re-?selected|not enabled|disabled|un-?checked|removed and)/i,
  },
  {
    reason: 'grant_not_allowed',
    topic: 'a grant that the app client does not have',
    words: near('grant|flow', 'not allowed|not permitted|without the|AllowedOAuthFlows|not among'),
  },
  {
    reason: 'grant_type_unsupported',
    topic: 'a grant that Cognito does not have',
    words:
      /\bpassword(?:[- ](?:style|grant|flow))\b|\bROPC\b|\bresource owner password\b|\bdevice (?:code|flow|grant)\b|\btoken exchange\b|\bon-behalf-of\b|\bimplicit\b[^\n]{0,40}\btoken endpoint\b/i,
  },
  {
    reason: 'no_custom_scopes_for_client_credentials',
    topic: 'the client credentials grant or a machine',
    words: near(
      'client[_ ]credentials|M2M|machine-to-machine',
      'scopes?|secret|password|grant|token',
    ),
  },
  {
    reason: 'scopes_missing',
    topic: 'scopes that the app client does not have',
    words: near('scopes?', 'not allowed|not enabled|missing|custom|resource server'),
  },
  {
    reason: 'scope_unknown',
    topic: 'a scope that Cognito may not have',
    words: near('scopes?', 'offline|unknown|not supported|unsupported|refuses?'),
  },
  {
    reason: 'scope_attributes_unreadable',
    topic: 'scopes that are left out, or attributes that the client may not read',
    words: near(
      'scopes?|attributes?',
      'without|omit\\w{0,4}|left out|readable|read permission|ReadAttributes',
    ),
  },
  {
    reason: 'resource_server_missing',
    topic: 'a resource of RFC 8707',
    words: /\bresource (?:parameter|indicator|server)s?\b|\bresource=|\bRFC ?8707\b/i,
  },
  {
    reason: 'secret_malformed',
    topic: 'the value of a secret in Secrets Manager',
    words: near(
      'secret|SecretString|client_secret',
      'no value|holds no|empty|newline|line break|trailing|whitespace|AWSCURRENT|structure|not (?:valid )?JSON|\\\\n',
    ),
  },
  {
    reason: 'secret_not_found',
    topic: 'a secret that is not there',
    words: near(
      'secret(?:Id)?',
      'not found|not exist|deleted|then created|missing, then|cannot be found',
    ),
  },
  {
    reason: 'secret_access_denied',
    topic: 'rights to read a secret, or its ARN',
    words: near(
      'secret(?:Id)?',
      'access denied|AccessDenied\\w{0,12}|policy|KMS|not authorized|permissions?|ARN|arn:',
    ),
  },
  {
    reason: 'client_library_discovery',
    topic: 'metadata or the issuer of the authorization server',
    words:
      /\bdiscovery\b|\bopenid-configuration\b|\boauth-authorization-server\b|\bcode_challenge_methods\w{0,12}|\b(?:server )?metadata\b[^\n]{0,80}\b(?:issuer|sign-in|oauth|address)|\bissuer\b[^\n]{0,80}\b(?:metadata|match|check)|\bissuer-?uri\b|\bMCP (?:SDK|clients?|servers?)\b/i,
  },
  {
    reason: 'registration_unsupported',
    topic: 'clients that register themselves',
    words:
      /\bregisters? (?:themselves|itself)\b|\bclient registration\b|\bRFC ?7591\b|\bDCR\b|\bMCP (?:SDK|clients?|servers?)\b/,
  },
]

/** What a description says of app clients and secrets. */
export const describedClients = descriptions.map(toRule)
