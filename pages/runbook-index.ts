import { type CauseName, causes, toCause } from '../core/causes/catalogue.ts'
import type { Fault } from '../core/causes/cause.ts'
import { doctor, doctorCauseNames } from '../core/causes/doctor.ts'
import { metricNamespace } from '../core/metrics.ts'
import { changeClient } from '../runbook/commands.ts'
import { toCode, toCodeBlock, toList, toPage, toTable } from '../runbook/markdown.ts'
import { actors, toAlarmText, toStatusText } from './cause-page.ts'
import { recordFieldSchemas } from './record-schema-fields.ts'

const causeNames = Object.keys(causes) as readonly CauseName[]

/** Writes the first page: how to find the cause of a failure, and where its page is. */
export function toRunbookIndex(): string {
  const page = toPage([
    '# Runbook',
    'Every failure of the token proxy has exactly one cause of the closed list below, and each cause has a page: what it means, who notices, how to confirm, mend and prevent it. These pages are generated (`npm run generate`) from the cause catalogue and the texts beside it; change them there.',
    'Woken by an alarm? Begin at [an alarm fired](an-alarm-fired.md).',
    toFirstSteps(),
    toReading(),
    toDoctor(),
    toCauses(),
    toCommandsHelp(),
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
  const rows = Object.entries(recordFieldSchemas).map(([name, { description }]) => [
    toCode(name),
    String(description),
  ])
  return toPage([
    '## How to read a record',
    'One line of JSON for each request. A field that does not apply is left out.',
    toTable(['field', 'what it says'], rows),
    'Every value that a field can have, by cause, is in [the schema](../record.schema.json), to which every record of every test is held.',
    toList([
      'Undetermined means that Cognito has one word for several reasons; `candidates` lists them, and the page of the cause says how to tell them apart.',
      'What Cognito says of itself is proof only where it was read after the failure; it is asked at most four times in five minutes, so that of many failures the first are proved and the rest likely. Without `userPoolId` in the settings, or without permission to describe the pool, there is less of it, and more stays undetermined.',
      'Codes, tokens, secrets and texts from outside are in no record, at any log level.',
    ]),
  ])
}

function toDoctor(): string {
  return toPage([
    '## Ask the doctor',
    "It checks one client from its settings to its user pool, says what is wrong in the words of this runbook, and prints the call that mends it; it changes nothing itself. It needs the functions' own variables and AWS credentials that may do what their role may. [More about it](../doctor.md).",
    toCodeBlock('sh', 'npm run doctor -- --client NAME'),
    'When deployed it goes round by itself every five minutes, over all clients. A failed check is a record in the log group `/aws/lambda/token-proxy-STAGE-doctor` and counts into `CheckFailures`:',
    toCodeBlock(
      '',
      "fields @timestamp, client, check, cause, fix\n| filter check_result = 'failed'\n| sort @timestamp desc",
    ),
  ])
}

const audiences = {
  operator: 'For the operator of the deployment',
  cognito: 'For AWS (the operator can only watch)',
  caller: "For the front end's developer",
} as const satisfies Readonly<Record<Fault, string>>

function toCauses(): string {
  const parts = Object.entries(audiences).map(([fault, title]) => {
    const names = causeNames.filter((name) => toCause(name).fault === fault)
    return toPage([`### ${title}`, toCauseTable(names)])
  })
  return toPage(['## All causes', ...parts, toDoctorTable()])
}

function toCauseTable(names: readonly CauseName[]): string {
  return toTable(
    ['cause', 'status', 'error', 'alarm', 'fix'],
    names.map((name) => {
      const cause = toCause(name)
      return [
        toPageLink(name),
        toStatusText(cause),
        toCode(cause.error),
        toAlarmText(cause),
        cause.fix,
      ]
    }),
  )
}

function toDoctorTable(): string {
  return toPage([
    '### Found by the doctor alone',
    `No request fails by these here; ${actors.operator} mends them.`,
    toTable(
      ['cause', 'fix'],
      doctorCauseNames.map((name) => [toPageLink(name), doctor[name].fix]),
    ),
  ])
}

function toPageLink(name: string): string {
  return `[${toCode(name)}](${name}.md)`
}

function toCommandsHelp(): string {
  return toPage([
    '## The commands on these pages',
    'They need a recent AWS CLI and `jq`, only read unless they stand under *How to mend*, and print no secret. Each page says what to put for the words in capitals.',
    'Settings are changed in `stages/STAGE.json` and deployed with `npm run deploy -- --stage STAGE`; see [the settings](../settings.md).',
    '### Changing an app client',
    '`UpdateUserPoolClient` resets every setting that a call leaves out: OAuth flows, callback URLs and lifetimes are wiped by an update that names only something else. Use the console, which sends all of them, or send the whole configuration back:',
    toCodeBlock('sh', changeClient),
  ])
}
