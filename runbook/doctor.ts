import type { DoctorCauseName } from '../core/causes/doctor.ts'
import { doctorTimeoutSeconds } from '../core/doctor/round.ts'
import { clientFields } from '../core/settings/client-fields.ts'
import {
  allowOpenId,
  allowUserPoolSignIn,
  askDoctor,
  changeClientLink,
  deployStage,
  describeClient,
} from './commands.ts'
import { clientSettings, loginPages } from './phrases.ts'
import type { RunbookText } from './text.ts'

const wholeConfiguration = `Or by CLI, ${changeClientLink} with the whole configuration:`

/** What only the doctor finds: it makes no request fail, or it fails at sign-in, which the proxy never sees. */
export const doctorTexts = {
  user_pool_not_found: {
    meaning: 'There is no user pool with the id in `userPoolId` of the client.',
    impact:
      'Exchanges may work, because they go to the domain. But the proxy cannot explain refusals, and the doctor skips every check of the app client.',
    diagnosis: [
      'List the user pools. The usual mistake is a pool in another Region or account.',
      { command: 'aws cognito-idp list-user-pools --max-results 60 --region REGION' },
    ],
    mitigation: [
      'Cognito > User pools > the pool > Overview shows the id. Set `userPoolId` of the client in the stage file to it and deploy.',
      deployStage,
    ],
    prevention: 'Take the pool id from the outputs of the template that creates the pool.',
  },
  scopes_missing: {
    meaning: 'The app client allows no scopes. A sign-in needs at least one.',
    impact:
      'Cognito refuses sign-in at `/oauth2/authorize`, before the proxy is called. Existing sessions continue.',
    diagnosis: ['Check it yourself. `scopes` is empty.', describeClient],
    mitigation: [
      `${loginPages}: add OpenID, and everything else that the front end asks for, to the OpenID Connect scopes and save.`,
      wholeConfiguration,
      allowOpenId,
    ],
    prevention:
      'Keep app clients in a template that sets every value. A partial update resets the scopes.',
  },
  identity_providers_missing: {
    meaning:
      'The app client allows no identity provider, not even the user pool itself. Nobody can sign in with it.',
    impact:
      'The sign-in page offers nothing, or shows an error. The proxy is not called. Existing sessions continue.',
    diagnosis: [
      'Check it yourself. The answer is empty.',
      {
        command: `aws cognito-idp describe-user-pool-client --user-pool-id POOL --client-id CLIENT \\
  --query UserPoolClient.SupportedIdentityProviders`,
      },
    ],
    mitigation: [
      `${loginPages}: add Cognito user pool, or the providers of your users, and save.`,
      wholeConfiguration,
      allowUserPoolSignIn,
    ],
    prevention:
      'Keep app clients in a template that sets every value. A partial update resets the providers.',
  },
  refresh_settings_differ: {
    meaning: `The refresh token rotation of the app client differs from the settings of the client. (${clientFields.refreshTokenRotation.meaning})`,
    impact:
      'If the settings say that a repeated refresh is safe and it is not, a repeated refresh can end a session. If they say that it is not safe and it is, a lost answer ends a session without need.',
    diagnosis: [
      'Check what the app client really does: `rotation` shows its state and its grace period.',
      describeClient,
    ],
    mitigation: [
      'Set `refreshTokenRotation` and `retryGracePeriodSeconds` of the client in the stage file to the same values and deploy.',
      deployStage,
      `Or change the app client: ${clientSettings}. By CLI, it must be ${changeClientLink}.`,
    ],
    prevention: 'Change both together, and run the doctor afterwards.',
  },
  clock_skewed: {
    meaning:
      "The clock of the machine that ran the doctor differs from Cognito's by more than a minute.",
    impact:
      'AWS refuses signed calls if the difference exceeds five minutes. Tokens seem to expire too early or too late.',
    diagnosis: [
      "Only the machine that ran the doctor is affected. Lambda keeps its clocks correct, so it is usually a developer's machine where the doctor ran as a command. Compare its time with Cognito's:",
      { command: "date -u && curl -sSI https://HOST/ | grep -i '^date'" },
    ],
    mitigation: [
      'Synchronise the clock of the machine with the network:',
      { command: 'timedatectl set-ntp true' },
      'If it was the deployed doctor: check in CloudWatch > Log groups > `/aws/lambda/token-proxy-STAGE-doctor` whether later rounds report it again. If they do, contact AWS Support.',
    ],
    prevention: 'Keep time synchronisation turned on.',
  },
  regions_differ: {
    meaning:
      'A deployment in two Regions has something in one of them that the other one does not have: another secret, another app client, or another issuer. Only `npm run doctor -- --stage STAGE` finds it, because a function looks at its own Region alone.',
    impact:
      'None while the primary Region serves. After a failover, some or all exchanges fail in the second one.',
    diagnosis: [
      'Look at both Regions; the findings name what differs, and no value is shown.',
      { command: 'npm run doctor -- --stage STAGE' },
    ],
    mitigation: [
      'A secret: replicate it. A secret of the same name in the second Region has to be deleted first.',
      {
        command: `aws secretsmanager replicate-secret-to-regions --region REGION --secret-id SECRET \\
  --add-replica-regions Region=OTHER_REGION`,
      },
      'The app client: change it in the primary Region only; Cognito replicates it.',
      'The issuer: set `issuer` of the client to the issuer that the finding names, and deploy both stages.',
      deployStage,
    ],
    prevention:
      'Let the second stage file say only what belongs to its Region (`replicaOf`), and run the doctor with `--stage` after each deployment.',
  },
  client_not_checked: {
    meaning: `The doctor did not check this client: its round may take ${doctorTimeoutSeconds} seconds, and too little of that was left. A round takes so long only while many clients hang.`,
    impact:
      'Requests are served as before. But a fault of this client is now found by its users, not by the doctor.',
    diagnosis: [
      'Find what failed for the other clients of the round. If most of them share a cause, it is the reason.',
      {
        query:
          "fields @timestamp, client, check, cause\n| filter check_result = 'failed' and cause != 'client_not_checked'\n| sort @timestamp desc\n| limit 50",
      },
      'If nothing else failed, Cognito describes the user pools too slowly: the records of the other clients list many checks in `skipped`.',
    ],
    mitigation: [
      'Check this client with the command, which has no time limit.',
      askDoctor,
      'Fix the shared cause as its own page says. The next round checks every client again.',
    ],
    prevention:
      'Remove unused clients from the stage file. Spread a large number of clients over several stages.',
  },
} as const satisfies Readonly<Record<DoctorCauseName, RunbookText>>
