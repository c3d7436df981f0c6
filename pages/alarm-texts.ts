import { type CauseName, causes, toCause } from '../core/causes/catalogue.ts'
import type { PageName } from '../infra/alarms/alarm.ts'
import { type FunctionName, functionNames } from '../infra/functions.ts'
import { deployStage, rollBack } from '../runbook/commands.ts'
import type { Step } from '../runbook/text.ts'

/** What to do about an alarm that is no cause's own: what to look at first, and what then. */
export interface AlarmText {
  readonly firstLook: readonly Step[]
  readonly nextStep: readonly Step[]
}

const byCause: Step = {
  query:
    "filter outcome = 'failed'\n| stats count(*) as failures by cause, fault, client, bin(5m)\n| sort failures desc",
}
const suspects = (Object.keys(causes) as readonly CauseName[])
  .filter((name) => toCause(name).suspect === true)
  .map((name) => `[${name}](${name}.md)`)
const slowest: Step = {
  query:
    'filter ispresent(outcome)\n| stats pct(total_ms, 99), pct(upstream_ms, 99), pct(secret_ms, 99), sum(cold_start) by bin(5m)',
}
const platformLines: Step = {
  query:
    'filter @message like /Task timed out|Runtime\\.|Invoke Error|INIT_REPORT/\n| sort @timestamp desc\n| limit 20',
}
const askDoctor: Step = { command: 'npm run doctor -- --client NAME' }

const found: AlarmText = {
  firstLook: [
    'What did it find?',
    {
      query:
        "fields @timestamp, client, check, cause, fix\n| filter check_result = 'failed'\n| sort @timestamp desc\n| limit 50",
    },
  ],
  nextStep: ['Go by the page of `cause`, or let the doctor say it itself.', askDoctor],
}

/** The texts of the alarms that no cause has a page for, by the names of the alarms. */
export const alarmTexts: Readonly<Record<string, AlarmText>> = {
  'success-share': {
    firstLook: ['Which causes fail the exchanges, and since when?', byCause],
    nextStep: [
      "Go by the page of the most frequent cause. Where it is the caller's, a release of a front end is the usual reason: undo it.",
    ],
  },
  'most-exchanges-fail': {
    firstLook: ['Which cause rises, of which client, and since when?', byCause],
    nextStep: [
      "A caller's cause that meets most users is mostly a setting that was lost or changed: origins, redirect URIs, the list of clients, the key of the cookies, whose loss is [refresh_cookie_unreadable](refresh_cookie_unreadable.md). Was the stage deployed, or that secret changed, at that minute? Roll it back.",
      rollBack,
      'No change of yours: a release of the front end; undo it. Only one browser, again and again: somebody tries, or a front end loops.',
    ],
  },
  'lasting-failures': {
    firstLook: ['Too few users for the alarm of a cause. Which causes, over these hours?', byCause],
    nextStep: [
      'Go by the page of the most frequent cause. None is named: ask the doctor.',
      askDoctor,
    ],
  },
  'api-throttles': {
    firstLook: [
      'Who sends so many? In the log group `/aws/http-api/token-proxy-STAGE`:',
      {
        query:
          'filter status = 429\n| stats count(*) as refused by sourceIp\n| sort refused desc\n| limit 20',
      },
    ],
    nextStep: [
      'A few addresses: API Gateway > APIs > API > Protect, or a web ACL before it, blocks them.',
      'Many addresses of users: a front end that loops, so undo its release; or true growth, so raise the quota of Cognito first and then the throttle of the HTTP API.',
    ],
  },
  'suspect-refusals': {
    firstLook: [
      `It counts ${suspects.join(', ')}. Which of them are they, and of which client?`,
      byCause,
    ],
    nextStep: [
      'One client and a release of its front end at that minute: undo the release. A change of the settings: roll it back.',
      rollBack,
      'No known client, or many causes at once: somebody tries what works. API Gateway > APIs > API > Protect, or a web ACL before it, blocks the addresses that the access log names.',
    ],
  },
  'invalid-grant-rise': {
    firstLook: [
      'Which of the causes rises, and for which client?',
      {
        query:
          "filter oauth_error = 'invalid_grant'\n| stats count(*) as refused by cause, client, bin(15m)\n| sort refused desc",
      },
    ],
    nextStep: [
      'Codes: a front end that exchanges twice or too late; see [code_already_used](code_already_used.md) and [code_rejected](code_rejected.md).',
      'Refresh tokens: a change of the app client or the pool that ended sessions; see [refresh_token_rejected](refresh_token_rejected.md).',
    ],
  },
  latency: {
    firstLook: ['Which part of it rises?', slowest],
    nextStep: [
      '`upstream_ms`: Cognito, or a trigger of the pool; see [cognito_timeout](cognito_timeout.md), which is what comes next.',
      '`secret_ms`: Secrets Manager, or the way there; see [secret_unavailable](secret_unavailable.md).',
      'Neither: the proxy itself; see [proxy-latency](#proxy-latency).',
    ],
  },
  'proxy-latency': {
    firstLook: ['Do cold starts rise with it?', slowest],
    nextStep: [
      'Yes: more sandboxes are started than before; find who sends the requests. No: raise `memoryMb` in the stage file, which is its share of a processor, too, and deploy.',
      deployStage,
    ],
  },
  'doctor-failures': found,
  'doctor-findings': found,
  'doctor-heartbeat': {
    firstLook: [
      'Is its schedule there and enabled? EventBridge > Rules, or',
      {
        command:
          'aws events list-rules --query "Rules[?contains(Name, \'token-proxy-STAGE\')].[Name, State]"',
      },
      'Does it run, and how does it end?',
      platformLines,
    ],
    nextStep: [
      'Disabled: EventBridge > Rules > the rule > Enable. Gone: deploy the stage again.',
      deployStage,
      "It runs, and logs nothing: Lambda > Functions > `token-proxy-STAGE-doctor` > Monitor, then AWS's health dashboard for Lambda. Meanwhile nothing looks at the clients but the requests themselves.",
    ],
  },
  'api-errors': {
    firstLook: [
      'What does the HTTP API say? In the log group `/aws/http-api/token-proxy-STAGE`:',
      { query: 'filter status >= 500\n| stats count(*) by status, integrationStatus, bin(5m)' },
    ],
    nextStep: [
      'With records of failures at the same minute it is one of their causes. Without: Lambda > Functions > `token-proxy-STAGE-oauth2`, and the same with `-metadata`, > Configuration > Permissions has to let the HTTP API call it; deploying puts that right.',
      deployStage,
    ],
  },
  deployment: {
    firstLook: ['CloudFormation > Stacks > `token-proxy-STAGE` > Events shows how far it is.'],
    nextStep: ['None. Alarms still change; pages wait for its end, and then come if they last.'],
  },
  ...Object.assign({}, ...functionNames.map(toFunctionTexts)),
}

