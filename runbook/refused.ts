import type { refused } from '../core/causes/refused.ts'
import { numberSettings } from '../core/settings/table.ts'
import { deleteSecret, listSecrets, replaceSecret } from './commands.ts'
import type { RunbookTextOf } from './text.ts'

const softAge = numberSettings.secretSoftAgeSeconds
const nobodySignsIn =
  'Nobody signs in through the front end that sends this; others are not affected.'
const oneFrontEnd = 'Only the front end that sends this; Cognito is not asked.'

/** Refused before anything is fetched or sent. */
export const refusedTexts = {
  route_not_found: {
    meaning: 'A request came in for a path that the proxy does not serve.',
    impact: oneFrontEnd,
    diagnosis: [
      "Look at the front end's token endpoint in the browser's network tab: a doubled slash, a stage name or `/oauth/token` are the usual slips.",
      'An answer of `{"message":"Not Found"}` is API Gateway\'s own: the address is that of another API or stage, and there is no record here.',
    ],
    mitigation: ['Set the token endpoint of the front end to `https://PROXY/oauth2/token`.'],
    prevention: 'Keep the address of the proxy in one place of the front end.',
  },
  method_not_allowed: {
    meaning:
      'The token or revocation endpoint was called with another method than POST, or the metadata with another one than GET.',
    impact: oneFrontEnd,
    diagnosis: [
      "A GET is mostly somebody's browser or a health check. If a front end sends it, a redirect on the way may have turned its POST into a GET.",
    ],
    mitigation: ['Send the exchange as POST, straight to the final https address.'],
    prevention: 'Leave the call to an OAuth library; let health checks ask for something else.',
  },
  content_type_unsupported: {
    meaning:
      'The body came without a Content-Type, with another one than the form type, with two of them, or compressed.',
    impact: nobodySignsIn,
    diagnosis: [
      "See the request's `Content-Type` and `Content-Encoding` in the browser's network tab. An HTTP interceptor that sets `application/json` on every call is the usual reason.",
    ],
    mitigation: ['Send `Content-Type: application/x-www-form-urlencoded` and no content encoding.'],
    prevention: 'Let `fetch` set the type itself: give it a `URLSearchParams` as the body.',
  },
  body_too_large: {
    meaning:
      'The body, one of its parameters or their number is beyond what a token request can be.',
    impact: nobodySignsIn,
    diagnosis: [
      'The first entry of `evidence` names the bound that was passed.',
      'Refusals from addresses that nobody knows are a scan, and need nothing.',
    ],
    mitigation: ['Send the parameters of the grant and nothing else.'],
    prevention: 'Keep the state of the app out of the token request.',
  },
  body_malformed: {
    meaning: 'The body cannot be read as form parameters.',
    impact: nobodySignsIn,
    diagnosis: [
      'The first entry of `evidence` says what is wrong with it; `json` and `empty` are the most frequent.',
    ],
    mitigation: ['Build the body with `URLSearchParams`; do not put it together by hand.'],
    prevention: 'Use an OAuth library.',
  },
  query_not_allowed: {
    meaning:
      'The token endpoint was called with a query string. Codes and tokens in an address end up in logs and histories, so it is not read at all.',
    impact: nobodySignsIn,
    diagnosis: ["Look at the address of the call in the browser's network tab."],
    mitigation: [
      'Move the parameters into the body.',
      'Treat whatever stood in the address as disclosed: sign the user out if it was a refresh token.',
    ],
    prevention: 'Use an OAuth library; RFC 6749 section 3.2 wants the parameters in the body.',
  },
  parameter_missing: {
    meaning: 'A parameter that the grant needs is missing or empty.',
    impact: nobodySignsIn,
    diagnosis: [
      'The first entry of `evidence` names it. `redirect_url` for `redirect_uri` is a frequent slip.',
      'A missing `client_id` often means that the library tries to authenticate with a header.',
    ],
    mitigation: [
      'Send it. Set the client authentication of the library to `none`, so that `client_id` goes into the body.',
    ],
    prevention: 'Use an OAuth library.',
  },
  parameter_repeated: {
    meaning:
      'A parameter occurs twice. Two readers could take two different values, so the request is refused.',
    impact: nobodySignsIn,
    diagnosis: [
      'Compare the body in the network tab with what the library was told to add: often `client_id` is added by hand beside the one of the library.',
    ],
    mitigation: ['Send each parameter once.'],
    prevention: 'Do not add parameters that the library already sends.',
  },
  parameter_malformed: {
    meaning: 'A code or a refresh token has a space or a character that is not visible ASCII.',
    impact: 'The one sign-in or session that it belongs to.',
    diagnosis: [
      'The first entry of `evidence` names the parameter. A `+` decoded to a space, or a line break from copying, are the usual reasons.',
    ],
    mitigation: ['Hand the value on exactly as Cognito gave it, encoded once.'],
    prevention:
      "Read the code with `new URL(location.href).searchParams`, not by one's own parsing.",
  },
  grant_type_unsupported: {
    meaning:
      'The request asks for a grant that the proxy does not carry, or that the settings do not allow this client.',
    impact: nobodySignsIn,
    diagnosis: [
      'With `grant_type` in the record, it is a known grant that the `grants` setting of the client leaves out. Without it, it is another grant, such as `client_credentials`, which never belongs in a front end.',
    ],
    mitigation: [
      'Add the grant to `grants` of the client and deploy, or switch off the refresh in the front end.',
    ],
    prevention: 'Change `grants` and the front end in one step.',
  },
  client_unknown: {
    meaning: 'The `client_id` of the request is not in the settings of this deployment.',
    impact: nobodySignsIn,
    diagnosis: [
      'Compare the client id of the front end with `clientId` in the settings. The id of another stage, or of another identity provider such as Google, is the usual reason.',
    ],
    mitigation: ['Correct the client id in the front end, or add the app client to the settings.'],
    prevention: 'Take the client id of each stage from one place.',
  },
  caller_sent_credentials: {
    meaning:
      'A front end sent a secret, an assertion or an Authorization header. It was refused; the value was not passed on and is in no log. A secret in a front end is known to everybody who can load it.',
    impact: `${nobodySignsIn} If the secret was real, strangers may hold it.`,
    diagnosis: [
      'The first entry of `evidence` says what was sent; `client` says for which app client.',
      'An Authorization header may be harmless: an HTTP interceptor that adds a bearer token to every call. Look for the client secret in the built front end to know.',
    ],
    mitigation: [
      'If it was a real client secret, replace it in the user pool: add a new one and store it.',
      replaceSecret,
      `Wait until every sandbox has read the new one (\`${softAge.variable}\`, ${softAge.byDefault} ${softAge.unit} by default, plus a tenth) and no [client_rejected](client_rejected.md) is seen. Then delete the old one.`,
      listSecrets,
      deleteSecret,
    ],
    prevention: 'Never give a client secret to a front end build; search the bundle for it in CI.',
  },
  dpop_unsupported: {
    meaning:
      'The front end asked for tokens that are bound to a key. Cognito does not make them, and a plain token in their place would weaken what the front end relies on.',
    impact: nobodySignsIn,
    diagnosis: ["The request has a `DPoP` header in the browser's network tab."],
    mitigation: ['Switch DPoP off in the OAuth library.'],
    prevention: 'Take the abilities of the server from the discovery document.',
  },
  origin_not_allowed: {
    meaning: "The request's origin is not one that may use this client, or it named none.",
    impact:
      'Everybody who uses the front end from that origin. In a browser it looks like a CORS error, since scripts may not read the answer.',
    diagnosis: [
      'The first entry of `evidence` says whether the origin was absent or not in the list; the status in the network tab is readable even where scripts may not read the answer.',
      'Compare the origin in the address bar with `origins` of the client: scheme, host and port count, `www` too.',
      '`absent` comes from native apps, servers and scripts.',
    ],
    mitigation: [
      'Add the exact origin to `origins` of the client and deploy; set `allowNoOrigin` only for a native app.',
    ],
    prevention: 'Add the origin of a new stage or address before it goes live.',
  },
  redirect_uri_not_allowed: {
    meaning:
      "The request's redirect URI is not, byte for byte, one of those configured for the client.",
    impact: nobodySignsIn,
    diagnosis: [
      'The first entry of `evidence` says how the nearest configured one differs; a slash at the end is the most frequent.',
    ],
    mitigation: [
      'Send the configured one at sign-in and at the exchange, or add this one to `redirectUris` of the client and to the callback URLs of the app client (Cognito > User pools > POOL > App clients > CLIENT > Login pages > Edit).',
    ],
    prevention: 'Keep one constant for the redirect URI in the front end.',
  },
  pkce_verifier_missing: {
    meaning:
      'The exchange has no `code_verifier`. The proxy takes no code without proof of who began the sign-in.',
    impact: 'All sign-ins if PKCE is off in the front end; else single ones.',
    diagnosis: [
      'If it is all of them, PKCE is off. If it is a few, the verifier was lost: sign-in began in another tab, browser or app view, or the storage was cleared in between.',
    ],
    mitigation: [
      'Switch PKCE with S256 on. Where the stored verifier is gone, begin sign-in again.',
    ],
    prevention: 'Keep the verifier in storage that outlives the redirect.',
  },
  pkce_verifier_malformed: {
    meaning: 'The `code_verifier` is too short, too long, or has characters that it cannot have.',
    impact: nobodySignsIn,
    diagnosis: ['See how the verifier is made: base64 with `+`, `/` or `=` is not base64url.'],
    mitigation: [
      'Use 43 to 128 of the unreserved characters; 32 random bytes in base64url will do.',
    ],
    prevention: 'Let the OAuth library make it (RFC 7636 section 4.1).',
  },
} as const satisfies { readonly [N in keyof typeof refused]: RunbookTextOf<N> }
