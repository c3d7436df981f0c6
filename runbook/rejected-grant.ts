import type { rejectedGrant } from '../core/causes/rejected-grant.ts'
import { textSettings } from '../core/settings/table.ts'
import { changeClientLink, describeClient, describePool, enableOAuth } from './commands.ts'
import { clientSettings, describedAsRedirect, loginPages } from './phrases.ts'
import type { RunbookTextOf } from './text.ts'

const table = textSettings.evidenceTable.variable
const oneToken = 'That session is over; the user must sign in again.'
const inSandbox = `The proxy remembers keyed digests of what it sent, for a bounded time, in the sandbox and with \`${table}\` across all of them.`
const waves = (grant: string) => ({
  query: `filter ispresent(outcome) and grant_type = '${grant}'
| stats count(*) by client, outcome, cause, bin(15m)`,
})
const signInAgain = 'Let the user sign in again.'
const rotation =
  'Keep the newest token, refresh in one tab at a time (Web Locks), and give the app client a grace period of some seconds:'

/** Cognito refused a code, a token or a revocation. */
export const rejectedGrantTexts = {
  redirect_uri_mismatch: {
    meaning:
      'Cognito answered `unauthorized_client` to a code. The proxy then asked the user pool: flow, OAuth switch and callback URL are in order. What is left is that sign-in began with another redirect URI than the one sent with the code.',
    impact: 'Users who come over that redirect URI cannot sign in.',
    certainty: {
      likely:
        'the proxy does not see the first half of the sign-in, so it can only rule out the rest',
    },
    diagnosis: [
      'Compare: CloudTrail > Event history has the `redirect_uri` of both halves in the events `OAuth2_Authorize_GET` and `Token_POST` of that minute.',
      'In the front end look for two places that make the redirect URI, such as one from `location.origin` and one from the build, with and without a slash at the end.',
      describeClient,
    ],
    evidence: {
      client_in_order: 'the app client allows the code grant, and OAuth is switched on',
      callback_registered: 'the redirect URI of the exchange is among its callback URLs',
      described_as_redirect: describedAsRedirect,
    },
    mitigation: ['Let the front end send one and the same redirect URI at both steps.'],
    prevention: 'Keep the redirect URI in one constant that sign-in and exchange both use.',
  },
  code_already_used: {
    meaning: `This authorization code was sent before, and a code works once (\`invalid_grant\`). ${inSandbox}`,
    impact:
      'Mostly none: the first exchange has signed the user in, and the second one is what fails. A front end that reacts to the second signs the user out.',
    certainty: {
      proved:
        'an exchange with the same code, verifier and redirect URI is known to have ended in tokens, so that this one can only have been refused for coming second',
      likely:
        'another exchange of it went out, and how it ended is not known (it is still under way, its answer was lost, or its sandbox ended), or it ended in tokens with another verifier or redirect URI, which is a reason of its own',
    },
    diagnosis: [
      'A success of the same client stands a moment before, mostly within a second.',
      waves('authorization_code'),
      'In the front end look for a callback page that is reloaded, an effect that runs twice (React StrictMode), two libraries that both handle the callback, or a retry of its own.',
    ],
    evidence: {
      code_spent_before:
        'the very same exchange ended in tokens through this proxy, in whichever sandbox',
      code_seen_before: 'another exchange of this code went out through this proxy',
    },
    mitigation: [
      'Handle the callback in one place, and take the code out of the address (`history.replaceState`) before it is sent. Never send a code again.',
    ],
    prevention: 'Use an OAuth library that owns the callback, and no second one beside it.',
  },
  code_rejected: {
    meaning:
      'Cognito refused the authorization code (`invalid_grant`). Its one word does not tell why, and nothing that the proxy remembers or could read explains it; the reasons below are those that are documented or were reported.',
    impact: 'The user must sign in again. A few of them are everyday; a wave means a fault.',
    diagnosis: [
      'First tell chance from fault. Where a client has successes too, the front end or its user did something with this one code. Where it has none, look at the app client.',
      waves('authorization_code'),
      'Then go through the candidates from the top; these are the settings that they speak of.',
      describeClient,
    ],
    evidence: {
      no_use_on_record: `no earlier exchange of this code is on record; without \`${table}\` only this sandbox was asked`,
      oauth_enabled: 'the app client has OAuth switched on, which rules that reason out',
    },
    candidates: {
      code_already_used:
        "an exchange of the same client, mostly a success, stands a moment before in the records; typical are a reloaded callback page, a page effect that runs twice, two libraries that both handle the callback, and a front end's own retry",
      code_expired: 'more than five minutes passed between sign-in and exchange',
      verifier_mismatch:
        'sign-in was begun twice, for example in two tabs, and the later verifier replaced the earlier one; or the challenge was made by other code than the verifier',
      code_of_another_client:
        'the address of `/oauth2/authorize` in the front end has another client id',
      oauth_flows_disabled: 'no exchange of the client succeeds, and `oauthSwitch` is `false`',
      scope_attributes_unreadable:
        'every sign-in with the scope fails, and `readable` lacks one of its attributes: `email` needs `email` and `email_verified`',
      resource_server_missing:
        'the front end sends `resource` or a custom scope to `/oauth2/authorize`, and the pool has no resource server of that name (`aws cognito-idp list-resource-servers`)',
      identity_provider_attributes:
        'only users of one identity provider fail: an attribute that it maps is missing, or may not be written by the app client',
    },
    mitigation: [
      'Restart sign-in. Never send the same code again.',
      'Double exchange: see [code_already_used](code_already_used.md).',
      `OAuth switch: ${loginPages}, save. Or by CLI, ${changeClientLink}:`,
      enableOAuth,
      'Attributes: Cognito > User pools > POOL > App clients > CLIENT > Attribute permissions > Edit. Resource server: Cognito > User pools > POOL > Branding > Domain > Resource servers. Identity provider: Cognito > User pools > POOL > Social and external providers > the provider > Attribute mapping.',
    ],
    prevention:
      'Exchange at once and once, in one place, with an OAuth library that owns state and verifier.',
  },
  refresh_token_rejected: {
    meaning:
      'Cognito refused the refresh token (`invalid_grant`). Its one word does not tell why; the candidates of the record are those that the configuration of the user pool does not rule out.',
    impact: `${oneToken} A wave signs many users out at once.`,
    diagnosis: [
      'One user or many? A wave at one moment points to a change of the app client or of the pool; look at CloudTrail > Event history for `UpdateUserPoolClient` and `UpdateUserPool`.',
      waves('refresh_token'),
      'Lifetime and rotation of the app client, and the device setting of the pool:',
      describeClient,
      describePool,
    ],
    candidates: {
      refresh_token_expired:
        'sign-in is longer ago than `refreshValidity` (30 days unless set); with rotation the new token keeps the end of the first one. The proxy cannot rule this out: it does not know when the user signed in',
      refresh_token_revoked:
        'the user signed out elsewhere, or CloudTrail shows `RevokeToken`, `GlobalSignOut` or `AdminUserGlobalSignOut`',
      refresh_token_rotated_out:
        '`rotation` is `ENABLED`, and the front end used an older token: two tabs refreshed at once, or the newer one was not kept',
      refresh_token_of_another_client:
        'the front end has changed its client id and kept its old storage',
      user_disabled_or_deleted:
        '`aws cognito-idp admin-get-user` says `"Enabled": false` or does not find the user',
      session_limit_reached:
        'the pool limits the token sessions of a user, and later sign-ins have evicted this one (`get-user-pool-session-configuration`)',
      device_tracking:
        '`devices` is set, and the token came from an API sign-in and not from the sign-in pages',
      scope_attributes_unreadable:
        '`readable` of the app client was narrowed since sign-in and lacks an attribute of a scope: `email` needs `email` and `email_verified`, `phone` and `profile` theirs',
    },
    evidence: {
      rotation_off: 'the app client does not rotate, which rules a replaced token out',
      device_tracking_off: 'the pool does not track devices, which rules that reason out',
      attributes_readable:
        'the app client may read every attribute that its scopes cover, which rules that reason out',
    },
    mitigation: [
      signInAgain,
      `Rotation: see [refresh_token_rotated_out](refresh_token_rotated_out.md). Lifetime: ${clientSettings}. By CLI it must be ${changeClientLink}.`,
    ],
    prevention:
      'Treat every answer that has a `refresh_token` as a replacement, and plan for the end of every session.',
  },
  refresh_token_rotated_out: {
    meaning: `The app client rotates its refresh tokens, and this one was replaced by a newer one (\`invalid_grant\`). ${inSandbox}`,
    impact: oneToken,
    certainty: {
      proved:
        'a refresh with this very token is known to have brought a new one, and the app client rotates without a grace period',
      likely:
        'a grace period, or none that is known, lets a replaced token work for a while, so that something else may have ended it; or how an earlier refresh ended is not known, and the app client rotates',
    },
    diagnosis: [
      'Which clients does it happen to, and how often? Two tabs that refresh at once make pairs of a success and this failure.',
      waves('refresh_token'),
      'Rotation and grace period of the app client:',
      describeClient,
    ],
    evidence: {
      token_rotated_before: 'another refresh through this proxy brought a new token for this one',
      token_seen_before: 'an earlier refresh with this token went out through this proxy',
      rotation_on: 'the app client rotates its refresh tokens',
    },
    mitigation: [
      signInAgain,
      `${rotation} ${clientSettings}. By CLI it must be ${changeClientLink}.`,
      'Set `refreshTokenRotation` and `retryGracePeriodSeconds` of the client to the same, so that a lost answer is fetched again inside the grace period.',
    ],
    prevention: 'Store the newest refresh token before anything else is done with the answer.',
  },
  refresh_token_revoked: {
    meaning: `This refresh token was revoked (\`invalid_grant\`), and it was this proxy that revoked it. ${inSandbox}`,
    impact: 'None, where the user meant to sign out; the front end goes on with tokens that ended.',
    diagnosis: [
      'The user signed out in another tab or window, or the front end keeps its tokens after it has signed the user out.',
      waves('refresh_token'),
    ],
    evidence: {
      token_revoked_before: 'Cognito confirmed a revocation of this very token through this proxy',
    },
    mitigation: [signInAgain, 'Let the front end forget all tokens of a user who signs out.'],
    prevention: 'Tell the other tabs of a sign-out (`BroadcastChannel`, or the `storage` event).',
  },
  token_type_not_revocable: {
    meaning:
      'Something else than a refresh token was sent to be revoked (`unsupported_token_type`).',
    impact: 'The sign-out is not complete: the refresh token stays valid.',
    diagnosis: [
      "Look at the `token` of the request to `/oauth2/revoke` in the browser's network tab: one that begins with `eyJ` and has three parts between dots is an access or ID token.",
    ],
    mitigation: [
      'Send the refresh token. Access and ID tokens made from it end with it at Cognito.',
    ],
    prevention: 'Let the OAuth library revoke, and let it revoke the refresh token.',
  },
} as const satisfies { readonly [N in keyof typeof rejectedGrant]: RunbookTextOf<N> }