function toFunctionTexts(name: FunctionName): Readonly<Record<string, AlarmText>> {
  const page = `Lambda > Functions > \`token-proxy-STAGE-${name}\``
  const isDoctor = name === 'doctor'
  return {
    [`${name}-throttles`]: {
      firstLook: [`${page} > Monitor: concurrent executions, throttles and duration together.`],
      nextStep: [
        'Longer calls at the same rate: something behind is slow; see the records. More calls: find who sends them.',
        ...(isDoctor
          ? ['Nothing else may call it; its schedule alone fits into one sandbox.']
          : ['More sandboxes: `reservedConcurrency` in the stage file, and deploy.', deployStage]),
      ],
    },
    [`${name}-errors`]: {
      firstLook: ['What did the platform write?', platformLines],
      nextStep: [
        name === 'oauth2'
          ? 'Since a deployment: roll it back. Out of memory: raise `memoryMb` in the stage file, and deploy.'
          : 'Since a deployment: roll it back. Out of memory: report it; the stage file does not set the memory of this function.',
        rollBack,
      ],
    },
    [`${name}-duration`]: {
      firstLook: ['What took so long?', isDoctor ? platformLines : slowest],
      nextStep: [
        `Compare ${page} > Configuration > General configuration > Timeout with the deadline in the settings; deploying sets the timeout right. Otherwise it is a bug: report it with the request id.`,
      ],
    },
  }
}

/** What to look at first when a page wakes somebody; the alarms it lists say the rest. */
export const pageTexts: Readonly<Record<PageName, AlarmText>> = {
  'sign-ins': {
    firstLook: [
      'Which of its alarms are up? One that is named after a cause leads to the page of that cause. How many are met, and by which client?',
      byCause,
    ],
    nextStep: [
      'A cause of the operator: the section *How to mend* of its page has the console path and the call.',
      "A cause of Cognito's: AWS Health Dashboard > Service health: Amazon Cognito and AWS Secrets Manager. An outage there: tell your users, and wait. The proxy tries again by itself where that is safe, and front ends keep their sessions. No outage there: something between is yours; go by the page of the cause.",
      'Several at once: begin with the one that is met most; a Cognito in trouble also throttles, and makes the proxy run out of time.',
      'No cause: go by the section of the alarm below, and see what else changed at the minute when it began.',
    ],
  },
  checks: {
    firstLook: ['Which of its alarms is up? Its section below says what to look at.'],
    nextStep: [
      'It has lasted for ten minutes, and users can still sign in: there is time to mend it in order.',
      'It pages once. It says nothing more while it stands, and nothing when it is over.',
    ],
  },
  security: {
    firstLook: ['Is a secret out, or is somebody trying?', byCause],
    nextStep: [
      'A secret: [caller_sent_credentials](caller_sent_credentials.md) has how to replace it, in overlap.',
      'Refusals that rise: see [suspect-refusals](#suspect-refusals).',
    ],
  },
}
