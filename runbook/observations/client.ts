import {
  allowCode,
  compareSecrets,
  createClient,
  describeClient,
  describeDomain,
  enableOAuth,
  enableRevocation,
  hasSecret,
  listClients,
  listSecrets,
  registerCallback,
  storeSecret,
} from '../commands.ts'
import type { Observation } from './observation.ts'

/** What decides about the app client: its secret, its grants, its addresses. */
export const clientObservations = {
  client_secret_missing: {
    ask: 'Has the app client a secret, and the request none?',
    look: 'The command prints `true`, and the request has neither `client_secret` nor an `Authorization: Basic` header. A front end cannot keep a secret, so the answer is another app client or this proxy, not a secret in the front end.',
    command: hasSecret,
    repair: {
      command:
        'aws cognito-idp create-user-pool-client --user-pool-id POOL --client-name spa --no-generate-secret',
    },
  },
  client_secret_mismatch: {
    ask: 'Is the secret that is sent not that of the app client?',
    look: 'The command prints `different`. (It compares with a secret in Secrets Manager; compare another place by hand.) After a rotation Cognito may show no secret, and `different` proves nothing.',
    command: compareSecrets,
    repair: storeSecret,
  },
  empty_secret: {
    ask: 'Does the request send an empty secret?',
    look: 'Decode the Basic value: it ends in a colon; or the form has `client_secret=` with nothing behind it. Some libraries do this for clients that have no secret.',
  },
  malformed_basic_header: {
    ask: 'Does the Basic value decode to anything else than ID:SECRET?',
    look: 'Decode what your program sends (never on a website). The right value is `CLIENT:` and the secret, with no `%2B`, no line break, and not base64 again.',
    command: {
      command: `printf '%s' "$BASIC_VALUE" | base64 -d | sed 's/:.*/:(secret)/'`,
    },
  },
  client_has_no_secret: {
    ask: 'Has the app client no secret, and the request one?',
    look: 'The first command prints `false`, and an empty list follows. A public app client refuses every Authorization header.',
    command: hasSecret,
    repair: createClient,
  },
  client_not_found: {
    ask: 'Does the app client not exist in this user pool?',
    look: 'The list does not have the client id of the request. Typical: the id of another stage, pool or provider.',
    command: listClients,
  },
  domain_of_another_pool: {
    ask: 'Does the domain belong to another user pool?',
    look: '`UserPoolId` in the answer is not the pool that has the app client.',
    command: describeDomain,
  },
  secret_change_spreading: {
    ask: 'Was a secret added or deleted a few minutes ago?',
    look: 'The newest `ClientSecretCreateDate` is a few minutes old, and the error passes by itself.',
    command: listSecrets,
    fix: 'Wait a few minutes; if it stays, compare the secrets.',
  },
  grant_not_allowed: {
    ask: 'Is `code` missing from the allowed OAuth flows?',
    look: '`flows` does not include `code` (for `client_credentials`: not that one).',
    command: describeClient,
    repair: allowCode,
  },
  oauth_flows_disabled: {
    ask: 'Is the OAuth switch of the app client off?',
    look: '`oauthSwitch` is `false` or absent. That is the default for app clients that were created or updated by API, CLI or template.',
    command: describeClient,
    repair: enableOAuth,
  },
  callback_not_registered: {
    ask: 'Is the redirect URI missing from the callback URLs?',
    look: '`callbacks` does not have the `redirect_uri` byte for byte: compare the slash at the end, the port, `http` and `https`, `127.0.0.1` and `localhost`.',
    command: describeClient,
    repair: registerCallback,
  },
  redirect_uri_mismatch: {
    ask: 'Do sign-in and exchange send two different redirect URIs?',
    look: 'Compare `redirect_uri` in the address of the sign-in page with the one in the token request, byte for byte: a slash at the end is enough. CloudTrail shows both.',
    command: {
      command: `npm run doctor -- --user-pool-id POOL --client-id CLIENT --cloudtrail`,
    },
  },
  revocation_disabled: {
    ask: 'Is token revocation turned off for the app client?',
    look: '`revocation` is `false`.',
    command: describeClient,
    repair: enableRevocation,
  },
  identity_providers_missing: {
    ask: 'Does the app client lack the identity provider?',
    look: '`SupportedIdentityProviders` is empty or does not have the one that the sign-in asks for.',
    command: {
      command: `aws cognito-idp describe-user-pool-client --user-pool-id POOL --client-id CLIENT \\
  --query UserPoolClient.SupportedIdentityProviders`,
    },
  },
  scopes_missing: {
    ask: 'Does the app client lack the scope that is asked for?',
    look: '`scopes` does not have every scope of the request; `email` and `profile` need `openid`, too.',
    command: describeClient,
  },
  user_pool_not_found: {
    ask: 'Is there no such user pool in this account and Region?',
    look: 'The command answers `ResourceNotFoundException`. A pool id begins with its Region.',
    command: {
      command: 'aws cognito-idp describe-user-pool --user-pool-id POOL --query UserPool.Name',
    },
  },
} as const satisfies Readonly<Record<string, Observation>>
