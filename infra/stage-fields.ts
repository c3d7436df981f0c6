import {
  choiceField,
  type Field,
  listField,
  type NoteProblem,
  switchField,
  textField,
  wholeNumberField,
} from '../core/settings/field.ts'
import { syntaxes } from '../core/settings/syntax.ts'

/** Every retention that CloudWatch Logs supports. */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
]
const email = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** Every field that a stage has for the stack itself, besides its clients and the settings of the functions. */
export const stageFields = {
  region: textField({
    syntax: { pattern: /^[a-z]{2}(?:-[a-z]+)+-\d$/ },
    rule: 'must name an AWS Region',
    meaning: 'The Region of the stack.',
  }),
  logRetentionDays: choiceField(retentionDays, {
    byDefault: 30,
    rule: `must be one of ${retentionDays.join(', ')}`,
    meaning: 'How many days all logs are kept.',
  }),
  memoryMb: wholeNumberField({
    byDefault: 512,
    least: 128,
    most: 10_240,
    meaning: 'The memory of `oauth2` in MB, and with it its share of a processor.',
  }),
  reservedConcurrency: wholeNumberField({
    byDefault: 20,
    least: 1,
    most: 1000,
    meaning: 'How many sandboxes of `oauth2`, and how many of `metadata`, may run at once.',
  }),
  evidenceTable: switchField({
    byDefault: false,
    meaning: 'Whether the stack has a table of used codes and refresh tokens.',
  }),
  diagnoseDomain: switchField({
    byDefault: false,
    meaning:
      'Whether the functions may look up which pool owns a domain; IAM grants this for all domains or none.',
  }),
  doctorSchedule: switchField({
    byDefault: true,
    meaning: 'Whether the doctor makes rounds on a schedule.',
  }),
  disableExecuteApiEndpoint: switchField({
    byDefault: false,
    meaning:
      'Whether only the custom domain name of `publicUrl` leads to the API, and not the address that AWS makes for it.',
  }),
  cognitoUserAuthenticationPerSecond: wholeNumberField({
    byDefault: 120,
    least: 1,
    most: 100_000,
    meaning:
      "Cognito's quota of requests per second for `UserAuthentication`: refreshes and sign-ins on its own pages.",
  }),
  cognitoCodeExchangesPerSecond: wholeNumberField({
    byDefault: 120,
    least: 1,
    most: 100_000,
    meaning:
      "Cognito's quota of requests per second for code exchanges, which have a count of their own.",
  }),
  corsHeaders: listField({
    byDefault: [],
    syntax: syntaxes.headerName,
    rule: 'must be the name of a header in lower case',
    meaning:
      'Further request headers that pages may send, beside those of the usual tracing tools.',
  }),
  alarmEmails: {
    required: false,
    byDefault: [],
    meaning: 'The e-mail addresses that get every alarm and every page.',
    schema: { type: 'array', items: { type: 'string', pattern: email.source } },
    parse: parseEmails,
  },
} as const satisfies Readonly<Record<string, Field<unknown>>>

function parseEmails(value: unknown, note: NoteProblem): readonly string[] {
  const emails = value ?? []
  const isEmail = (one: unknown) => typeof one === 'string' && email.test(one)
  if (Array.isArray(emails) && emails.every(isEmail)) return [...new Set<string>(emails)]
  note('must be a list of e-mail addresses')
  return []
}
