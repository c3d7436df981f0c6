import type { Cause } from './cause.ts'

/** Refused before anything is fetched or sent: mistakes of the caller, explained for its developer. */
export const refusedByProxy = {
  route_not_found: {
    status: 404,
    error: 'invalid_request',
    description:
      'There is nothing at this path. The token endpoint is /oauth2/token, the revocation endpoint is /oauth2/revoke.',
    details: {
      no_discovery:
        'Discovery is at /clients/NAME/.well-known/openid-configuration, for clients whose issuer is configured.',
      user_info:
        'The userInfo endpoint is at the user pool domain: send the access token there. The userinfo_endpoint of the discovery document names it.',
    },
    fault: 'caller',
    facts: [],
    fix: 'Set the token endpoint of the front end to /oauth2/token on this host.',
  },
  method_not_allowed: {
    status: 405,
    error: 'invalid_request',
    description:
      'This path does not support the HTTP method. The Allow header lists the supported ones.',
    details: { metadata: 'Use GET.' },
    fault: 'caller',
    facts: [],
    fix: 'Send token and revocation requests as POST, and metadata requests as GET.',
  },
  content_type_unsupported: {
    status: 415,
    error: 'invalid_request',
    description:
      'Send the parameters as application/x-www-form-urlencoded, in UTF-8 and without Content-Encoding.',
    fault: 'caller',
    facts: [],
    fix: 'Send one Content-Type header with the value application/x-www-form-urlencoded.',
  },
  body_too_large: {
    status: 413,
    error: 'invalid_request',
    description: 'The request is too large.',
    details: {
      body: 'The limit for the body is 16384 bytes.',
      parameters: 'The limit is 20 parameters.',
      name: 'The limit for a parameter name is 64 bytes.',
      value: 'The limit for a parameter value is 8192 bytes.',
    },
    fault: 'caller',
    facts: [],
    fix: 'Send only the parameters of the grant.',
  },
  body_malformed: {
    status: 400,
    error: 'invalid_request',
    description: 'The request body cannot be parsed as form parameters.',
    details: {
      empty: 'The body is empty.',
      json: 'It looks like JSON. Send application/x-www-form-urlencoded.',
      base64: 'Its base64 encoding is invalid.',
      utf8: 'It is not valid UTF-8.',
      percent_encoding: 'Its percent-encoding is invalid.',
      control_character: 'It contains a control character.',
    },
    fault: 'caller',
    facts: [],
    fix: 'Encode the parameters with a form encoder such as URLSearchParams.',
  },
  query_not_allowed: {
    status: 400,
    error: 'invalid_request',
    description: 'This endpoint does not accept a query string. Send the parameters in the body.',
    fault: 'caller',
    facts: [],
    fix: 'Move the parameters from the URL into the body.',
  },
  parameter_missing: {
    status: 400,
    error: 'invalid_request',
    description: 'A required parameter is missing or empty.',
    details: {
      grant_type: 'The parameter is grant_type.',
      client_id: 'The parameter is client_id.',
      code: 'The parameter is code.',
      code_challenge:
        'The parameter is code_challenge. This client keeps its refresh token in a cookie, so sign-in needs PKCE.',
      redirect_uri: 'The parameter is redirect_uri, with the value that sign-in started with.',
      refresh_token: 'The parameter is refresh_token.',
      token: 'The parameter is token, the refresh token to revoke.',
      post_logout_redirect_uri:
        'The parameter is post_logout_redirect_uri, where the user goes after sign-out.',
    },
    fault: 'caller',
    facts: [],
    fix: 'Send the parameter that the answer names.',
  },
  parameter_repeated: {
    status: 400,
    error: 'invalid_request',
    description: 'A parameter is repeated.',
    fault: 'caller',
    facts: [],
    fix: 'Send each parameter only once.',
  },
  parameter_malformed: {
    status: 400,
    error: 'invalid_request',
    description: 'A parameter has an invalid value.',
    details: {
      code: 'The parameter is code.',
      refresh_token: 'The parameter is refresh_token.',
      token: 'The parameter is token.',
      code_challenge:
        'The parameter is code_challenge. It must be 43 characters long, with code_challenge_method=S256.',
      query: 'The parameter is in the query string.',
      id_token_hint: 'The parameter is id_token_hint. It must be an ID token of this client.',
    },
    fault: 'caller',
    facts: [],
    fix: 'Send the value exactly as Cognito issued it; if the refresh token is kept in a cookie, leave the parameter out.',
  },
  grant_type_unsupported: {
    status: 400,
    error: 'unsupported_grant_type',
    description:
      'This grant_type is not enabled for this client. The proxy supports authorization_code and refresh_token.',
    fault: 'caller',
    facts: [],
    fix: 'Use the authorization code grant, or add the grant to the settings of the client.',
  },
  client_unknown: {
    status: 400,
    error: 'invalid_client',
    description: 'This client_id is not configured at the proxy.',
    fault: 'caller',
    facts: [],
    suspect: true,
    fix: 'Use the client id of a configured app client, or add this app client to the settings.',
  },
  caller_sent_credentials: {
    status: 400,
    error: 'invalid_request',
    description:
      'Do not send credentials. A front end is a public client, and the proxy adds the secret.',
    details: {
      authorization_header: 'Remove the Authorization header.',
      client_secret: 'Remove client_secret.',
      client_assertion: 'Remove client_assertion.',
      assertion: 'Remove assertion.',
      user_credentials: 'Remove username and password.',
      any_field: 'One of the fields holds the client secret. Remove it.',
    },
    evidence: ['stored_secret', 'other_value', 'no_secret', 'not_compared'],
    fault: 'caller',
    facts: [],
    alarm: { atLeast: 1, withinSeconds: 600, counts: 'LeakedSecrets' },
    fix: 'Remove the secret from the front end, replace it in the user pool, and set the client authentication of the library to none.',
  },
  dpop_unsupported: {
    status: 400,
    error: 'invalid_request',
    description: 'Cognito does not support DPoP. Remove the DPoP header.',
    fault: 'caller',
    facts: [],
    fix: 'Turn off DPoP in the OAuth library.',
  },
  origin_not_allowed: {
    status: 403,
    error: 'unauthorized_client',
    description: 'This origin is not allowed for this client.',
    details: {
      absent: 'The request has no Origin header.',
      absent_behind_cdn:
        'The request has no Origin header, and it came through a CDN: the CDN must forward the header Origin.',
      unlisted: "The origin is not in the client's list of origins.",
      cross_site: 'A page of another site has begun the sign-in.',
    },
    fault: 'caller',
    facts: [],
    suspect: true,
    fix: 'Add the exact origin to the settings of the client. If there is none, let the CDN in front forward the header Origin; only for a native app, set allowNoOrigin.',
  },
  redirect_uri_not_allowed: {
    status: 400,
    error: 'invalid_request',
    description:
      'This redirect_uri is not configured for this client. Redirect URIs are compared byte for byte.',
    details: {
      trailing_slash: 'The closest configured one differs in the trailing slash.',
      letter_case: 'The closest configured one differs in upper and lower case.',
      port: 'The closest configured one differs in the port.',
      scheme: 'The closest configured one differs in the scheme.',
      query: 'The closest configured one differs in the query.',
      host: 'The closest configured one differs in the host.',
      path: 'The closest configured one differs in the path.',
      nothing_near: 'No configured one is similar.',
      post_logout_redirect_uri:
        'The parameter is post_logout_redirect_uri. The configured ones are in logoutUris.',
    },
    fault: 'caller',
    facts: [],
    suspect: true,
    fix: 'Send a configured redirect URI, or add this one to the settings and to the callback URLs of the app client.',
  },
  pkce_verifier_missing: {
    status: 400,
    error: 'invalid_request',
    description: 'The parameter code_verifier is missing. Sign-in must use PKCE with S256.',
    fault: 'caller',
    facts: [],
    suspect: true,
    fix: 'Turn on PKCE in the OAuth library, and start sign-in again if the stored verifier is lost.',
  },
  pkce_verifier_malformed: {
    status: 400,
    error: 'invalid_request',
    description:
      'The parameter code_verifier must be 43 to 128 characters long and use only A-Z a-z 0-9 - . _ ~.',
    fault: 'caller',
    facts: [],
    suspect: true,
    fix: 'Let the OAuth library create the verifier.',
  },
} as const satisfies Record<string, Cause>
