import type { own } from '../core/causes/own.ts'
import { clientsVariable, numberSettings, textSettings } from '../core/settings/table.ts'
import { deployStage, describeSecret, rollBack, showSecretShape, storeSecret } from './commands.ts'
import { functionPage, secretPage } from './phrases.ts'
import type { RunbookTextOf } from './text.ts'

const {
  deadlineMs,
  deadlineMarginMs,
  mostInFlight,
  secretHardAgeSeconds,
  secretRefetchCooldownSeconds,
  secretTimeoutMs,
} = numberSettings
const staleFirst =
  'Sandboxes that hold an older value go on with it for now; new ones cannot serve this client, and front ends keep their sessions.'
const noneServed = 'Nobody signs in or refreshes with this client; front ends keep their sessions.'

const ofCookieKey = `not the secret of the client, but the key of the cookies, \`${textSettings.cookieKeySecret.variable}\``

/** The proxy's own. */
export const ownTexts = {
  secret_not_found: {
    meaning:
      'Secrets Manager has no secret under the configured name, or it waits for its deletion.',
    impact: staleFirst,
    diagnosis: [
      'Take SECRET from `secretId` of the client. `DeletedDate` in the answer means that it waits for deletion; `ResourceNotFoundException` that there is none in this account and Region.',
      describeSecret,
    ],
    evidence: {
      marked_for_deletion:
        'Secrets Manager refused the read because of the state of the secret, mostly a pending deletion',
      cookie_key: ofCookieKey,
    },
    mitigation: [
      'Waiting for deletion: restore it. In the console: Secrets Manager > Secrets > Preferences > Show secrets scheduled for deletion, then SECRET > Cancel deletion.',
      { command: 'aws secretsmanager restore-secret --secret-id SECRET' },
      'No secret: create it (Secrets Manager > Secrets > Store a new secret > Other type of secret), then store the value.',
      { command: 'aws secretsmanager create-secret --name SECRET' },
      storeSecret,
      'Wrong name: correct `secretId` of the client in the stage file, and deploy.',
      deployStage,
    ],
    prevention:
      'Keep secret and settings in one template, with a deletion policy that retains the secret.',
  },
  secret_access_denied: {
    meaning: 'The function may not read the secret, or not decrypt it.',
    impact: staleFirst,
    diagnosis: [
      'Ask IAM what the role may do.',
      {
        command: `aws iam simulate-principal-policy --policy-source-arn ROLE \\
  --action-names secretsmanager:GetSecretValue --resource-arns ARN_OF_THE_SECRET \\
  --query 'EvaluationResults[].EvalDecision'`,
      },
      'If it says `allowed`, look at the policy of the secret itself (`aws secretsmanager get-resource-policy`), at the policy of its key, and at the policy of a VPC endpoint. CloudTrail > Event history > `GetSecretValue` has the reason in words.',
    ],
    evidence: {
      credentials_rejected:
        "the function's own credentials were refused or missing; seen mostly outside Lambda",
      decryption_denied: "Secrets Manager could not decrypt with the secret's key",
      cookie_key: ofCookieKey,
    },
    mitigation: [
      'The role is made from the settings: name the secret in `secretId` exactly as it is called, and deploy.',
      deployStage,
      'A key of your own must be enabled, and let the role `kms:Decrypt`: KMS > Customer managed keys > KEY > Key policy > Edit; or by a grant:',
      {
        command: 'aws kms create-grant --key-id KEY --grantee-principal ROLE --operations Decrypt',
      },
      `A policy of the secret itself that denies the role: ${secretPage} > Resource permissions > Edit permissions.`,
    ],
    prevention: 'Do not edit the role by hand: each deployment derives it from the settings.',
  },
  secret_malformed: {
    meaning: 'The secret was read, but its content cannot be the secret of this app client.',
    impact: staleFirst,
    diagnosis: ['Look at its shape; this shows no secret.', showSecretShape],
    evidence: {
      not_text: 'it holds bytes and no text',
      not_json: 'it begins like JSON and is none',
      client_secret_missing: 'the JSON has no text `client_secret`',
      client_secret_unusable:
        'the secret is empty, too long, or has spaces or other characters that no secret has',
      client_id_differs: 'its `client_id` is of another app client: the secrets were mixed up',
      placeholder: 'a sample text was never replaced',
      cookie_key: `${ofCookieKey}; alone: it is not 32 bytes in base64`,
    },
    mitigation: [
      'Store the secret of this app client. Sandboxes read it at their next try; nothing is deployed.',
      storeSecret,
      `In the console: ${secretPage} > Retrieve secret value > Edit.`,
    ],
    prevention:
      'Write secrets by pipe or template, not by hand, and with their `client_id`, so that a mix-up is seen.',
  },
  secret_unavailable: {
    meaning:
      'Secrets Manager did not give the secret, and there is no earlier value young enough to go on with.',
    impact: noneServed,
    diagnosis: [
      'AWS Health Dashboard > Service health: AWS Secrets Manager in the Region of the function.',
      'A function in a VPC needs a NAT gateway or an endpoint for Secrets Manager whose security group lets port 443 in.',
      `\`secret_ms\` near \`${secretTimeoutMs.variable}\` (${secretTimeoutMs.byDefault} ${secretTimeoutMs.unit} by default) speaks for the network.`,
    ],
    evidence: {
      no_answer: 'no connection, or no answer in time',
      answered_error: 'Secrets Manager answered with an error of its own, or throttled the read',
      backed_off: 'an earlier read failed a moment ago, so none was made for this request',
      cooling_down: `a cookie names a key that this sandbox does not have, and the keys had been read anew less than \`${secretRefetchCooldownSeconds.variable}\` ago (${secretRefetchCooldownSeconds.byDefault} ${secretRefetchCooldownSeconds.unit} by default); nothing is wrong with AWS: the key has just been changed, or somebody sends made-up cookies`,
      cookie_key: ofCookieKey,
    },
    mitigation: [
      'A way out for a function in a VPC: VPC > Endpoints > Create endpoint > `com.amazonaws.REGION.secretsmanager`, with private DNS names.',
      'Otherwise wait for AWS. The proxy tries again by itself, at first after a second and then ever more rarely, at least once a minute.',
    ],
    prevention: `A value that was read is used for up to \`${secretHardAgeSeconds.variable}\` (${secretHardAgeSeconds.byDefault} ${secretHardAgeSeconds.unit} by default); do not set it short.`,
  },
  config_invalid: {
    meaning:
      'The settings were refused when the process began. Nothing is opened with settings that are not whole.',
    impact: 'Every request is refused, of all clients.',
    diagnosis: [
      'Each problem stands in the log line "settings refused", by the place of the setting and never by its value.',
      { query: "filter message = 'settings refused'\n| sort @timestamp desc\n| limit 1" },
    ],
    mitigation: [
      'Mend every problem named in the stage file and deploy. The [settings page](../settings.md) has names, bounds and an example.',
      deployStage,
      `Somebody changed \`${clientsVariable}\` by hand? ${functionPage} > Configuration > Environment variables shows it; deploying the stage again puts it right.`,
      'No time to look? Roll back to the last version that worked.',
      rollBack,
    ],
    prevention:
      'Change settings in the stage file only, never in the console: packaging checks them as the function does.',
  },
  deadline_exhausted: {
    meaning:
      'Too little time was left to ask Cognito, so the request was not sent, or not sent again.',
    impact: 'The user waits and is refused. Nothing was spent by this attempt; sessions stay.',
    diagnosis: [
      '`remaining_ms` is what the function had left at the end, `secret_ms` what the secret took, `upstream_ms` what a first attempt took.',
      `Compare ${functionPage} > Configuration > General configuration > Timeout with \`${deadlineMs.variable}\` (${deadlineMs.byDefault} ${deadlineMs.unit} by default) and \`${deadlineMarginMs.variable}\` (${deadlineMarginMs.byDefault}).`,
    ],
    mitigation: [
      `If \`secret_ms\` is what is large, see [secret_unavailable](secret_unavailable.md).`,
      `Give more time: raise \`deadlineMs\` in the stage file, and deploy.`,
      deployStage,
      `Somebody lowered the timeout of the function by hand? ${functionPage} > Configuration > General configuration > Edit, or deploy again. It must be above deadline and margin together.`,
    ],
    prevention: 'Change the timeout and the deadline together, and watch `SecretLatency`.',
  },
  proxy_overloaded: {
    meaning: `One process had more requests under way than \`${mostInFlight.variable}\` allows (${mostInFlight.byDefault} by default).`,
    impact: 'Some users are told to come back in a few seconds.',
    diagnosis: [
      'Who sends so much? A front end that refreshes in a loop shows as one client far above the others.',
      {
        query: 'filter ispresent(outcome)\n| stats count(*), avg(upstream_ms) by client, bin(1m)',
      },
      'Requests also pile up when Cognito is slow: see `UpstreamLatency`.',
    ],
    mitigation: [
      'Stop the sender. Until then give the function more sandboxes: `reservedConcurrency` in the stage file, then deploy.',
      deployStage,
      `At once, until the next deployment: ${functionPage} > Configuration > Concurrency > Edit, or`,
      {
        command: `aws lambda put-function-concurrency --function-name token-proxy-STAGE-oauth2 \\
  --reserved-concurrent-executions NUMBER`,
      },
      `Or let each process carry more, where memory allows: \`mostInFlight\` in the stage file.`,
    ],
    prevention:
      "Set the throttle of the HTTP API below what the function and Cognito's quotas carry.",
  },
  unforeseen: {
    meaning: 'The proxy failed in a way that it does not know, or did not end in time: a bug.',
    impact: 'The user is refused. If it happens on every request, everybody is.',
    diagnosis: [
      'When did it begin? With a deployment, it is that version.',
      'A `total_ms` close to the timeout of the function says that it hung; a small one that something was thrown. What was thrown is not logged, since it could hold a secret.',
      "Failures of the start itself have no record; they stand in the log as Lambda's own lines.",
      {
        query:
          'filter @message like /INIT_REPORT|Runtime\\.|Task timed out/\n| sort @timestamp desc\n| limit 20',
      },
    ],
    mitigation: [
      'Roll back to the last version that worked. CloudFormation > Stacks > `token-proxy-STAGE` > Events has when each one was deployed.',
      rollBack,
      'Then report it to the developers with request id and version.',
    ],
    prevention: 'Deploy in steps, with this alarm as the condition to roll back.',
  },
} as const satisfies { readonly [N in keyof typeof own]: RunbookTextOf<N> }
