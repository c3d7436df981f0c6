import type { refusedByProxy } from '../core/causes/refused-by-proxy.ts'
import { numberSettings } from '../core/settings/table.ts'
import { deleteSecret, listSecrets, replaceSecret } from './commands.ts'
import type { RunbookTextOf } from './text.ts'

const softAge = numberSettings.secretSoftAgeSeconds
const nobodySignsIn =
  'Nobody can sign in with the front end that sends this. Others are not affected.'
const oneFrontEnd = 'Only the front end that sends this is affected. Cognito is not called.'

/** Refused before anything is fetched or sent. */
export const refusedByProxyTexts = {
  route_not_found: {
    meaning: 'A request used a path that the proxy does not serve.',
    impact: oneFrontEnd,
    diagnosis: [
      "Check the front end's token endpoint in the browser's network tab. A double slash, a stage name and `/oauth/token` are common mistakes.",
      'If `evidence` is `user_info`, a front end uses the proxy as its Cognito domain for everything. The proxy has no `/oauth2/userInfo`, and cannot redirect to it, because browsers drop the `Authorization` header when a redirect leads to another origin.',
      'The response `{"message":"Not Found"}` comes from API Gateway itself: the URL belongs to another API or stage, and there is no record here.',
    ],
    mitigation: [
      'Set the token endpoint of the front end to `https://PROXY/oauth2/token`, and its userInfo endpoint to `/oauth2/userInfo` at the user pool domain.',
    ],
    prevention: 'Keep the URL of the proxy in one place of the front end.',
  },
  method_not_allowed: {
    meaning:
      'The token or revocation endpoint was called with a method other than POST, or a metadata endpoint with a method other than GET.',
    impact: oneFrontEnd,
    diagnosis: [
      "A GET usually comes from somebody's browser or from a health check. If a front end sends it, a redirect may have turned its POST into a GET.",
    ],
    mitigation: ['Send the exchange as POST, directly to the final https URL.'],
    prevention: 'Let an OAuth library make the call, and point health checks at `GET /health`.',
  },
  content_type_unsupported: {
    meaning:
      'The request had no Content-Type, a Content-Type other than the form type, two Content-Types, or a compressed body.',
    impact: nobodySignsIn,
    diagnosis: [
      "Check `Content-Type` and `Content-Encoding` of the request in the browser's network tab. The usual reason is an HTTP interceptor that sets `application/json` on every call.",
    ],
    mitigation: [
      'Send `Content-Type: application/x-www-form-urlencoded` and no `Content-Encoding`.',
    ],
    prevention: 'Pass a `URLSearchParams` as the body and let `fetch` set the type.',
  },
  body_too_large: {
    meaning:
      'The body, one of its parameters or the number of parameters exceeds the limit for a token request.',
    impact: nobodySignsIn,
    diagnosis: [
      'The first entry of `evidence` names the limit that was exceeded.',
      'Refusals from unknown addresses are a scan and need no action.',
    ],
    mitigation: ['Send the parameters of the grant and nothing else.'],
    prevention: 'Keep application state out of the token request.',
  },
  body_malformed: {
    meaning: 'The body cannot be parsed as form parameters.',
    impact: nobodySignsIn,
    diagnosis: [
      'The first entry of `evidence` says what is wrong. `json` and `empty` are the most frequent.',
    ],
    mitigation: ['Build the body with `URLSearchParams`, not by string concatenation.'],
    prevention: 'Use an OAuth library.',
  },
  query_not_allowed: {
    meaning:
      'The token endpoint was called with a query string. Codes and tokens in a URL end up in logs and browser histories, so the proxy does not read it.',
    impact: nobodySignsIn,
    diagnosis: ["Check the URL of the call in the browser's network tab."],
    mitigation: [
      'Move the parameters into the body.',
      'Treat every value in the URL as disclosed. If it was a refresh token, sign the user out.',
    ],
    prevention: 'Use an OAuth library. RFC 6749 section 3.2 requires the parameters in the body.',
  },
  parameter_missing: {
    meaning: 'A parameter that the grant needs is missing or empty.',
    impact: nobodySignsIn,
    diagnosis: [
      'The first entry of `evidence` names it. A common mistake is `redirect_url` instead of `redirect_uri`.',
      'A missing `client_id` often means that the library tries to authenticate with a header.',
    ],
    mitigation: [
      'Send the parameter. Set the client authentication of the library to `none`, so that it puts `client_id` into the body.',
    ],
    prevention: 'Use an OAuth library.',
  },
  parameter_repeated: {
    meaning:
      'A parameter is repeated. Two servers could read two different values, so the proxy refuses the request.',
    impact: nobodySignsIn,
    diagnosis: [
      'Compare the body in the network tab with the extra parameters in the configuration of the library. Often the application adds `client_id` although the library already sends it.',
    ],
    mitigation: ['Send each parameter only once.'],
    prevention: 'Do not add parameters that the library already sends.',
  },
  parameter_malformed: {
    meaning: 'A code or a refresh token contains a space or a character that is not visible ASCII.',
    impact: 'Only the sign-in or session that it belongs to is affected.',
    diagnosis: [
      'The first entry of `evidence` names the parameter. The usual reasons are a `+` that was decoded to a space, or a line break from copying.',
    ],
    mitigation: ['Send the value exactly as Cognito issued it, encoded once.'],
    prevention:
      'Read the code with `new URL(location.href).searchParams`, not with your own parser.',
  },
  grant_type_unsupported: {
    meaning:
      'The request uses a grant that the proxy does not support, or that the settings do not allow for this client.',
    impact: nobodySignsIn,
    diagnosis: [
      'If the record has a `grant_type`, the proxy supports the grant, but `grants` of the client does not include it. If not, it is another grant such as `client_credentials`, which never belongs in a front end.',
    ],
    mitigation: [
      'Add the grant to `grants` of the client and deploy, or turn off refreshing in the front end.',
    ],
    prevention: 'Change `grants` and the front end together.',
  },
  client_unknown: {
    meaning: 'The `client_id` of the request is not in the settings of this deployment.',
    impact: nobodySignsIn,
    diagnosis: [
      'Compare the client id of the front end with `clientId` in the settings. The usual reason is the client id of another stage, or of another identity provider such as Google.',
    ],
    mitigation: ['Correct the client id in the front end, or add the app client to the settings.'],
    prevention: 'Take the client id of each stage from one place.',
  },
  caller_sent_credentials: {
    meaning:
      'A front end sent a secret, an assertion or an Authorization header. The proxy refused the request, did not pass the value on and did not log it. Everybody who can load a front end can read a secret in it.',
    impact: `${nobodySignsIn} If the secret was real, strangers may have it.`,
    diagnosis: [
      'The first entry of `evidence` says what was sent, and `client` for which app client.',
      'Only `stored_secret` is a leak, and only it pages. Everything else is made up, or a habit of a library: an interceptor that adds a bearer token to every call, or a placeholder in place of the secret.',
      'With `not_compared`, search the built front end for the client secret.',
    ],
    evidence: {
      stored_secret: 'the request holds the stored secret of a configured client: it has leaked',
      other_value:
        'what was sent has the form of a client secret, but it is none of those in memory; it may be an old one or that of another app client',
      no_secret: 'nothing that was sent as a credential has the form of a client secret',
      not_compared:
        'what was sent has the form of a client secret, but this sandbox had no stored secret to compare it with',
    },
    mitigation: [
      'If it was a real client secret, replace it: add a new one to the app client and store it.',
      replaceSecret,
      `Wait until every sandbox has read the new one (\`${softAge.variable}\`, ${softAge.byDefault} ${softAge.unit} by default, plus 10 %) and no [client_rejected](client_rejected.md) occurs. Then delete the old one.`,
      listSecrets,
      deleteSecret,
    ],
    prevention: 'Never give a client secret to a front-end build. Search the bundle for it in CI.',
  },
  dpop_unsupported: {
    meaning:
      'The front end asked for tokens that are bound to a key. Cognito does not issue them. A plain bearer token instead would be less secure than the front end expects.',
    impact: nobodySignsIn,
    diagnosis: ["The request has a `DPoP` header in the browser's network tab."],
    mitigation: ['Turn off DPoP in the OAuth library.'],
    prevention: 'Read the capabilities of the server from the discovery document.',
  },
  origin_not_allowed: {
    meaning:
      'The origin of the request is not allowed for this client, or the request has no Origin header.',
    impact:
      'Nobody can sign in from that origin. In a browser it looks like a CORS error, because scripts are not allowed to read the response.',
    diagnosis: [
      'The first entry of `evidence` says whether the origin was absent or not in the list. The network tab shows the status even if scripts are not allowed to read the response.',
      'Compare the origin in the address bar with `origins` of the client. Scheme, host (including `www`) and port must match.',
      '`absent` comes from native apps, servers and scripts. `absent_behind_cdn` means that a CDN in front of the proxy passed the request on, and probably dropped the header: CloudFront forwards `Origin` only if the behavior has an origin request policy that says so.',
      '`cross_site` is a sign-in of a client in cookie mode that a page of another site has begun (the header `Sec-Fetch-Site`). A front end in cookie mode is on the site of the proxy, so no user begins one that way: a page may be trying to fill browsers with cookies of sign-ins.',
    ],
    mitigation: [
      'Add the exact origin to `origins` of the client and deploy. Set `allowNoOrigin` only for a native app.',
      'For `absent_behind_cdn`: CloudFront > Distributions > the distribution > Behaviors > the behavior > Origin request policy: choose `AllViewerExceptHostHeader`, which forwards every header but `Host`. Do not set `allowNoOrigin`: it would switch off the check for every browser.',
    ],
    prevention: 'Add the origin of a new stage or domain before it goes live.',
  },
  redirect_uri_not_allowed: {
    meaning:
      'The redirect URI of the request is not byte for byte one of those configured for the client.',
    impact: nobodySignsIn,
    diagnosis: [
      'The first entry of `evidence` says how the closest configured one differs. A trailing slash is the most frequent difference.',
      'If it is `post_logout_redirect_uri`, the request was a sign-out, and the address is not in `logoutUris` of the client.',
    ],
    mitigation: [
      'Send the configured URI at sign-in and at the exchange, or add this one to `redirectUris` of the client and to the callback URLs of the app client (Cognito > User pools > POOL > App clients > CLIENT > Login pages > Edit). For a sign-out, add it to `logoutUris` and to the sign-out URLs of the app client.',
    ],
    prevention: 'Keep one constant for the redirect URI in the front end.',
  },
  pkce_verifier_missing: {
    meaning:
      'The exchange has no `code_verifier`. The proxy accepts no code without proof that the same browser started the sign-in.',
    impact: 'All sign-ins fail if PKCE is off in the front end; otherwise only a few.',
    diagnosis: [
      'If all sign-ins fail, PKCE is off. If only a few fail, the verifier was lost: sign-in started in another tab, browser or web view, or the storage was cleared in between.',
    ],
    mitigation: ['Turn on PKCE with S256. If the stored verifier is lost, start sign-in again.'],
    prevention: 'Keep the verifier in storage that survives the redirect.',
  },
  pkce_verifier_malformed: {
    meaning:
      'The `code_verifier` is too short, too long, or contains characters that are not allowed.',
    impact: nobodySignsIn,
    diagnosis: ['Check how the verifier is created: base64 with `+`, `/` or `=` is not base64url.'],
    mitigation: ['Use 43 to 128 unreserved characters, for example 32 random bytes in base64url.'],
    prevention: 'Let the OAuth library create it (RFC 7636 section 4.1).',
  },
} as const satisfies { readonly [N in keyof typeof refusedByProxy]: RunbookTextOf<N> }
