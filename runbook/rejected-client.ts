import type { rejectedByCognito } from '../core/causes/rejected-by-cognito.ts'
import {
  compareSecrets,
  createClient,
  deleteSecret,
  deployStage,
  describeClient,
  describePool,
  hasSecret,
  listClients,
  listSecrets,
  replaceSecret,
  rotateSecret,
  storeSecret,
} from './commands.ts'
import { afterRefusal, aged, fresh, ownedElsewhere } from './phrases.ts'
import type { RunbookTextOf } from './text.ts'

const nobody =
  'Nobody can sign in or refresh with this client. Front ends get a server error and keep their sessions.'
const refused = 'Cognito refused the client id and secret (`invalid_client`).'
const handOver =
  'Change secrets with an overlap: add a second one, store it, wait, then delete the first.'

/** Cognito refused the app client itself. */
export const rejectedClientTexts = {
  client_secret_mismatch: {
    meaning: `${refused} The proxy then asked the user pool: the app client exists and has a secret, but not the one that was sent.`,
    impact: nobody,
    certainty: {
      proved: `${fresh}, the secret that the app client was made with is its only active one, and the domain belongs to the pool`,
      likely: `the app client has two active secrets, or one that was added later: Cognito shows at most the one that it was made with, and another may be the one that was sent; or the proxy could not read how many secrets there are or which pool owns the domain; or Cognito shows no secret, and all active ones are younger than the stored value; or the stored secret had just changed and the new one was not tried; or ${aged}`,
    },
    diagnosis: [
      'Compare the two secrets. (If the secret is stored as a plain string, leave out the first `jq`.) After a rotation that deleted the secret that the app client was made with, `different` proves nothing: Cognito shows none, or the deleted one.',
      compareSecrets,
      'List the active secrets of the app client and their dates.',
      listSecrets,
    ],
    evidence: {
      ...afterRefusal,
      secret_differs: 'the user pool shows a different secret from the one that was sent',
      one_active_secret: 'the app client has one active secret',
      two_active_secrets:
        'the app client has two, and Cognito shows at most the one that the app client was made with',
      changed_at_cognito:
        'every active secret was made more than a minute after the value in Secrets Manager was stored: somebody has changed them in the console or by another tool. A rotation heals it',
    },
    mitigation: [
      'A rotation heals it, and nobody sees a value: it stores what Cognito shows, if that works, or adds another secret and stores that. The proxy reads it again at the next refusal; no deployment is needed.',
      rotateSecret,
      'By hand: if the app client still has the secret that it was made with (the list shows one of the same date as the app client), store that. The command stores nothing if Cognito shows no secret.',
      storeSecret,
      'After a rotation, the value of the listed secret cannot be read: add another one and store that.',
      replaceSecret,
      'If there are two active secrets, delete the unused one, then store the other.',
      deleteSecret,
      'In the console: Cognito > User pools > POOL > App clients > CLIENT > Client secret > Show, and Secrets Manager > Secrets > SECRET > Retrieve secret value > Edit.',
    ],
    prevention: `${handOver} Never type a secret by hand.`,
  },
  client_not_found: {
    meaning: `${refused} The proxy then asked the user pool, which has no app client with this id.`,
    impact: nobody,
    certainty: {
      proved: `${fresh}: the pool and its domain exist, but the app client does not`,
      likely: `the proxy could not read the user pool or its domain; or it could list secrets of the app client although the app client does not exist; or ${aged}`,
    },
    diagnosis: [
      'List the app clients of the user pool. The usual mistake is a client id of another stage or pool.',
      listClients,
      'If it existed before, it was deleted: CloudTrail > Event history > `DeleteUserPoolClient` shows when and by whom.',
    ],
    evidence: {
      ...afterRefusal,
      client_absent: 'the user pool has no app client with this id',
    },
    mitigation: [
      'Set `clientId`, `userPoolId` and `domain` of the client so that they belong together, and deploy. The front end must send the same client id.',
      deployStage,
      'If it was deleted: create an app client with a secret (Cognito > User pools > POOL > App clients > Create app client, type Traditional web application). Store its secret, and put its id into the settings and the front end. A deleted id cannot be restored.',
      storeSecret,
    ],
    prevention:
      'Take the client id and the pool id from the outputs of the template that creates them.',
  },
  client_has_no_secret: {
    meaning: `${refused} The proxy then asked the user pool: the app client exists but has no secret. It is a public app client.`,
    impact: nobody,
    certainty: {
      proved: `${fresh}: it lists no secret for the app client, and the domain belongs to the pool`,
      likely: `the proxy could not read which pool owns the domain; or ${aged}`,
    },
    diagnosis: [
      'Check it yourself. The first command prints `false`, and the second one an empty list. If it lists a secret, the app client is confidential, and Cognito only no longer shows its secret: see [client_rejected](client_rejected.md).',
      hasSecret,
      listSecrets,
    ],
    evidence: {
      ...afterRefusal,
      no_active_secret: 'the user pool shows no secret of the app client, and lists none',
    },
    mitigation: [
      'A secret cannot be added to an app client that was created without one. Create a copy of it with a secret; the command prints the new id.',
      createClient,
      'Store its secret, set `clientId` of the client to the new id, deploy, and use the same id in the front end.',
      storeSecret,
      deployStage,
      'In the console: Cognito > User pools > POOL > App clients > Create app client, type Traditional web application.',
    ],
    prevention: 'Create app clients with a template that sets `GenerateSecret: true`.',
  },
  client_rejected: {
    meaning: `${refused} The reason is unknown: the proxy could not read the user pool, or the configuration of the pool does not explain the refusal.`,
    impact: nobody,
    diagnosis: [
      'If the evidence includes `secret_equal`, the proxy found nothing wrong. If not, the user pool gave no usable answer: check that `userPoolId` is set and that the role is allowed to describe that pool. Then check by hand, with POOL, CLIENT and SECRET from the settings of `client`. Does the app client exist, and does Cognito show its secret?',
      hasSecret,
      'Is the stored secret the one of the app client? (If the secret is stored as a plain string, leave out the first `jq`.)',
      compareSecrets,
      'If the app client has two secrets, `different` proves nothing, because Cognito shows only the one that the app client was made with. Compare the dates with the last change of the stored secret.',
      listSecrets,
      'With `domain_elsewhere`, the app client may be in the pool that owns the domain. Set `userPoolId` to that pool. This changes no request, but the next failure can be explained.',
      'With `user_pool_absent`, check whether the pool exists in this account and Region.',
      describePool,
    ],
    evidence: {
      ...afterRefusal,
      secret_equal: 'the user pool shows the same secret that was sent',
      secret_undescribed:
        'the user pool shows no secret of the app client, which proves nothing: Cognito shows only the one that it was made with, and none after that one was deleted, as at the end of a rotation',
      client_present: 'the user pool has the app client',
      client_absent:
        'the user pool in the settings has no such app client, and the domain does not belong to it',
      user_pool_absent:
        'there is no such user pool in this account: `userPoolId` is wrong, or the pool was deleted',
      domain_elsewhere: `${ownedElsewhere}; perhaps \`userPoolId\` is wrong`,
    },
    candidates: {
      client_secret_mismatch: 'the app client has a secret, and the comparison says `different`',
      client_not_found: '`describe-user-pool-client` answers `ResourceNotFoundException`',
      client_has_no_secret:
        'the first command prints `false`, and `list-user-pool-client-secrets` an empty list: it is a public app client',
      domain_of_another_pool:
        '`describe-user-pool` shows another `Domain` or `CustomDomain` than the one in the settings',
      secret_change_spreading:
        'the comparison says `same`, and a secret was added or deleted a moment ago: Cognito does not document how fast such a change takes effect. This passes by itself; if it lasts for more than a few minutes, the domain leads to another pool',
    },
    mitigation: [
      'With `secret_undescribed`, nobody can read the right secret any more. If the rotation is over, another one heals it; if two are listed, delete the one that nobody uses first.',
      rotateSecret,
      'Otherwise follow [client_secret_mismatch](client_secret_mismatch.md), [client_not_found](client_not_found.md) or [client_has_no_secret](client_has_no_secret.md).',
      'If the secrets are equal and Cognito still refuses, compare `domain` with the domains of the pool.',
      describePool,
      'If the domain is right, too, give `upstream_request_id` and this configuration to AWS Support.',
      describeClient,
    ],
    prevention: `${handOver} Set \`userPoolId\` of each client, so that the proxy can check the user pool itself.`,
  },
} as const satisfies {
  readonly [N in Extract<
    keyof typeof rejectedByCognito,
    `client_${string}`
  > as N extends 'client_unauthorized' ? never : N]: RunbookTextOf<N>
}
