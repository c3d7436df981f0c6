import type { rejected } from '../core/causes/rejected.ts'
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
  storeSecret,
} from './commands.ts'
import { afterRefusal, aged, fresh, ownedElsewhere } from './phrases.ts'
import type { RunbookTextOf } from './text.ts'

const nobody =
  'Nobody signs in or refreshes with this client. Front ends see a server error and keep their sessions.'
const refused = 'Cognito refused the id and secret of the app client (`invalid_client`).'
const handOver = 'Change secrets in overlap: add the second one, store it, wait, delete the first.'

/** Cognito refused the app client as such. */
export const rejectedClientTexts = {
  client_secret_mismatch: {
    meaning: `${refused} The proxy then asked the user pool: the app client is there and has a secret, but not the one that was sent.`,
    impact: nobody,
    certainty: {
      proved: `${fresh}, the app client has one active secret only, and the domain is the pool's own`,
      likely: `the app client has two active secrets, of which Cognito describes one, and the one that was sent could be the other; or their number, or whose the domain is, could not be read; or the stored secret had just changed and the new one was not tried; or ${aged}`,
    },
    diagnosis: [
      'See it for yourself. (For a secret stored as a plain string leave out the first `jq`.)',
      compareSecrets,
      'One secret or two, and since when?',
      listSecrets,
    ],
    evidence: {
      ...afterRefusal,
      secret_differs: 'the secret that the user pool describes is another one than was sent',
      one_active_secret: 'the app client has one active secret, so that no other can be right',
      two_active_secrets:
        'the app client has two, and which of them is described is not documented',
    },
    mitigation: [
      'Store the secret of the app client. The proxy reads it anew at the next refusal; nothing is deployed.',
      storeSecret,
      'With two active secrets delete the one that nobody uses, then store the other.',
      deleteSecret,
      'In the console: Cognito > User pools > POOL > App clients > CLIENT > Client secret > Show, and Secrets Manager > Secrets > SECRET > Retrieve secret value > Edit.',
    ],
    prevention: `${handOver} Never type a secret by hand.`,
  },
  client_not_found: {
    meaning: `${refused} The proxy then asked the user pool, which has no app client of this id.`,
    impact: nobody,
    certainty: {
      proved: `${fresh}: it is there, and so is its domain, but not the app client`,
      likely: `the user pool or its domain could not be asked; or its secrets can be listed although the app client is not there; or ${aged}`,
    },
    diagnosis: [
      'Which app clients has the user pool? A client id of another stage or pool is the usual slip.',
      listClients,
      'One that was there before was deleted: CloudTrail > Event history > `DeleteUserPoolClient` says when and by whom.',
    ],
    evidence: {
      ...afterRefusal,
      client_absent: 'the user pool says that it has no such app client',
    },
    mitigation: [
      'Set `clientId`, or `userPoolId` and `domain`, of the client to what belongs together, and deploy. The front end sends the same client id.',
      deployStage,
      'Deleted: create an app client with a secret (Cognito > User pools > POOL > App clients > Create app client, of the type Traditional web application), store its secret, and change the settings and the front end to its id. An id never comes back.',
      storeSecret,
    ],
    prevention: 'Take client id and pool id from the outputs of the template that creates them.',
  },
  client_has_no_secret: {
    meaning: `${refused} The proxy then asked the user pool: the app client is there and has no secret. It is a public app client.`,
    impact: nobody,
    certainty: {
      proved: `${fresh}: it lists no secret of the app client, and the domain is the pool's own`,
      likely: `the list of its secrets, or whose the domain is, could not be read; or a secret is listed although none is shown, so that one of the two is out of date; or ${aged}`,
    },
    diagnosis: ['See it for yourself; it prints `false`.', hasSecret],
    evidence: {
      ...afterRefusal,
      no_active_secret: 'the user pool describes the app client without a secret',
    },
    mitigation: [
      'An app client that was made without a secret can never get one. Create another one like it, with a secret; this prints its id.',
      createClient,
      'Store its secret, set `clientId` of the client, deploy, and give the front end the same id.',
      storeSecret,
      deployStage,
      'In the console: Cognito > User pools > POOL > App clients > Create app client, of the type Traditional web application.',
    ],
    prevention: 'Create app clients with `GenerateSecret: true` in a template.',
  },
  client_rejected: {
    meaning: `${refused} Why is not known: the user pool could not be asked, or what it says does not explain the refusal.`,
    impact: nobody,
    diagnosis: [
      'With `secret_equal` among the evidence nothing was found wrong. Otherwise the user pool gave no answer: see that `userPoolId` is set, and that the role may describe that pool. Then ask by hand, with POOL, CLIENT and SECRET from the settings of `client`. Is the app client there, and has it a secret?',
      hasSecret,
      'Is the stored secret the same as its own? (For a secret stored as a plain string leave out the first `jq`.)',
      compareSecrets,
      'If the app client has two secrets, `different` proves nothing: which of them is described is not documented. Compare the dates with the last change of the stored secret.',
      listSecrets,
      'With `domain_elsewhere` the app client may be in the pool that has the domain. Set `userPoolId` to that one, which changes no request: the next failure is explained by it.',
      'With `user_pool_absent`: does the pool exist in this account and Region?',
      describePool,
    ],
    evidence: {
      ...afterRefusal,
      secret_equal: 'the secret that the user pool describes is the very one that was sent',
      client_present: 'the user pool has the app client',
      client_absent:
        'the user pool of the settings has no such app client, and the domain is not its own',
      user_pool_absent:
        'there is no such user pool in this account: `userPoolId` is wrong, or the pool was deleted',
      domain_elsewhere: `${ownedElsewhere}; is it \`userPoolId\` that is wrong?`,
    },
    candidates: {
      client_secret_mismatch: 'the app client has a secret, and the comparison says `different`',
      client_not_found: '`describe-user-pool-client` answers `ResourceNotFoundException`',
      client_has_no_secret: 'the first command prints `false`: it is a public app client',
      domain_of_another_pool:
        '`describe-user-pool` shows another `Domain` or `CustomDomain` than the one in the settings',
      secret_change_spreading:
        'the comparison says `same`, and a secret was added or deleted a moment ago: how fast that is known everywhere is not documented. It ends by itself; if it does not within some minutes, the domain leads to another pool',
    },
    mitigation: [
      'See [client_secret_mismatch](client_secret_mismatch.md), [client_not_found](client_not_found.md) or [client_has_no_secret](client_has_no_secret.md), whichever it is.',
      'Equal secrets and still refused: compare `domain` with the domains of the pool, below.',
      describePool,
      'Right domain, equal secrets: give `upstream_request_id` to AWS support, with this configuration.',
      describeClient,
    ],
    prevention: `${handOver} Set \`userPoolId\` of each client, so that the proxy can look for itself.`,
  },
} as const satisfies {
  readonly [N in Extract<
    keyof typeof rejected,
    `client_${string}`
  > as N extends 'client_unauthorized' ? never : N]: RunbookTextOf<N>
}
