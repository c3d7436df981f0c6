import { describeClient, describePool } from '../commands.ts'
import type { Observation } from './observation.ts'

const trail = (event: string): { readonly command: string } => ({
  command: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=${event} \\
  --query 'Events[].[EventTime, Username]' --output table`,
})
const signInAgain = 'Send the user to the sign-in page again.'

/** What decides about a code or a refresh token. */
export const grantObservations = {
  code_already_used: {
    ask: 'Was the same code sent before?',
    look: "The network tab (with 'Preserve log') or the server's log shows two token requests with one code, usually within a second, and the first one succeeded: a reloaded callback page, an effect that runs twice (React StrictMode), or two libraries that both handle the callback.",
  },
  code_expired: {
    ask: 'Did more than five minutes pass since sign-in?',
    look: 'Compare the time of the redirect with the time of the exchange: a code lives for five minutes.',
    fix: 'Exchange the code immediately after the redirect.',
  },
  verifier_mismatch: {
    ask: 'Does the verifier not belong to the challenge?',
    look: 'The hash of the verifier is not the `code_challenge` of the sign-in. Typical: sign-in was started twice, for example in two tabs, and the later verifier replaced the earlier one.',
    command: {
      command: `printf '%s' "$VERIFIER" | openssl dgst -sha256 -binary | basenc --base64url | tr -d '='`,
    },
    fix: 'Store one verifier for each sign-in, by its state, and send the one that belongs to the code.',
  },
  pkce_verifier_missing: {
    ask: 'Did sign-in send a challenge, and the exchange no verifier?',
    look: 'The address of the sign-in page has `code_challenge`, and the token request has no `code_verifier`: the stored one was lost in a reload, or used in another tab.',
  },
  code_of_another_client: {
    ask: 'Was the code made for somebody else?',
    look: 'The `client_id` of the sign-in page is not that of the exchange, or the code in the address came from another service: its `state` is not one that this page made.',
    fix: 'Exchange only codes whose state this page made, with the client id and the domain that the sign-in used.',
  },
  scope_attributes_unreadable: {
    ask: 'Does every sign-in with this scope fail?',
    look: '`readable` is set and lacks an attribute of a scope: `email` needs `email` and `email_verified`. A sign-in without `scope` asks for all scopes of the app client.',
    command: describeClient,
    fix: 'Let the app client read all attributes of its scopes, or ask for fewer scopes.',
  },
  resource_server_missing: {
    ask: 'Does sign-in name a resource or a custom scope?',
    look: 'The address of the sign-in page has `resource=` or a scope with a slash, and the list has no resource server with that identifier.',
    command: {
      command: `aws cognito-idp list-resource-servers --user-pool-id POOL --max-results 50 \\
  --query 'ResourceServers[].Identifier'`,
    },
    fix: 'Create the resource server with that identifier, or leave out resource.',
  },
  identity_provider_attributes: {
    ask: 'Do only users of one identity provider fail?',
    look: 'Users of the pool itself sign in, and those of the provider do not: `AttributeMapping` lacks a required attribute (for SAML often `NameID` to email), or the app client may not write it.',
    command: {
      command: `aws cognito-idp describe-identity-provider --user-pool-id POOL --provider-name NAME \\
  --query IdentityProvider.AttributeMapping`,
    },
    fix: 'Map every required attribute in the identity provider, and let the app client write it.',
  },
  refresh_token_expired: {
    ask: 'Is the sign-in older than the refresh token may be?',
    look: 'More time than `refreshValidity` (30 days by default) passed since the user signed in. Rotation does not make it longer.',
    command: describeClient,
    fix: signInAgain,
  },
  refresh_token_revoked: {
    ask: 'Did the user sign out, or somebody end the sessions?',
    look: 'CloudTrail has `RevokeToken`, `GlobalSignOut` or `AdminUserGlobalSignOut` before the failure.',
    command: trail('AdminUserGlobalSignOut'),
  },
  refresh_token_rotated_out: {
    ask: 'Is rotation on, and the token an older one?',
    look: '`rotation` is `ENABLED`, and the failing token is not the newest: two tabs or calls refreshed at the same time, or the new token of the answer was not stored.',
    command: describeClient,
  },
  refresh_token_of_another_client: {
    ask: 'Was the token issued to another app client?',
    look: 'The client id of the front end changed and its storage did not.',
    fix: 'Delete the stored tokens when the client id changes, and sign in again.',
  },
  user_disabled_or_deleted: {
    ask: 'Is the user disabled or deleted?',
    look: 'The command says `false`, or does not find the user.',
    command: {
      command: 'aws cognito-idp admin-get-user --user-pool-id POOL --username USER --query Enabled',
    },
    fix: 'Enable the user, or end the session in the front end.',
  },
  session_limit_reached: {
    ask: 'Does the pool limit the sessions of a user?',
    look: 'The configuration has `MaxPerUser`, and the user signed in more often since.',
    command: { command: 'aws cognito-idp get-user-pool-session-configuration --user-pool-id POOL' },
    fix: 'Raise the limit, or send the user to the sign-in page again.',
  },
  device_tracking: {
    ask: 'Does the pool track devices, and is the token from the API?',
    look: '`devices` is set, and the token was issued by `InitiateAuth`, not by the sign-in pages.',
    command: describePool,
    fix: 'Refresh such tokens with the API and their device key, or turn device tracking off.',
  },
  not_replicated_yet: {
    ask: 'Did the Region of a replicated pool change since sign-in?',
    look: 'The pool has a replica, and the refusals begin with a failover. A Region learns from the other one what it has issued, but not at once; nothing documents it for codes.',
    command: {
      command: 'aws cognito-idp list-user-pool-replicas --user-pool-id POOL --region REGION',
    },
    fix: 'Start sign-in again, in the Region that serves now.',
  },
  token_type_not_revocable: {
    ask: 'Does the token begin with eyJ?',
    look: 'A token in three parts that begins with `eyJ` is an access or ID token; only the refresh token can be revoked.',
  },
  no_custom_scopes_for_client_credentials: {
    ask: 'Has the app client no scope of a resource server?',
    look: '`scopes` has no entry with a slash, or the request asks for `openid`.',
    command: describeClient,
    repair: {
      command: `aws cognito-idp create-resource-server --user-pool-id POOL --identifier https://api.example.com \\
  --name api --scopes ScopeName=read,ScopeDescription=Read`,
    },
  },
  scope_unknown: {
    ask: 'Does sign-in ask for offline_access or another scope?',
    look: 'A scope in the address of the sign-in page is not among `scopes`.',
    command: describeClient,
  },
} as const satisfies Readonly<Record<string, Observation>>
