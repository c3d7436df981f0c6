import { type CauseName, causes, toCause } from '../core/causes.ts'
import { metricNamespace } from '../core/metrics.ts'
import { toCode, toCodeBlock, toList, toPage, toTable } from './markdown.ts'
import { changeClient, placeholders } from './runbook-commands.ts'
import { actors, toAlarmText, toSection, toStatusText } from './runbook-section.ts'

const causeNames = Object.keys(causes) as readonly CauseName[]

/** Writes `docs/runbook.md`: how to find the cause of a failure, and one section for each cause. */
export function toRunbook(): string {
  const page = toPage([
    '# Runbook',
    'Every failure of the token proxy has exactly one cause of the closed list below. This page is generated from the cause catalogue (`npm run generate`); change it there.',
    toFirstSteps(),
    toReading(),
    toDoctor(),
    toCommandsHelp(),
    '## All causes',
    toCauseTable(),
    ...causeNames.map(toSection),
  ])
  return `${page}\n`
}

function toFirstSteps(): string {
  return toPage([
    '## From a failure to its cause',
    "Every answer has the header `x-request-id`; in an answer that is not the caller's fault the description ends in it, too. It finds the record, in CloudWatch > Logs Insights over the log group of the function (`/aws/lambda/token-proxy-STAGE-oauth2`):",
    toCodeBlock('', "fields @message\n| filter request_id = 'THE_REQUEST_ID'"),
    'Without a request id, see which causes there were:',
    toCodeBlock(
      '',
      "filter outcome = 'failed'\n| stats count(*) as failures by cause, client, fault, bin(15m)\n| sort failures desc",
    ),
    `The same numbers without a query: CloudWatch > Metrics > ${metricNamespace} > service, cause > ${toCode('Failures')}.`,
    'A request without a record never reached the function: API Gateway answered it (throttling, a preflight), or Lambda could not start it. The access log of the HTTP API has it under the same id.',
  ])
}

function toReading(): string {
  return toPage([
    '## How to read a record',
    toList([
      "`cause` is the section to read here; `fault` says who must act: `caller` the front end's developer, `operator` you, `cognito` nobody but AWS.",
      '`certainty`: `proved`, `likely`, or `undetermined`. Undetermined means that Cognito has one word for several reasons; `candidates` lists them, and the section says how to tell them apart.',
      'Evidence that Cognito gives of itself counts as proof for one minute after it was read. Without `userPoolId` in the settings, or without permission to describe the pool, there is less of it, and more stays undetermined.',
      '`evidence` has short slugs of what was seen, in the order in which it was; `fix` is what mends it, in one sentence.',
      '`client` is the `name` of the client in the settings, where its ids stand.',
      '`upstream_request_id` is the handle by which AWS support finds the call.',
      'Codes, tokens, secrets and texts from outside are in no record, at any log level.',
    ]),
  ])
}

function toDoctor(): string {
  return toPage([
    '## Ask the doctor',
    "It checks one client from its settings to its user pool, says what is wrong in the words of this page, and prints the call that mends it; it changes nothing itself. It needs the functions' own variables and AWS credentials that may do what their role may.",
    toCodeBlock('sh', 'npm run doctor -- --client NAME'),
    'When deployed it goes round by itself every five minutes, over all clients. A failed check is a record in the log group `/aws/lambda/token-proxy-STAGE-doctor` and counts into `CheckFailures`:',
    toCodeBlock(
      '',
      "fields @timestamp, client, check, cause, fix\n| filter check_result = 'failed'\n| sort @timestamp desc",
    ),
  ])
}

function toCommandsHelp(): string {
  return toPage([
    '## The commands on this page',
    'They need a recent AWS CLI and `jq`, only read unless they stand under *Mitigation*, and print no secret. Replace:',
    toTable(
      ['word', 'by'],
      Object.entries(placeholders).map(([word, meaning]) => [toCode(word), meaning]),
    ),
    'Settings are changed in `stages/STAGE.json` and deployed with `npm run deploy -- --stage STAGE`; see the [settings page](settings.md).',
    '### Changing an app client',
    '`UpdateUserPoolClient` resets every setting that a call leaves out: OAuth flows, callback URLs and lifetimes are wiped by an update that names only something else. Use the console, which sends all of them, or send the whole configuration back:',
    toCodeBlock('sh', changeClient),
  ])
}

function toCauseTable(): string {
  return toTable(
    ['cause', 'status', 'error', 'who must act', 'alarm'],
    causeNames.map((name) => {
      const cause = toCause(name)
      return [
        `[${toCode(name)}](#${name})`,
        toStatusText(cause),
        toCode(cause.error),
        actors[cause.fault],
        toAlarmText(cause),
      ]
    }),
  )
}
