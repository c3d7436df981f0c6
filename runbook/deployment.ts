import type { deployment } from '../core/causes/deployment.ts'
import { clientsVariable, numberSettings, textSettings } from '../core/settings/table.ts'
import {
  deployStage,
  describeSecret,
  restoreStack,
  rollBack,
  showSecretShape,
  storeSecret,
} from './commands.ts'
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
  'Sandboxes that have a cached value keep using it for now. New sandboxes cannot serve this client. Front ends keep their sessions.'
const noneServed = 'Nobody can sign in or refresh with this client. Front ends keep their sessions.'

const ofCookieKey = `this is about the cookie key, \`${textSettings.cookieKeySecret.variable}\`, not about the client secret`

/** Failures of the proxy itself. */
export const deploymentTexts = {
  secret_not_found: {
    meaning:
      'Secrets Manager has no secret with the configured name, or the secret is scheduled for deletion.',
    impact: staleFirst,
    certainty: {
      proved: 'Secrets Manager says so',
      likely:
        'Secrets Manager refused the read because of the state of the secret and did not mention a deletion',
    },
    diagnosis: [
      'Take SECRET from `secretId` of the client. `DeletedDate` in the output means that the secret is scheduled for deletion. `ResourceNotFoundException` means that it does not exist in this account and Region.',
      describeSecret,
    ],
    evidence: {
      marked_for_deletion:
        'Secrets Manager refused the read because of the state of the secret, usually a scheduled deletion',
      name_invalid: 'no secret can have this name: correct `secretId`',
      cookie_key: ofCookieKey,
    },
    mitigation: [
      'Scheduled for deletion: restore it. In the console: Secrets Manager > Secrets > Preferences > Show secrets scheduled for deletion, then SECRET > Cancel deletion.',
      { command: 'aws secretsmanager restore-secret --secret-id SECRET' },
      'Missing: create it (Secrets Manager > Secrets > Store a new secret > Other type of secret), then store the value.',
      { command: 'aws secretsmanager create-secret --name SECRET' },
      storeSecret,
      'Wrong name: correct `secretId` of the client in the stage file and deploy.',
      deployStage,
    ],
    prevention:
      'Keep the secret and the settings in one template, with a deletion policy that retains the secret.',
  },
  secret_access_denied: {
    meaning: 'The function is not allowed to read the secret, or not allowed to decrypt it.',
    impact: staleFirst,
    diagnosis: [
      'Ask IAM what the role is allowed to do.',
      {
        command: `aws iam simulate-principal-policy --policy-source-arn ROLE \\
  --action-names secretsmanager:GetSecretValue --resource-arns ARN_OF_THE_SECRET \\
  --query 'EvaluationResults[].EvalDecision'`,
      },
      'If it says `allowed`, check the resource policy of the secret (`aws secretsmanager get-resource-policy`), the policy of its KMS key, and the policy of any VPC endpoint. CloudTrail > Event history > `GetSecretValue` shows the reason in words.',
    ],
    evidence: {
      key_unusable:
        'the KMS key of the secret is disabled, scheduled for deletion or not available: KMS > Customer managed keys > KEY shows its state. Enable it, or cancel its deletion',
      default_key:
        'the secret is in another account and is encrypted with the default key of that account, which no other account may use: encrypt it with a key of your own',
      explicitly_denied:
        'a policy denies it by name, which no permission of the role outweighs: the resource policy of the secret, the policy of a VPC endpoint, a permissions boundary, or a service or resource control policy of the organization',
      credentials_rejected:
        "the function's own credentials were refused or missing; this happens mostly outside Lambda",
      decryption_denied:
        'Secrets Manager could not decrypt the secret: the role may not use its KMS key, or the key cannot be used',
      cookie_key: ofCookieKey,
    },
    mitigation: [
      'The role is generated from the settings. Set `secretId` to the exact name of the secret and deploy.',
      deployStage,
      'Your own KMS key must be enabled and must allow the role `kms:Decrypt`: KMS > Customer managed keys > KEY > Key policy > Edit. Or create a grant:',
      {
        command: 'aws kms create-grant --key-id KEY --grantee-principal ROLE --operations Decrypt',
      },
      `If the resource policy of the secret denies the role: ${secretPage} > Resource permissions > Edit permissions.`,
      'If somebody changed the role by hand, restore the stack:',
      ...restoreStack,
    ],
    prevention:
      'Do not edit the role by hand: its template has what it needs, and a deployment does not notice the difference.',
  },
  secret_malformed: {
    meaning:
      'The secret is there, but it holds no value, or one that cannot be the secret of this app client.',
    impact: staleFirst,
    diagnosis: ['Look at its structure. This command does not print the secret.', showSecretShape],
    evidence: {
      value_missing:
        'the secret exists, but no version of it has the label `AWSCURRENT`: nothing was stored in it yet. `create-secret` fails, because there is a secret of this name; store the value with `put-secret-value`, as below. Right after that, it may take a minute',
      not_text: 'it contains binary data, not text',
      not_json: 'it starts like JSON but is not valid JSON',
      client_secret_missing: 'the JSON has no string `client_secret`',
      client_secret_unusable:
        'the secret is empty, too long, or contains spaces or other characters that no client secret has',
      client_id_differs: 'its `client_id` belongs to another app client: the secrets were mixed up',
      placeholder: 'a placeholder text was never replaced',
      cookie_key: `${ofCookieKey}; if this is the only entry, the key is not 32 bytes in base64`,
    },
    mitigation: [
      'Store the secret of this app client. Sandboxes read it at their next attempt; no deployment is needed.',
      storeSecret,
      `In the console: ${secretPage} > Retrieve secret value > Edit.`,
    ],
    prevention:
      'Write secrets with a pipe or a template, not by hand. Include the `client_id`, so that a mix-up is detected.',
  },
  secret_throttled: {
    meaning:
      'Secrets Manager, or KMS behind it, throttled the read. Their quotas apply per account and Region; AWS is healthy, and something in the account reads too often. It is rarely the proxy, which reads each secret about once per sandbox and soft age.',
    impact: staleFirst,
    diagnosis: [
      'CloudTrail > Event history > `GetSecretValue` shows who reads how often. CloudWatch > Metrics > Usage shows the calls of the account against its quota.',
      'Does the proxy start unusually many sandboxes? Each of them reads every secret that it needs once.',
    ],
    evidence: { cookie_key: ofCookieKey },
    mitigation: [
      'Stop or slow down what reads so often; a function that reads its secret in each invocation is the usual one.',
      'Or request a higher quota: Service Quotas > AWS services > AWS Secrets Manager, or AWS Key Management Service.',
      `Raise \`${numberSettings.secretSoftAgeSeconds.variable}\`, so that the proxy reads less often, and deploy.`,
      deployStage,
    ],
    prevention: 'Cache secrets in everything that reads them.',
  },
  secret_unavailable: {
    meaning:
      'Secrets Manager did not return the secret, and the proxy has no cached value that is recent enough to use.',
    impact: noneServed,
    diagnosis: [
      'AWS Health Dashboard > Service health: AWS Secrets Manager in the Region of the function.',
      'A function in a VPC needs a NAT gateway, or an endpoint for Secrets Manager whose security group allows inbound traffic on port 443.',
      `\`secret_ms\` near \`${secretTimeoutMs.variable}\` (${secretTimeoutMs.byDefault} ${secretTimeoutMs.unit} by default) points to the network.`,
    ],
    evidence: {
      no_answer: 'no connection, or no response in time',
      answered_error: 'Secrets Manager returned an internal error',
      backed_off: 'an earlier read failed a moment ago, so the proxy made none for this request',
      cooling_down: `a cookie names a key that this sandbox does not have, and the sandbox already read the keys again less than \`${secretRefetchCooldownSeconds.variable}\` ago (${secretRefetchCooldownSeconds.byDefault} ${secretRefetchCooldownSeconds.unit} by default); that read failed`,
      cookie_key: ofCookieKey,
    },
    mitigation: [
      'To give a function in a VPC access: VPC > Endpoints > Create endpoint > `com.amazonaws.REGION.secretsmanager`, with private DNS names.',
      'Otherwise wait for AWS. The proxy retries by itself, first after one second, then at growing intervals of at most one minute.',
    ],
    prevention: `The proxy uses a cached value for up to \`${secretHardAgeSeconds.variable}\` (${secretHardAgeSeconds.byDefault} ${secretHardAgeSeconds.unit} by default). Do not lower it without need.`,
  },
  config_invalid: {
    meaning:
      'The settings were rejected when the process started: the proxy serves nothing with incomplete or invalid settings. Or, with evidence, something other than the HTTP API of the stack invokes the function in a way that it cannot serve.',
    impact: 'Every request of every client fails.',
    diagnosis: [
      'The log line "settings refused" lists every problem. It names the setting, never its value.',
      { query: "filter message = 'settings refused'\n| sort @timestamp desc\n| limit 1" },
    ],
    evidence: {
      event_format:
        'the event is not of payload format 2.0, as of a REST API, a load balancer, a queue, a trigger or an integration of version 1.0: set `payloadFormatVersion` of the integration to 2.0, or put an HTTP API or a function URL in front',
      route_unknown:
        'a route of your own API leads here whose path the proxy does not serve: use the paths of the proxy, such as `POST /oauth2/token`, or `ANY /{proxy+}`. A named stage or a base path before them does no harm',
    },
    mitigation: [
      'Fix every listed problem in the stage file and deploy. The [settings page](../settings.md) has names, limits and an example.',
      deployStage,
      `If somebody changed \`${clientsVariable}\` by hand, ${functionPage} > Configuration > Environment variables shows it. Restore the stack:`,
      ...restoreStack,
      'If there is no time to investigate, roll back to the last version that worked.',
      rollBack,
    ],
    prevention:
      'Change settings only in the stage file, never in the console. Packaging checks them with the same code as the function.',
  },
  deadline_exhausted: {
    meaning:
      'Too little time was left to call Cognito, so the request was not sent, or not sent a second time.',
    impact:
      'The user waits and then gets an error. This attempt used up no code or token, and sessions stay.',
    diagnosis: [
      '`remaining_ms` is the time that the function had left at the end. `secret_ms` is the time for the secret, `upstream_ms` the time of a first attempt.',
      `Compare ${functionPage} > Configuration > General configuration > Timeout with \`${deadlineMs.variable}\` (${deadlineMs.byDefault} ${deadlineMs.unit} by default) and \`${deadlineMarginMs.variable}\` (${deadlineMarginMs.byDefault}).`,
    ],
    mitigation: [
      `If \`secret_ms\` is large, see [secret_unavailable](secret_unavailable.md).`,
      `Allow more time: raise \`deadlineMs\` in the stage file and deploy.`,
      deployStage,
      `If somebody lowered the timeout of the function by hand: ${functionPage} > Configuration > General configuration > Edit. It must be greater than deadline and margin together. Or restore the stack:`,
      ...restoreStack,
    ],
    prevention: 'Change the timeout and the deadline together, and monitor `SecretLatency`.',
  },
  proxy_overloaded: {
    meaning: `One process had more requests in progress than \`${mostInFlight.variable}\` allows (${mostInFlight.byDefault} by default).`,
    impact: 'Some users have to try again after a few seconds.',
    diagnosis: [
      'Who sends so many requests? A front end that refreshes in a loop shows up as one client far above the others.',
      {
        query: 'filter ispresent(outcome)\n| stats count(*), avg(upstream_ms) by client, bin(1m)',
      },
      'Requests also pile up when Cognito is slow: check `UpstreamLatency`.',
    ],
    mitigation: [
      'Stop the sender. Until then, give the function more sandboxes: raise `reservedConcurrency` in the stage file and deploy.',
      deployStage,
      `For an immediate effect: ${functionPage} > Configuration > Concurrency > Edit, or the command below. The number stays until you set the old one in the same way, or deploy another one than before.`,
      {
        command: `aws lambda put-function-concurrency --function-name token-proxy-STAGE-oauth2 \\
  --reserved-concurrent-executions NUMBER`,
      },
      `Or let each process handle more requests, if memory allows: raise \`mostInFlight\` in the stage file.`,
    ],
    prevention:
      "Set the throttle of the HTTP API below what the function and Cognito's quotas can handle.",
  },
  unforeseen: {
    meaning: 'The proxy failed in an unexpected way, or did not finish in time. This is a bug.',
    impact: 'The user gets an error. If it happens on every request, nobody can sign in.',
    diagnosis: [
      'When did it start? If it started with a deployment, that version has the bug.',
      'A `total_ms` close to the timeout of the function means that it hung. A small one means that an exception was thrown. The exception is not logged, because it could contain a secret.',
      'Failures during start-up have no record. Lambda writes its own log lines for them.',
      {
        query:
          'filter @message like /INIT_REPORT|Runtime\\.|Task timed out/\n| sort @timestamp desc\n| limit 20',
      },
    ],
    mitigation: [
      'Roll back to the last version that worked. CloudFormation > Stacks > `token-proxy-STAGE` > Events shows when each version was deployed.',
      rollBack,
      'Then report it to the developers with the request id and the version.',
    ],
    prevention: 'Deploy in steps, and use this alarm as the condition for a rollback.',
  },
} as const satisfies { readonly [N in keyof typeof deployment]: RunbookTextOf<N> }
