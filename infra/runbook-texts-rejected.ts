import type { rejected } from '../core/causes/rejected.ts'
import { numberSettings } from '../core/settings-table.ts'
import {
  changeClientLink,
  compareSecrets,
  describeClient,
  describeDomain,
  describePool,
  hasSecret,
  listSecrets,
  probeDomain,
  storeSecret,
} from './runbook-commands.ts'
import type { RunbookTextOf } from './runbook-text.ts'

const cooldown = numberSettings.secretRefetchCooldownSeconds
const loginPages = 'Cognito > User pools > POOL > App clients > CLIENT > Login pages > Edit'

/** Cognito said no. */
export const rejectedTexts = {
  client_rejected: {
    meaning:
      "Cognito knows no app client with this id and secret (`invalid_client`). Its one word does not tell whether the id, the secret or the app client's kind is wrong.",
    impact:
      'Nobody signs in or refreshes with this client. Front ends see a server error and keep their sessions.',
    diagnosis: [
      'Take `client` from the record, and POOL, CLIENT and SECRET from the settings of that client. Does the app client exist, and has it a secret?',
      hasSecret,
      'Is the stored secret the same as its own? (For a secret stored as a plain string leave out the `jq`.)',
      compareSecrets,
      'If the app client has two secrets, `different` proves nothing: which of them is described is not documented. Compare the dates with the last change of the stored secret.',
      listSecrets,
    ],
    evidence: {
      secret_changed:
        'the secret was read anew and had changed, and Cognito refused the new one as well',
      secret_unchanged: 'the secret was read anew and is still the one that Cognito refused',
      refetch_failed: 'the secret could not be read anew',
      cooling_down: `it had been read anew less than \`${cooldown.variable}\` ago (${cooldown.byDefault} ${cooldown.unit} by default), so it was not read again`,
    },
    candidates: {
      client_secret_mismatch: 'the app client has a secret, and the comparison says `different`',
      client_not_found: '`describe-user-pool-client` answers `ResourceNotFoundException`',
      client_has_no_secret: 'the first command prints `false`: it is a public app client',
    },
    mitigation: [
      'Mismatch: store the secret of the app client. The proxy reads it anew at the next refusal; nothing is deployed. If the app client has two secrets, delete the one that nobody uses and add a fresh one instead, as under [caller_sent_credentials](#caller_sent_credentials).',
      storeSecret,
      'Not found: correct `clientId` in the settings, or create the app client anew, with a secret, and take over its new id.',
      'No secret: an app client without one can never get one. Create another with a secret, and change the settings and the front end to its id.',
    ],
    prevention:
      'Change secrets in overlap: add the second one, store it, wait, and only then delete the first. Never type a secret by hand.',
  },
  client_unauthorized: {
    meaning:
      'Cognito knows the client but says that it may not do this (`unauthorized_client`). The word stands for a flow that is switched off as well as for a redirect URI that does not fit.',
    impact:
      'Nobody signs in with this client, or nobody refreshes, or only those who come over one redirect URI; `grant_type` in the records tells.',
    diagnosis: [
      'Compare the app client with the settings of the client.',
      describeClient,
      'To compare the redirect URIs of sign-in and exchange: CloudTrail > Event history has them in the events `OAuth2_Authorize_GET` and `Token_POST` of that minute.',
    ],
    evidence: {
      described_as_redirect:
        "Cognito's description says `invalid_redirect`: a strong hint at the redirect URI, though its texts are not fixed",
    },
    candidates: {
      redirect_uri_mismatch:
        'the callback is registered, but sign-in began with another one; likely where the client has several redirect URIs and others work',
      callback_not_registered: 'the redirect URI is in the settings but not among `callbacks`',
      grant_not_allowed: '`flows` has no `code`',
      oauth_flows_disabled:
        '`oauthSwitch` is `false` or absent, its default wherever an app client is created or updated by API, CLI or template',
    },
    mitigation: [
      `Callback or flow: ${loginPages}. Set the callback URLs and the authorization code grant, and save. By CLI an app client must be ${changeClientLink}.`,
      'OAuth switch: saving the same page in the console sets it; in a template set `AllowedOAuthFlowsUserPoolClient: true`.',
      'Mismatch: let the front end send the same redirect URI at both steps.',
    ],
    prevention:
      'Keep app clients in a template that states every setting; a partial update wipes flows and callback URLs.',
  },
  code_rejected: {
    meaning:
      'Cognito refused the authorization code (`invalid_grant`). Its one word does not tell why; the reasons below are those that are documented or were reported.',
    impact: 'The user must sign in again. A few of them are everyday; a wave means a fault.',
    diagnosis: [
      'First tell chance from fault. Where a client has successes too, the front end or its user did something with this one code. Where it has none, look at the app client.',
      {
        query: `filter ispresent(outcome) and grant_type = 'authorization_code'
| stats count(*) by client, outcome, cause, bin(15m)`,
      },
      'Then go through the candidates from the top; these are the settings that they speak of.',
      describeClient,
    ],
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
    },
    mitigation: [
      'Restart sign-in. Never send the same code again.',
      'Double exchange: let one place handle the callback, and take the code out of the address (`history.replaceState`) before it is sent.',
      `OAuth switch: ${loginPages}, save. Attributes: the tab Attribute permissions of the app client. By CLI it must be ${changeClientLink}.`,
    ],
    prevention:
      'Exchange at once and once, in one place, with an OAuth library that owns state and verifier.',
  },
  refresh_token_rejected: {
    meaning:
      'Cognito refused the refresh token (`invalid_grant`). Its one word does not tell why; the reasons below are those that are documented or were reported.',
    impact:
      'That session is over; the user must sign in again. A wave signs many users out at once.',
    diagnosis: [
      'One user or many? A wave at one moment points to a change of the app client or of the pool; look at CloudTrail > Event history for `UpdateUserPoolClient` and `UpdateUserPool`.',
      {
        query: `filter ispresent(outcome) and grant_type = 'refresh_token'
| stats count(*) by client, outcome, cause, bin(15m)`,
      },
      'Lifetime and rotation of the app client, and the device setting of the pool:',
      describeClient,
      describePool,
    ],
    candidates: {
      refresh_token_expired:
        'sign-in is longer ago than `refreshValidity` (30 days unless set); with rotation the new token keeps the end of the first one',
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
    },
    mitigation: [
      'Let the user sign in again.',
      'Rotation: keep the newest token, refresh in one tab at a time (Web Locks), and give the app client a grace period of some seconds.',
      `Lifetime: Cognito > User pools > POOL > App clients > CLIENT > Edit. By CLI it must be ${changeClientLink}.`,
    ],
    prevention:
      'Treat every answer that has a `refresh_token` as a replacement, and plan for the end of every session.',
  },
  lambda_trigger_failed: {
    meaning:
      "The text of Cognito's answer reads like a failure of one of the pool's own Lambda triggers. Such texts are not fixed, so this is likely and not proved.",
    impact: 'Every user whom the trigger fails for; none of them can sign in or refresh.',
    diagnosis: [
      'Which triggers has the pool? The one for token generation is the first suspect.',
      describePool,
      'Read the log of that trigger (CloudWatch > Log groups > `/aws/lambda/TRIGGER`) at the second of the record: an error, a timeout, or an answer that Cognito cannot use.',
      'With nothing in its log it was not even started: its resource policy must let `cognito-idp.amazonaws.com` invoke it.',
    ],
    evidence: {
      trigger_text: 'the answer names a trigger that failed, or an error class of triggers',
    },
    mitigation: [
      'Roll the trigger back, or take it off the pool: Cognito > User pools > POOL > Extensions.',
    ],
    prevention:
      'Give triggers an alarm on errors and duration, and test them with sample events before a deployment.',
  },
  cognito_request_rejected: {
    meaning:
      'The user pool domain refused a request that was well-formed when it left, with an answer that fits no known reason.',
    impact: 'Mostly everybody who uses this client.',
    diagnosis: [
      '`upstream_status` and `upstream_error` have what was answered, as far as it is known. `evidence` says why it was not taken for more.',
      'Ask the endpoint by hand. Cognito itself answers 400 in JSON with `x-amz-cognito-request-id`.',
      probeDomain,
      'See whether the domain belongs to the pool.',
      describeDomain,
    ],
    evidence: {
      method_refused: 'a 405: often a wrong path, or something between that redirects or rewrites',
      status_unexpected:
        'a status with which Cognito is not known to refuse: something in between answered',
      answer_not_json: 'a 4xx with a body that is no JSON object: hardly Cognito itself',
      error_unknown: 'JSON, but no `error` that Cognito is known to send',
      error_unexpected: 'a known `error` that a request of the proxy should not be able to cause',
    },
    candidates: {
      domain_path_wrong:
        'the answer has no `x-amz-cognito-request-id`: `domain` leads to another server',
      request_changed_on_the_way:
        'a proxy, a gateway or a CDN of your own stands before the domain',
      cognito_changed:
        'the domain is right, nothing stands between, and it began without any change of yours',
    },
    mitigation: [
      'Correct `domain` of the client in the settings and deploy, or take away what stands between.',
      'Else open a case with AWS support and give them `upstream_request_id`, and report it to the developers of the proxy.',
    ],
    prevention:
      'Use the address that Cognito shows for the domain: Cognito > User pools > POOL > Domain.',
  },
} as const satisfies { readonly [N in keyof typeof rejected]: RunbookTextOf<N> }
