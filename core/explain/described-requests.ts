import { type Description, near, toRule } from './rule-of-description.ts'

/** What people describe of codes, refresh tokens, addresses and what stands between them and Cognito. */
const descriptions: readonly Description[] = [
  {
    reason: 'code_already_used',
    topic: 'something that happens twice',
    words:
      /\btwice\b|\bseveral times\b|\bmore than once\b|\bsecond (?:call|time|init\w{0,10}|request|handler|token call)\b|\btwo (?:handlers|requests|calls|listeners)\b|\bsame code\b|\bstrict ?mode\b|\bdouble\b|\bdoubly\b|\bevery other time\b|\bnow and then\b|\bintermittent\w{0,2}\b|\bback button\b|\breload(?:s|ed|ing)?\b|\bnext round\b/i,
  },
  {
    reason: 'code_expired',
    topic: 'a code that waited',
    words: near(
      'code|sign-?in',
      'expired|expires|five minutes|5 minutes|took too long|slow|waited',
    ),
  },
  {
    reason: 'code_of_another_client',
    topic: 'a code or a redirect of another service or client',
    words:
      /\bredirect\w{0,3} (?:from|of|by) (?:another|other|a different|third)\b|\banother (?:provider|service|client|app)\b|\b(?:code|client)\b[^\n]{0,60}\b(?:another|different|other) (?:client|app|provider|service)\b/i,
  },
  {
    reason: 'redirect_uri_mismatch',
    topic: 'a redirect URI that differs, or its trailing slash',
    words: near(
      'redirect[_ -]?ur[il]s?|redirectUris?|redirect|callback(?: URL)?',
      'slash|differs?|different|identical|exact|same|mismatch|match|comma|joined|localhost|another value|query',
    ),
  },
  {
    reason: 'callback_not_registered',
    topic: 'a callback that may not be registered',
    words: near(
      'redirect[_ -]?ur[il]s?|redirectUris?|redirect|callbacks?(?: URLs?)?|host names?|preview deployments?',
      'registered?|not listed|listed|path|query|wildcards?|preview|tenants?|subdomains?|exp:|scheme|bare|http:|each|allow\\w{0,3}',
    ),
  },
  {
    reason: 'redirect_uri_not_allowed',
    topic: 'a redirect URI that a list has to contain',
    words: near(
      'redirect[_ -]?ur[il]s?|redirectUris?|callbacks?(?: URLs?)?',
      'not listed|listed|path|query|exp:|scheme|bare|http:|192\\.168|each|has another',
    ),
  },
  {
    reason: 'config_invalid',
    topic: 'origins or redirect URIs in settings',
    words:
      /\b(?:origins?|redirectUris|callback_urls|logout_urls|CallbackURLs|LogoutURLs)\b["']?\s?[:=]\s?\[|\borigins\b[^\n]{0,60}\b(?:comma|scheme|wildcard)/i,
  },
  {
    reason: 'origin_not_allowed',
    topic: 'an origin, a preflight or headers that a browser adds',
    words:
      /\borigins?\b[^\n]{0,60}\b(?:header|forward|scheme|comma|own|capacitor|ionic|allow)|\b(?:capacitor|ionic|tauri|app|file):\/\/|\bpreflight\b|\bwithout Origin\b|\b(?:baggage|sentry-trace|traceparent)\b|\borigins?["']?\s?[:=]\s?\[|\bCORS\b/i,
  },
  {
    reason: 'verifier_mismatch',
    topic: 'PKCE',
    words: /\bPKCE\b|\bcode[_ ]?(?:verifier|challenge)\b/i,
  },
  {
    reason: 'pkce_verifier_missing',
    topic: 'PKCE or a verifier',
    words: /\bPKCE\b|\bverifier\b|\banother tab\b/i,
  },
  {
    reason: 'sign_in_state_lost',
    topic: 'a sign-in that its front end no longer knows',
    words:
      /\bstate\b[^\n]{0,40}\b(?:lost|cookie|stored|storage|return|match|missing)|\b(?:session|local) ?storage\b|\bprivate (?:mode|window)\b|\bthird-party cookies?\b|\bother browser\b/i,
  },
  {
    reason: 'refresh_token_expired',
    topic: 'a refresh that no longer works',
    words: near(
      'refresh(?:es|ed|ing)?|renew\\w{0,5}|session',
      'expir\\w{0,4}|after|validity|days?|hours?|loop\\w{0,3}|signs? out|logs? out',
    ),
  },
  {
    reason: 'refresh_token_revoked',
    topic: 'a token that was revoked, or a sign-out',
    words:
      /\brevo(?:ke|ked|kes|king|cation)\b|\bRevokeToken\b|\bglobal ?sign-?out\b|\bsigned out everywhere\b/i,
  },
  {
    reason: 'refresh_token_rotated_out',
    topic: 'refresh tokens that are rotated, replayed or used in parallel',
    words:
      /\brotat(?:ed?|es|ing|ion)\b|\breplay(?:ed|s)?\b|\bgrace period\b|\brefresh\w{0,3}\b[^\n]{0,60}\b(?:at once|in parallel|concurrent\w{0,2}|simultaneous\w{0,2}|tabs?|at the same time)|\b(?:at once|in parallel|concurrent\w{0,2}|simultaneous\w{0,2})\b[^\n]{0,60}\brefresh/i,
  },
  {
    reason: 'device_tracking',
    topic: 'device tracking',
    words: /\bdevice[_ -]?(?:tracking|key|configuration)\b|\bremember(?:ed)? devices?\b/i,
  },
  {
    reason: 'user_disabled_or_deleted',
    topic: 'a user who is disabled or deleted',
    words: near('user', 'disabled|deleted|removed|blocked'),
  },
  {
    reason: 'user_missing_attribute',
    topic: 'an attribute that a user lacks',
    words: near('no|lacks?|missing|without', 'email|phone|attributes?|claims?'),
  },
  {
    reason: 'nonce_after_refresh',
    topic: 'a nonce',
    words: /\bnonce\b/i,
  },
  {
    reason: 'clock_skewed',
    topic: 'a clock',
    words: /\bclocks?\b|\bin the future\b|\btime (?:drift|skew)\b|\bNTP\b/i,
  },
  {
    reason: 'identity_provider_attributes',
    topic: 'an identity provider behind the user pool',
    words:
      /\bSAML\b|\bfederat(?:ed|ion)\b|\bNameID\b|\battribute[- ]mapp?ing\b|\bmapped\b|\b(?:Azure AD|Entra|Okta|ADFS|Google|Facebook|Apple|Keycloak)\b/i,
  },
]

/** What a description says of codes, tokens and addresses. */
export const describedRequests = descriptions.map(toRule)
