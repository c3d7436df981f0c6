import { type CauseName, causes, toCause } from '../core/causes/catalogue.ts'
import type { CheckCauseName } from '../core/causes/doctor.ts'
import { type FactName, factRows } from '../core/facts.ts'
import { routes } from '../core/http-api.ts'

import { accessLogGroupId, toLogGroupId } from './logical-ids.ts'
import type { Resource } from './resource.ts'

/** A query that the stack saves in CloudWatch > Logs Insights > Saved queries. */
interface SavedQuery {
  readonly name: string
  /** Names of the log groups in the template. */
  readonly logGroupIds: readonly string[]
  readonly lines: readonly string[]
}

/** What led up to a finding comes before it, and seldom is more than this. */
const mostSlugs = 3
const requests = [...new Set(routes.map((route) => route.function))].map(toLogGroupId)
const checks = [toLogGroupId('doctor')]
// Metrics lie in the same log and name the cause as well, but they have no outcome.
const anyFailure = "filter outcome = 'failed'"

/** Whatever is about the secret says so in its name. */
const secretCauses = Object.keys(causes).filter((name) => name.includes('secret'))

/** Every saved query, by its name in the template. */
const savedQueries: Readonly<Record<string, SavedQuery>> = {
  QueryFailures: {
    name: 'failures by cause and client',
    logGroupIds: requests,
    lines: [
      anyFailure,
      '| stats count(*) as failures by fault, cause, client, fix',
      '| sort failures desc',
    ],
  },
  QueryRequest: {
    name: 'one request by its id',
    logGroupIds: [...requests, accessLogGroupId],
    lines: [
      '# Put the x-request-id of the answer in the place of REQUEST_ID, both times.',
      'fields @timestamp, @log, @message',
      "| filter request_id = 'REQUEST_ID' or requestId = 'REQUEST_ID'",
      '| sort @timestamp asc',
    ],
  },
  QuerySlowest: {
    name: 'slowest requests',
    logGroupIds: requests,
    lines: [
      `fields @timestamp, request_id, client, grant_type, cause, total_ms, upstream_ms, secret_ms, attempts, secret_source, cold_start`,
      '| filter ispresent(outcome)',
      '| sort total_ms desc',
      '| limit 50',
    ],
  },
  QueryUndetermined: {
    name: 'undetermined failures and what they could be',
    logGroupIds: requests,
    lines: [
      "filter certainty = 'undetermined'",
      '| stats count(*) as failures by cause, client, evidence.0, candidates.0, candidates.1, candidates.2',
      '| sort failures desc',
    ],
  },
  QueryFirstSeen: {
    name: 'causes by when they were first seen',
    logGroupIds: requests,
    lines: [
      '# Choose a time that begins well before the deployment. A cause that was first seen after it stands',
      '# at the top and may have come with it.',
      anyFailure,
      '| stats min(@timestamp) as first_seen, max(@timestamp) as last_seen, count(*) as failures by cause, fault',
      '| sort first_seen desc',
    ],
  },
  QueryCodesUsedTwice: {
    name: 'callers whose code was used twice',
    logGroupIds: requests,
    lines: [
      "# Many from one client are a front end that exchanges twice; a few could be a stolen code. The caller's",
      '# address is in the access log under the same id: see the query of one request.',
      `fields @timestamp, request_id, client, certainty, evidence.0, evidence.1`,
      `| ${anyFailure} and cause = '${'code_already_used' satisfies CauseName}'`,
      '| sort @timestamp desc',
    ],
  },
  QueryFailedChecks: {
    name: 'failed checks of the doctor',
    logGroupIds: checks,
    lines: [
      "filter check_result = 'failed'",
      '| stats count(*) as rounds, max(@timestamp) as last_seen by client, check, cause, fix',
      '| sort last_seen desc',
    ],
  },
  QuerySecretProblems: {
    name: 'problems with the secret',
    logGroupIds: requests,
    lines: [
      'fields @timestamp, request_id, client, outcome, cause, evidence.0, secret_source, secret_age_s, secret_ms',
      `| filter ispresent(outcome) and (secret_source = 'stale' or cause in [${secretCauses.map((name) => `'${name}'`).join(', ')}])`,
      '| sort @timestamp desc',
    ],
  },
}

/** The saved queries as resources, all in one folder that is named for the stack. */
export function toQueries(): Readonly<Record<string, Resource>> {
  return Object.fromEntries(
    Object.entries(savedQueries).map(([id, { name, logGroupIds, lines }]) => [
      id,
      {
        Type: 'AWS::Logs::QueryDefinition',
        Properties: {
          Name: { 'Fn::Sub': `\${AWS::StackName}/${name}` },
          LogGroupNames: logGroupIds.map((groupId) => ({ Ref: groupId })),
          QueryString: lines.join('\n'),
        },
      },
    ]),
  )
}

/** The query for the records of one cause, with the fields that these can have. */
export function causeQuery(name: CauseName): string {
  const { evidence = [], details = {}, candidates, facts } = toCause(name)
  const most = Math.min(mostSlugs, evidence.length + Object.keys(details).length)
  const slugs = Array.from({ length: most }, (_, index) => `evidence.${index}`)
  const fields = [
    ...['@timestamp', 'request_id', 'client', 'grant_type'],
    ...(candidates === undefined ? slugs : [...slugs, 'candidates.0']),
    ...facts.map((fact: FactName) => factRows[fact].field),
    'total_ms',
  ]
  return [
    `fields ${fields.join(', ')}`,
    `| ${anyFailure} and cause = '${name}'`,
    '| sort @timestamp desc',
    '| limit 50',
  ].join('\n')
}

/** The query for the doctor's records of one cause. */
export function checkQuery(name: CheckCauseName): string {
  return [
    'fields @timestamp, client, check, fix',
    `| filter check_result = 'failed' and cause = '${name}'`,
    '| sort @timestamp desc',
    '| limit 50',
  ].join('\n')
}
