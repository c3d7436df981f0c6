import type { RotationCauseName } from '../core/causes/rotation.ts'
import { rotateTimeoutSeconds } from '../core/rotation/limits.ts'
import { numberSettings } from '../core/settings/table.ts'
import {
  deleteSecret,
  deployStage,
  describeSecret,
  listSecrets,
  restoreStack,
  simulateRotation,
} from './commands.ts'
import { rotationCalls, secretPage } from './phrases.ts'
import { cancel, lateRotationTexts, rotateAgain, unnoticed } from './rotation-late.ts'
import type { RotationTextOf } from './text.ts'

const rotate = { command: 'aws secretsmanager rotate-secret --secret-id SECRET' } as const
const usuallyNothing =
  'Usually nothing: the rotation continues at the next attempt. If it has stopped, start it again: Secrets Manager > Secrets > SECRET > Rotation > Rotate secret immediately.'
const status = 'See which versions there are, and which one has which label:'
const { byDefault: hardAgeSeconds, variable: hardAgeVariable } = numberSettings.secretHardAgeSeconds

/** What only a rotation meets. No caller waits for one, so none of these fails a request. */
export const rotationTexts = {
  rotation_event_unknown: {
    meaning:
      'The function `rotate` was invoked with something other than a step of a rotation, or for a secret that is not the secret of exactly one client in its settings. It did nothing.',
    impact: 'None, if somebody invoked the function by hand. Otherwise the secret is not rotated.',
    evidence: {
      not_an_event: 'the event has no secret and is not from a schedule',
      step_unknown: 'the step is none of the four steps of a rotation',
      token_missing: 'the event does not say which version to make',
      secret_unknown: 'no client in the settings of the stage has this secret',
      secret_shared: 'several clients have this secret; each client needs its own',
    },
    diagnosis: [
      'Find out which secrets name this function for their rotation.',
      {
        command:
          'aws secretsmanager list-secrets --query "SecretList[?RotationEnabled].[Name, RotationLambdaARN]" --output table',
      },
    ],
    mitigation: [
      'Turn rotation off for a secret that is not of this stage: Secrets Manager > Secrets > SECRET > Rotation > Edit rotation. Or:',
      { command: 'aws secretsmanager cancel-rotate-secret --secret-id SECRET' },
      'If the secret is of this stage, correct `secretId` of the client in the stage file and deploy.',
      deployStage,
    ],
    prevention:
      'Turn rotation on in the stage file only, never for a single secret in the console.',
  },
  rotation_pool_unnamed: {
    meaning:
      'The client has no `userPoolId` in its settings, so the function `rotate` cannot add a secret to the app client.',
    impact: unnoticed,
    diagnosis: ['Look at the client in the stage file: `userPoolId` is missing.'],
    mitigation: [
      'Cognito > User pools > the pool > Overview shows the id. Set `userPoolId` of the client in the stage file and deploy.',
      deployStage,
      rotateAgain,
      rotate,
    ],
    prevention: 'Set `userPoolId` for every client. The diagnosis of failures needs it, too.',
  },
  rotation_version_missing: {
    meaning:
      'A step was asked for that does not fit the labels of the secret: its version is missing, is not pending, or another version is pending. The function changed nothing.',
    impact: unnoticed,
    evidence: {
      absent: 'the version of this rotation has no label, or is not there',
      not_pending: 'the version is there, but has lost its label `AWSPENDING`',
      without_value: 'a later step came before the first one had stored a value',
      other_pending: 'a version of another rotation is labelled `AWSPENDING`',
    },
    diagnosis: [status, describeSecret],
    mitigation: [
      'Undo what is pending. The command deletes the secret that the unfinished rotation has added, if it can prove which one that is, and takes the label away.',
      cancel,
      rotateAgain,
      rotate,
    ],
    prevention: 'Do not move labels of the secret by hand while a rotation is under way.',
  },
  rotation_pending_malformed: {
    meaning:
      'The pending version of the secret does not hold a usable value. A version never changes, so this rotation cannot succeed.',
    impact: unnoticed,
    diagnosis: [
      'The function writes values of 64 characters. Another value was put by hand, or by another function.',
      describeSecret,
    ],
    mitigation: ['Undo the rotation:', cancel, rotateAgain, rotate],
    prevention: 'Let nobody but the function `rotate` put versions labelled `AWSPENDING`.',
  },
  rotation_current_rejected: {
    meaning:
      'Cognito refuses the value labelled `AWSCURRENT`, so it is none of the secrets of the app client. Somebody has changed one side by hand. The rotation repairs this if Cognito still shows a secret that works, or if the app client has room for another one. Here neither is so.',
    impact:
      'Exchanges fail with `client_rejected` or `client_secret_mismatch` unless the proxy still finds another version that works.',
    evidence: {
      current_malformed: 'the current version does not hold a client secret',
      current_missing: 'the secret has no current version yet',
      pending_works:
        'the pending version works; do not cancel the rotation, but start it again so that it finishes',
    },
    diagnosis: [
      'List the secrets of the app client. The dates show when somebody added one. CloudTrail shows who did.',
      listSecrets,
    ],
    mitigation: [
      'Decide which of the two secrets nobody uses, and delete it: Cognito > User pools > POOL > App clients > CLIENT > App client information. Or:',
      deleteSecret,
      `${rotateAgain} The rotation adds a secret of its own and makes it current.`,
      rotate,
    ],
    prevention:
      'Change the secret only by a rotation. Let no role but that of the function `rotate` add or delete secrets of the app client.',
  },
  rotation_slot_taken: {
    meaning:
      'The app client has two secrets, and the second one is not provably left over from a rotation. Cognito allows two, so none can be added. The function deletes only what it can prove to be its own.',
    impact: unnoticed,
    evidence: {
      other_unknown: 'nothing in the stored secret mentions the second secret',
      other_not_proved:
        'the second secret should be the previous one, but the value of `AWSPREVIOUS` does not work',
      pending_unknown: 'the second secret appeared while this rotation was under way',
    },
    diagnosis: [
      'List both secrets with their dates. CloudTrail shows who called `AddUserPoolClientSecret` at that time.',
      listSecrets,
    ],
    mitigation: [
      `The id that the current version has written down under \`replaces\` or \`beside\` is never its own secret: ${secretPage} > Retrieve secret value. Show only these ids:`,
      {
        command: `aws secretsmanager get-secret-value --secret-id SECRET --query SecretString --output text \\
  | jq '{replaces, beside, client_secret: (.client_secret | length)}'`,
      },
      'Delete the second secret if nobody uses it:',
      deleteSecret,
      rotateAgain,
      rotate,
    ],
    prevention:
      'Add no secrets to the app client by hand. If another system shares the app client, give it an app client of its own.',
  },
  rotation_too_soon: {
    meaning: `The secret was rotated a short time ago. The secret before it must still work, because a sandbox may use it for up to \`${hardAgeVariable}\` (${hardAgeSeconds} seconds by default) while Secrets Manager does not answer. Until that is over there is no room for another one.`,
    impact: unnoticed,
    diagnosis: [
      '`LastRotatedDate` shows when the last rotation ended.',
      {
        command:
          "aws secretsmanager describe-secret --secret-id SECRET --query '[LastRotatedDate, NextRotationDate]'",
      },
    ],
    mitigation: [
      'Wait until the overlap is over. Secrets Manager tries again by itself, and so can you: Secrets Manager > Secrets > SECRET > Rotation > Rotate secret immediately.',
      rotate,
      'If the secret has leaked and cannot wait, delete the older of the two secrets first. Requests of sandboxes that still use it fail once, then read the new one.',
      deleteSecret,
    ],
    prevention: `Rotate less often than \`${hardAgeVariable}\` and 15 minutes.`,
  },
  rotation_add_refused: {
    meaning: 'Cognito refuses to add a second secret to this app client.',
    impact: unnoticed,
    evidence: {
      limit_exceeded: 'the app client has two secrets already',
      invalid_parameter: 'Cognito refuses the value or the app client; it does not say which',
      registered_dynamically:
        'the app client was made by dynamic registration, and such a client cannot have a second secret',
    },
    diagnosis: ['List the secrets of the app client:', listSecrets],
    mitigation: [
      'For `limit_exceeded`: delete the secret that nobody uses.',
      deleteSecret,
      'For the others: make a new app client, put its id and secret into the settings, and deploy: Cognito > User pools > POOL > App clients > Create app client.',
      deployStage,
    ],
    prevention: 'Use app clients that were made by hand or by a template.',
  },
  rotation_access_denied: {
    meaning: 'The role of the function `rotate` may not make a call that the rotation needs.',
    impact: unnoticed,
    evidence: rotationCalls,
    diagnosis: [
      'The record names the call. Compare it with the policies of the role: IAM > Roles > the role > Permissions. Or ask IAM:',
      simulateRotation,
      'Each line must say `allowed`. If they do, it is another policy: the resource policy of the secret, the policy of its KMS key, or a policy of the organisation.',
    ],
    mitigation: [
      'If somebody changed the role by hand, restore the stack. CloudFormation > Stacks > the stack > Stack actions > Detect drift shows what was changed.',
      ...restoreStack,
      'If another policy denies the call, correct that one. For a call of `npm run secret`, allow it to whoever runs the command.',
    ],
    prevention: 'Do not change the role by hand.',
  },
  rotation_throttled: {
    meaning:
      'AWS throttled a call of the rotation, and the attempts of the SDK were not enough. The step failed. Secrets Manager repeats it.',
    impact: unnoticed,
    evidence: rotationCalls,
    diagnosis: [
      'The record names the call. Find out who else calls this API: CloudTrail > Event history, by the name of the event.',
      {
        command:
          'aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=ListUserPoolClientSecrets --max-results 50',
      },
    ],
    mitigation: [usuallyNothing, rotate],
    prevention: 'Spread what describes user pools and secrets over time.',
  },
  rotation_unanswered: {
    meaning:
      'AWS did not answer a call of the rotation, or answered with an internal error. It is unknown whether the call had an effect. The next attempt looks first.',
    impact: unnoticed,
    evidence: rotationCalls,
    diagnosis: [
      'AWS Health Dashboard > Service health shows whether the service has a problem. If only this function is affected, check its network: Lambda > Functions > the function > Configuration > VPC.',
    ],
    mitigation: [usuallyNothing, rotate],
    prevention: 'Keep the function outside a VPC, or give the VPC a route to both services.',
  },
  rotation_not_spread: {
    meaning: `The new value is stored, but not everybody knows it yet: Cognito still refuses the new client secret, or sandboxes may not have read the new cookie key. The step waits up to ${rotateTimeoutSeconds / 60} minutes for a cookie key and 3 minutes for a client secret, then fails. Nothing uses the new value before.`,
    impact: unnoticed,
    evidence: {
      not_added: 'the app client has no secret that could be the new one',
      still_refused: 'the app client has a new secret, and the token endpoint refuses it',
      readers_behind: 'the new cookie key is younger than the age at which sandboxes read it again',
    },
    diagnosis: [status, describeSecret, 'Compare with the secrets of the app client:', listSecrets],
    mitigation: [
      'Wait: Secrets Manager repeats the step. If it has stopped, start it again: Secrets Manager > Secrets > SECRET > Rotation > Rotate secret immediately.',
      rotate,
      'If the value is still refused after an hour, undo the rotation. Your domain may belong to another user pool: run the doctor.',
      cancel,
    ],
    prevention: 'None needed: a rotation has time.',
  },
  ...lateRotationTexts,
} as const satisfies { readonly [N in RotationCauseName]: RotationTextOf<N> }
