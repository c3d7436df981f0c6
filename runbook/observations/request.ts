import type { Observation } from './observation.ts'

const network = "In the network tab of the browser ('Copy as cURL') or in the log of your server:"

/** What decides about the request itself. */
export const requestObservations = {
  parameter_missing: {
    ask: 'Does the request lack a parameter?',
    look: `${network} a code needs \`grant_type\`, \`client_id\`, \`code\`, \`redirect_uri\` and \`code_verifier\`; a refresh \`grant_type\`, \`client_id\` and \`refresh_token\`. Look for misspelt names, such as \`redirect_url\`.`,
  },
  parameter_malformed: {
    ask: 'Is a value cut, quoted or of another form?',
    look: `${network} \`code_challenge\` has 43 characters and comes with \`code_challenge_method=S256\`; Cognito knows no other method.`,
  },
  content_type_unsupported: {
    ask: 'Is Content-Type anything else than the form type?',
    look: `${network} the header is exactly \`application/x-www-form-urlencoded\`, without quotation marks, and there is only one.`,
  },
  body_malformed: {
    ask: 'Is the body JSON or empty?',
    look: `${network} the body looks like \`grant_type=…&client_id=…\`, and does not begin with \`{\`.`,
  },
  method_not_allowed: {
    ask: 'Is the request a GET?',
    look: `${network} the token endpoint takes POST only. A redirect on the way turns a POST into a GET.`,
  },
  route_not_found: {
    ask: 'Is the path anything else than /oauth2/token?',
    look: `${network} \`/oauth/token\`, \`/token\` and a slash at the end are wrong.`,
  },
  accept_without_json: {
    ask: 'Is there an Accept header without JSON?',
    look: `${network} Cognito answers 405 to an \`Accept\` such as \`text/html\`.`,
  },
  grant_type_unsupported: {
    ask: 'Is grant_type anything else than the three known ones?',
    look: `${network} Cognito has \`authorization_code\`, \`refresh_token\` and \`client_credentials\`, and no password grant, device code or token exchange.`,
  },
  caller_sent_credentials: {
    ask: 'Does the front end send a secret or an Authorization header?',
    look: `${network} there is \`client_secret\`, or an \`Authorization\` header that an interceptor adds to every call.`,
  },
  origin_not_allowed: {
    ask: 'Is the proxy called, and the origin not in its list?',
    look: 'The request goes to the proxy, and the origin of the page (scheme, host and port) is not among `origins` of the client. Cognito itself allows every origin at its token endpoint.',
  },
  redirect_uri_not_allowed: {
    ask: 'Is the redirect URI not in the settings of the proxy?',
    look: 'The `error_description` of the proxy says which part differs from the closest configured one.',
  },
  config_invalid: {
    ask: 'Is an address not exact, or plain http?',
    look: 'A callback URL or an origin has a wildcard, a list in one text, no scheme, or `http` on anything else than loopback. Packaging a stage names each of them.',
    command: { command: 'npm run package -- --stage STAGE' },
  },
  sign_in_by_script: {
    ask: 'Is a sign-in or sign-out page called with fetch?',
    look: 'The address in the error of the browser is `/oauth2/authorize`, `/login` or `/logout`: these are pages for people, and they allow no script of another origin.',
  },
  client_library_discovery: {
    ask: 'Is the failing address a discovery document?',
    look: 'The address ends in `/.well-known/openid-configuration` at the user pool domain, where there is none; or the library misses `code_challenge_methods_supported`. The document is at the issuer:',
    command: {
      command:
        'curl -sS https://cognito-idp.REGION.amazonaws.com/POOL/.well-known/openid-configuration',
    },
  },
  registration_unsupported: {
    ask: 'Does the program want to register itself?',
    look: 'The discovery document has no `registration_endpoint`.',
    command: {
      command: `curl -sS https://cognito-idp.REGION.amazonaws.com/POOL/.well-known/openid-configuration \\
  | jq .registration_endpoint`,
    },
  },
  logout_parameters: {
    ask: 'Does /logout get post_logout_redirect_uri?',
    look: 'The address has `post_logout_redirect_uri` or `id_token_hint`, and no `client_id` with `logout_uri`.',
  },
  sign_in_state_lost: {
    ask: 'Was the sign-in started somewhere else?',
    look: 'The storage of the page has no entry for the `state` in the address: another tab, browser or origin (`localhost` and `127.0.0.1` are two), a bookmark of the callback, or cleared storage.',
  },
  nonce_after_refresh: {
    ask: 'Does it fail only at the first renewal?',
    look: 'Sign-in works, and the renewal fails in the library although the answer has tokens.',
  },
  user_missing_attribute: {
    ask: 'Does the user lack the attribute?',
    look: 'The attribute is not in the answer, or is empty; or the app client may not read it.',
    command: {
      command: `aws cognito-idp admin-get-user --user-pool-id POOL --username USER \\
  --query 'UserAttributes[].Name'`,
    },
  },
  clock_skewed: {
    ask: 'Is the clock of the machine wrong?',
    look: 'The two times differ by more than a few seconds.',
    command: { command: "date -u; curl -sSI https://HOST | grep -i '^date:'" },
  },
} as const satisfies Readonly<Record<string, Observation>>
