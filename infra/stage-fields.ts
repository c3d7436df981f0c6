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
import { accountFields, kmsKeyField } from './account/fields.ts'
import { canaryFields } from './canary/fields.ts'
import { domainFields } from './domain/fields.ts'
import { edgeFields } from './edge/fields.ts'
import { gradualFields } from './gradual/fields.ts'
import { regionFields } from './regions/fields.ts'
import { siteFields } from './site/fields.ts'

/** Every retention that CloudWatch Logs supports. */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
]
const email = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** Every field that a stage has for the stack itself, besides its clients and the settings of the functions. */
export const stageFields = {
  region: textField({
    syntax: syntaxes.region,
    rule: 'must name an AWS Region',
    meaning: 'The Region of the stack.',
  }),
  ...regionFields,
  logRetentionDays: choiceField(retentionDays, {
    byDefault: 30,
    rule: `must be one of ${retentionDays.join(', ')}`,
    meaning:
      'How many days the logs of the API and the functions are kept. That of a canary is [not among them](#its-log).',
  }),
  memoryMb: wholeNumberField({
    byDefault: 512,
    least: 128,
    most: 10_240,
    meaning: 'The memory of `oauth2` in MB, which also determines its share of a processor.',
  }),
  reservedConcurrency: wholeNumberField({
    byDefault: 20,
    least: 1,
    most: 1000,
    meaning:
      'The reserved concurrency of `oauth2`, and the same again for `metadata`: the most sandboxes that may run at the same time.',
  }),
  ...gradualFields,
  evidenceTable: switchField({
    byDefault: false,
    meaning:
      'Whether the stack has a table in which all sandboxes remember used codes and refresh tokens, so that a double exchange can be proved.',
  }),
  diagnoseDomain: switchField({
    byDefault: false,
    meaning:
      'Whether the functions may look up which pool owns a domain, see [below](#which-pool-owns-a-domain). IAM grants this for all domains or none.',
  }),
  doctorSchedule: switchField({
    byDefault: true,
    meaning:
      'Whether the doctor makes rounds on a schedule. Without it, the doctor is deployed but runs only when somebody invokes it.',
  }),
  rotateSecretsDays: wholeNumberField({
    byDefault: 0,
    least: 0,
    most: 1000,
    meaning:
      'After how many days the secret of each client, and the key of cookies, is replaced: [rotation](rotation.md). 0 leaves them to you.',
  }),
  rotationWindowHours: wholeNumberField({
    byDefault: 3,
    least: 1,
    most: 24,
    meaning: 'How many hours after midnight UTC a rotation may begin.',
  }),
  endOverlap: choiceField(['hourly', 'next-rotation'], {
    byDefault: 'hourly',
    rule: 'must be "hourly" or "next-rotation"',
    meaning:
      'When a secret that was replaced is deleted. `"hourly"`: within an hour after nothing can use it any more. `"next-rotation"`: by the next rotation only.',
  }),
  secretsKmsKey: kmsKeyField(
    'The ARN of the KMS key that encrypts the secrets, if it is one of your own: the roles may use it for them.',
  ),
  ...accountFields,
  ...domainFields,
  disableExecuteApiEndpoint: switchField({
    byDefault: false,
    meaning:
      'Whether only the custom domain name leads to the API, and not the address that AWS makes for it, so that nobody goes around a web ACL or CDN in front of it.',
  }),
  ...edgeFields,
  cognitoUserAuthenticationPerSecond: wholeNumberField({
    byDefault: 120,
    least: 1,
    most: 100_000,
    meaning:
      "Cognito's quota of requests per second for `UserAuthentication`, as Service Quotas shows it: refreshes, and sign-ins on Cognito's own pages. At 80 % of it an alarm sends a notice.",
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
      'Request headers in lower case that your pages add to every call, beside [those of the usual tracing tools](front-ends.md#headers-that-monitoring-adds).',
  }),
  ...siteFields,
  ...canaryFields,
  alarmEmails: {
    required: false,
    byDefault: [],
    meaning:
      'The e-mail addresses that get every alarm and every page, see [below](#who-gets-alarms).',
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
