import type { DoctorCauseName } from '../core/causes/doctor.ts'
import { clientFields } from '../core/settings/table.ts'
import {
  allowOpenId,
  allowUserPoolSignIn,
  changeClientLink,
  deployStage,
  describeClient,
} from './commands.ts'
import { clientSettings, loginPages } from './phrases.ts'
import type { RunbookText } from './text.ts'

const wholeConfiguration = `Or by CLI, ${changeClientLink} with the whole configuration:`

/** What only the doctor finds: no request fails by it, or it fails at sign-in and never comes here. */
export const doctorTexts = {
  user_pool_not_found: {
    meaning:
      'There is no user pool of the id that the settings of the client name in `userPoolId`.',
    impact:
      'Exchanges may work, since they go to the domain. But no refusal can be explained, and every check of the app client is left out.',
    diagnosis: [
      'Which user pools are there? One of another Region or account is the usual slip.',
      { command: 'aws cognito-idp list-user-pools --max-results 60 --region REGION' },
    ],
    mitigation: [
      'Cognito > User pools > the pool > Overview has the id. Set `userPoolId` of the client to it in the stage file, and deploy.',
      deployStage,
    ],
    prevention: 'Take the pool id from the output of the template that creates the pool.',
  },
  scopes_missing: {
    meaning: 'The app client allows no scope at all, so that a sign-in has nothing to ask for.',
    impact: 'Sign-in is refused at `/oauth2/authorize`, before the proxy is asked. Sessions go on.',
    diagnosis: ['See it for yourself. `scopes` is empty.', describeClient],
    mitigation: [
      `${loginPages}: add OpenID, and what else the front end asks for, to the OpenID Connect scopes, and save.`,
      wholeConfiguration,
      allowOpenId,
    ],
    prevention:
      'Keep app clients in a template that states every setting; a partial update wipes the scopes.',
  },
  identity_providers_missing: {
    meaning:
      'The app client allows no identity provider, not even the user pool itself, so that nobody can sign in with it.',
    impact:
      'The sign-in page offers nothing, or shows an error. The proxy is not asked. Sessions go on.',
    diagnosis: [
      'See it for yourself. The answer is empty.',
      {
        command: `aws cognito-idp describe-user-pool-client --user-pool-id POOL --client-id CLIENT \\
  --query UserPoolClient.SupportedIdentityProviders`,
      },
    ],
    mitigation: [
      `${loginPages}: add Cognito user pool, or the providers that users come from, and save.`,
      wholeConfiguration,
      allowUserPoolSignIn,
    ],
    prevention:
      'Keep app clients in a template that states every setting; a partial update wipes the providers.',
  },
  refresh_settings_differ: {
    meaning: `The app client rotates its refresh tokens otherwise than the settings of the client say. (${clientFields.refreshTokenRotation.meaning})`,
    impact:
      'Where the settings promise more than is true, a refresh that is sent again can end a session. Where they promise less, a lost answer ends sessions that could have gone on.',
    diagnosis: [
      'What the app client really does: `rotation` has its state and its grace period.',
      describeClient,
    ],
    mitigation: [
      'Set `refreshTokenRotation` and `retryGracePeriodSeconds` of the client to the same in the stage file, and deploy.',
      deployStage,
      `Or change the app client: ${clientSettings}. By CLI it must be ${changeClientLink}.`,
    ],
    prevention: 'Change both in one step, and let the doctor look afterwards.',
  },
  clock_skewed: {
    meaning:
      "The clock of the machine that the doctor ran on is more than a minute apart from Cognito's.",
    impact:
      'Signatures of calls to AWS are refused from five minutes on; tokens seem to end too early or too late.',
    diagnosis: [
      "It concerns the machine that said so: Lambda keeps its clocks right, so it is mostly somebody's own, where the doctor ran as a command. Compare with the time that Cognito tells:",
      { command: "date -u && curl -sSI https://HOST/ | grep -i '^date'" },
    ],
    mitigation: [
      'Let the machine set its clock by the network:',
      { command: 'timedatectl set-ntp true' },
      'It was the deployed doctor? CloudWatch > Log groups > `/aws/lambda/token-proxy-STAGE-doctor`: see whether later rounds say it again. If they do, tell AWS support.',
    ],
    prevention: 'Keep time synchronisation on.',
  },
} as const satisfies Readonly<Record<DoctorCauseName, RunbookText>>
