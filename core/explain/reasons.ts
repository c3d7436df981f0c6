import { type CandidateOf, type CauseName, causes, toCause } from '../causes/catalogue.ts'
import { type CheckCauseName, checkCauseNames } from '../causes/doctor.ts'

/** What goes wrong only where a front end talks to Cognito itself, or before any token request. */
interface DirectReason {
  /** One sentence: what fixes it. */
  readonly fix: string
  /** One sentence: why it cannot occur with the proxy, or what the proxy does about it. */
  readonly withProxy: string
}

const noSecret = 'The proxy adds the secret itself and refuses credentials of a front end.'

/** The reasons that are no cause of the proxy, under the names that reports of them have here. */
export const directReasons = {
  client_secret_missing: {
    fix: 'Use an app client without a secret in a browser or an app, or let a server (such as this proxy) add the secret.',
    withProxy: noSecret,
  },
  empty_secret: {
    fix: 'Set the client authentication of the library to none, so that it sends client_id in the form and no credentials.',
    withProxy: 'The proxy takes an empty secret as none.',
  },
  malformed_basic_header: {
    fix: 'Send Authorization: Basic with the base64 of client_id:client_secret, encoded once, in one line and without percent-encoding.',
    withProxy: noSecret,
  },
  accept_without_json: {
    fix: 'Send Accept: application/json, or no Accept header.',
    withProxy: 'The proxy writes its own Accept header.',
  },
  scope_unknown: {
    fix: 'Ask only for scopes that the app client has; Cognito has no scope offline_access and gives a refresh token without it.',
    withProxy: 'The setting droppedScopes removes such scopes at /oauth2/authorize.',
  },
  no_custom_scopes_for_client_credentials: {
    fix: 'Create a resource server with a scope and allow it for the app client; client_credentials has no user, so it has no openid scopes.',
    withProxy: 'The proxy does not support client_credentials.',
  },
  sign_in_by_script: {
    fix: 'Send the browser to the sign-in or sign-out page (location.assign); do not call it with fetch or XMLHttpRequest.',
    withProxy: 'The same holds for the /oauth2/authorize and /logout of the proxy.',
  },
  client_library_discovery: {
    fix: 'Use https://cognito-idp.REGION.amazonaws.com/POOL as the issuer, or give the library its endpoints by hand.',
    withProxy: 'The discovery document of the proxy has what Cognito leaves out.',
  },
  registration_unsupported: {
    fix: 'Create the app client by hand and configure its id in the program; dynamic registration needs a user pool that offers it.',
    withProxy: 'Clients of the proxy are registered in its settings.',
  },
  logout_parameters: {
    fix: 'Call /logout with client_id and logout_uri, where logout_uri is a sign-out URL of the app client.',
    withProxy: 'The /logout of the proxy translates post_logout_redirect_uri.',
  },
  user_missing_attribute: {
    fix: 'Set the attribute of the user, or map it from the identity provider.',
    withProxy: 'The exchange succeeds; the proxy does not judge what a token lacks.',
  },
  sign_in_state_lost: {
    fix: 'Start sign-in again in the same browser and at the same address as the callback, and keep the stored state until the callback.',
    withProxy: 'The request does not reach the proxy.',
  },
  nonce_after_refresh: {
    fix: 'Tell the library not to compare the nonce of a refreshed ID token.',
    withProxy: 'The proxy hands the tokens on as Cognito made them.',
  },
} as const satisfies Readonly<Record<string, DirectReason>>

/** The name of a reason that is no cause of the proxy. */
export type DirectReasonName = keyof typeof directReasons

/** What may be behind a wording: a cause, a candidate of an undetermined one, or what is no cause of the proxy. */
export type Reason =
  | CheckCauseName
  | { [N in CauseName]: CandidateOf<N> }[CauseName]
  | DirectReasonName

/** Tells whether a reason is no cause of the proxy. */
export function isDirectReason(reason: string): reason is DirectReasonName {
  return Object.hasOwn(directReasons, reason)
}

const candidates = (Object.keys(causes) as readonly CauseName[]).flatMap((name) => {
  const { candidates: often = [], rareCandidates = [] } = toCause(name)
  return [...often, ...rareCandidates]
})
const reasons = new Set<string>([...checkCauseNames, ...candidates, ...Object.keys(directReasons)])

/** Tells whether a text is the name of a reason. */
export function isReason(text: string): text is Reason {
  return reasons.has(text)
}
