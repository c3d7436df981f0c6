import type { rejectedGrant } from '../core/causes/rejected-grant.ts'
import { textSettings } from '../core/settings/table.ts'
import { changeClientLink, describeClient, describePool, enableOAuth } from './commands.ts'
import { clientSettings, describedAsRedirect, loginPages } from './phrases.ts'
import type { RunbookTextOf } from './text.ts'

const table = textSettings.evidenceTable.variable
const oneToken = 'That session is over. The user must sign in again.'
const inSandbox = `The proxy remembers digests of what it sent for a limited time, in each sandbox and, with \`${table}\`, across all sandboxes.`
const waves = (grant: string) => ({
  query: `filter ispresent(outcome) and grant_type = '${grant}'
| stats count(*) by client, outcome, cause, bin(15m)`,
})
const otherRegion =
  'the client has `userPoolRegion`, and the failures begin with a failover: the other Region has issued it, and this one does not know it (yet)'
const signInAgain = 'The user signs in again.'
const rotation =
  'Keep the newest token, refresh in one tab at a time (Web Locks), and set a grace period of a few seconds at the app client:'

/** Cognito refused a code, a token or a revocation. */
export const rejectedGrantTexts = {
  redirect_uri_mismatch: {
    meaning:
      'Cognito answered `unauthorized_client` to a code. The proxy then asked the user pool: flow, OAuth switch and callback URL are correct. The remaining explanation is that sign-in started with a redirect URI other than the one sent with the code.',
    impact: 'Users cannot sign in with that redirect URI.',
    certainty: {
      likely:
        'the proxy does not see the first half of the sign-in, so it can only rule out the other reasons',
    },
    diagnosis: [
      'Compare the `redirect_uri` of both halves: CloudTrail > Event history shows them in the events `OAuth2_Authorize_GET` and `Token_POST` of that minute.',
      'Search the front end for two places that build the redirect URI, for example one from `location.origin` and one from the build configuration, with and without a trailing slash.',
      describeClient,
    ],
    evidence: {
      client_in_order: 'the app client allows the code grant, and OAuth is turned on',
      callback_registered: 'the redirect URI of the exchange is among its callback URLs',
      described_as_redirect: describedAsRedirect,
    },
    mitigation: ['Send the same redirect URI in both steps.'],
    prevention: 'Keep the redirect URI in one constant that sign-in and exchange both use.',
  },
  code_already_used: {
    meaning: `This authorization code was sent before, and a code works only once (\`invalid_grant\`). ${inSandbox}`,
    impact:
      'Usually none: the first exchange signed the user in, and only the second one failed. A front end that reacts to the second one signs the user out.',
    certainty: {
      proved:
        'an earlier exchange with the same code, verifier and redirect URI returned tokens, so Cognito can only have refused this one because it came second',
      likely:
        'another exchange of the same code was sent and its outcome is unknown (it is still in progress, its answer was lost, or its sandbox ended); or it returned tokens with another verifier or redirect URI, and that difference may be the reason',
    },
    diagnosis: [
      'The log shows a success of the same client a moment earlier, usually within a second.',
      waves('authorization_code'),
      'In the front end, look for a callback page that is reloaded, an effect that runs twice (React StrictMode), two libraries that both handle the callback, or a custom retry.',
    ],
    evidence: {
      code_spent_before:
        'the same exchange returned tokens through this proxy before, in this or another sandbox',
      code_seen_before: 'another exchange of this code was sent through this proxy',
    },
    mitigation: [
      'Handle the callback in one place, and remove the code from the address bar (`history.replaceState`) before sending it. Never send a code again.',
    ],
    prevention: 'Use one OAuth library that handles the callback, and no second one.',
  },
  code_rejected: {
    meaning:
      'Cognito refused the authorization code (`invalid_grant`). This error has many reasons, and nothing that the proxy remembers or could read explains which one it is. The candidates below are documented or reported reasons.',
    impact: 'The user must sign in again. A few are normal; many at once mean a fault.',
    diagnosis: [
      'First separate single cases from a general fault. If the client also has successes, something happened to this one code in the front end. If it has none, look at the app client.',
      waves('authorization_code'),
      'Then go through the candidates from the top. This command shows the settings that they mention.',
      describeClient,
    ],
    evidence: {
      no_use_on_record: `the proxy knows of no earlier exchange of this code; without \`${table}\` it only checked this sandbox`,
      oauth_enabled: 'OAuth is turned on for the app client, which rules that reason out',
      resource_sent:
        'the front end sent `resource` (RFC 8707), as MCP clients do. The proxy dropped it; sign-in, which had it too, probably did not: check `resource_server_missing` first',
    },
    candidates: {
      not_replicated_yet: otherRegion,
      code_already_used:
        'the records show another exchange of the same client a moment earlier, usually a success; typical reasons are a reloaded callback page, an effect that runs twice, two libraries that both handle the callback, or a custom retry in the front end',
      code_expired: 'more than five minutes passed between sign-in and exchange',
      verifier_mismatch:
        'sign-in was started twice, for example in two tabs, and the later verifier replaced the earlier one; or different code created the challenge and the verifier',
      code_of_another_client: 'the front end calls `/oauth2/authorize` with another client id',
      oauth_flows_disabled: 'no exchange of the client succeeds, and `oauthSwitch` is `false`',
      scope_attributes_unreadable:
        'every sign-in with the scope fails, and `readable` does not include all of its attributes: the scope `email` needs `email` and `email_verified`',
      resource_server_missing:
        'the front end sends `resource` or a custom scope to `/oauth2/authorize`, and the pool has no resource server with that name (`aws cognito-idp list-resource-servers`)',
      identity_provider_attributes:
        'only users of one identity provider fail: an attribute in its mapping is missing, or the app client is not allowed to write it',
    },
    mitigation: [
      'Start sign-in again. Never send the same code again.',
      'For a double exchange, see [code_already_used](code_already_used.md).',
      `OAuth switch: ${loginPages}, then save. Or by CLI, ${changeClientLink}:`,
      enableOAuth,
      'Attributes: Cognito > User pools > POOL > App clients > CLIENT > Attribute permissions > Edit. Resource server: Cognito > User pools > POOL > Branding > Domain > Resource servers. Identity provider: Cognito > User pools > POOL > Social and external providers > the provider > Attribute mapping.',
    ],
    prevention:
      'Exchange each code immediately and only once, in one place, with an OAuth library that manages state and verifier.',
  },
  refresh_token_rejected: {
    meaning:
      'Cognito refused the refresh token (`invalid_grant`). This error has several reasons. The record lists as candidates those that the configuration of the user pool does not rule out.',
    impact: `${oneToken} If it happens to many at once, they are all signed out.`,
    diagnosis: [
      'One user or many? Many at one moment point to a change of the app client or the pool: look for `UpdateUserPoolClient` and `UpdateUserPool` in CloudTrail > Event history.',
      waves('refresh_token'),
      'Check lifetime and rotation of the app client, and the device setting of the pool:',
      describeClient,
      describePool,
    ],
    candidates: {
      not_replicated_yet: otherRegion,
      refresh_token_expired:
        'the user signed in longer ago than `refreshValidity` (30 days by default); with rotation, a new token keeps the expiry of the first one. The proxy cannot rule this out, because it does not know when the user signed in',
      refresh_token_revoked:
        'the user signed out elsewhere, or CloudTrail shows `RevokeToken`, `GlobalSignOut` or `AdminUserGlobalSignOut`',
      refresh_token_rotated_out:
        '`rotation` is `ENABLED`, and the front end used an older token: two tabs refreshed at the same time, or it did not store the newer one',
      refresh_token_of_another_client:
        'the front end changed its client id but kept its old storage',
      user_disabled_or_deleted:
        '`aws cognito-idp admin-get-user` says `"Enabled": false` or does not find the user',
      session_limit_reached:
        'the pool limits the sessions of a user, and later sign-ins ended this one (`get-user-pool-session-configuration`)',
      device_tracking:
        '`devices` is set, and the token came from an API sign-in, not from the sign-in pages',
      scope_attributes_unreadable:
        '`readable` of the app client was reduced since sign-in and no longer includes all attributes of a scope: the scope `email` needs `email` and `email_verified`; `phone` and `profile` need theirs',
      resource_server_missing:
        'sign-in named a `resource`, which Cognito keeps for refreshes, and its resource server was deleted since: Cognito > User pools > POOL > Domain > Resource servers',
    },
    evidence: {
      rotation_off:
        'the app client does not rotate refresh tokens, which rules out a replaced token',
      device_tracking_off: 'the pool does not track devices, which rules that reason out',
      attributes_readable:
        'the app client is allowed to read every attribute of its scopes, which rules that reason out',
    },
    mitigation: [
      signInAgain,
      `For rotation, see [refresh_token_rotated_out](refresh_token_rotated_out.md). For the lifetime: ${clientSettings}. By CLI, the app client must be ${changeClientLink}.`,
    ],
    prevention:
      'Whenever an answer has a `refresh_token`, replace the stored one. Expect every session to end at some point.',
  },
  refresh_token_rotated_out: {
    meaning: `The app client rotates its refresh tokens, and this one was replaced by a newer one (\`invalid_grant\`). ${inSandbox}`,
    impact: oneToken,
    certainty: {
      proved:
        'an earlier refresh with the same token returned a new one, and the app client rotates without a grace period',
      likely:
        'the app client has a grace period, or the proxy does not know whether it has one: a replaced token may still work for a while, so something else may have ended it; or the app client rotates and the outcome of an earlier refresh is unknown',
    },
    diagnosis: [
      'Which clients are affected, and how often? Two tabs that refresh at the same time show up as pairs of a success and this failure.',
      waves('refresh_token'),
      'Check rotation and grace period of the app client:',
      describeClient,
    ],
    evidence: {
      token_rotated_before: 'another refresh through this proxy replaced this token with a new one',
      token_seen_before: 'an earlier refresh with this token was sent through this proxy',
      rotation_on: 'the app client rotates its refresh tokens',
    },
    mitigation: [
      signInAgain,
      `${rotation} ${clientSettings}. By CLI, the app client must be ${changeClientLink}.`,
      'Set `refreshTokenRotation` and `retryGracePeriodSeconds` of the client to the same values, so that the proxy can repeat a refresh within the grace period if its answer was lost.',
    ],
    prevention: 'Store the newest refresh token before doing anything else with the answer.',
  },
  refresh_token_revoked: {
    meaning: `This refresh token was revoked through this proxy (\`invalid_grant\`). ${inSandbox}`,
    impact:
      'None if the user wanted to sign out: the front end keeps using tokens that are no longer valid.',
    diagnosis: [
      'The user signed out in another tab or window, or the front end keeps its tokens after a sign-out.',
      waves('refresh_token'),
    ],
    evidence: {
      token_revoked_before:
        'Cognito confirmed the revocation of this token, which was sent through this proxy',
    },
    mitigation: [signInAgain, 'Make the front end delete all tokens of a user who signs out.'],
    prevention: 'Notify the other tabs of a sign-out (`BroadcastChannel`, or the `storage` event).',
  },
  token_type_not_revocable: {
    meaning: 'The token to revoke was not a refresh token (`unsupported_token_type`).',
    impact: 'The sign-out is not complete: the refresh token stays valid.',
    diagnosis: [
      "Check `token` of the request to `/oauth2/revoke` in the browser's network tab. A value that starts with `eyJ` and has three parts separated by dots is an access or ID token.",
    ],
    mitigation: [
      'Send the refresh token. Cognito also revokes the access tokens that were issued with it.',
    ],
    prevention: 'Let the OAuth library revoke the refresh token.',
  },
} as const satisfies { readonly [N in keyof typeof rejectedGrant]: RunbookTextOf<N> }
