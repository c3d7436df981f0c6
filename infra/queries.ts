import { type CauseName, causes, toCause } from '../core/causes/catalogue.ts'
import type { CheckCauseName } from '../core/causes/doctor.ts'
import type { StepCauseName } from '../core/causes/rotation.ts'
import { type FactName, factRows } from '../core/facts.ts'
import { routes } from '../core/http-api.ts'

import { accessLogGroupId, toLogGroupId } from './logical-ids.ts'
import type { Resource } from './resource.ts'

/** A query that the stack saves in CloudWatch > Logs Insights > Saved queries. */
interface SavedQuery {
  readonly name: string
  /** The logical ids of the log groups. */
  readonly logGroupIds: readonly string[]
  readonly lines: readonly string[]
}

/** The evidence before the decisive entry is rarely longer than this. */
const mostSlugs = 3
const requests = [...new Set(routes.map((route) => route.function))].map(toLogGroupId)
const checks = [toLogGroupId('doctor')]
// The metrics of a failure also have a cause, but no outcome.
const anyFailure = "filter outcome = 'failed'"

/** The name of every cause about the secret contains the word. */
const secretCauses = Object.keys(causes).filter((name) => name.includes('secret'))

/** Every saved query, by its logical id. */
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
      '# Replace REQUEST_ID with the x-request-id of the answer, in both places.',
      'fields @timestamp, @log, @message',
      "| filter request_id = 'REQUEST_ID' or requestId = 'REQUEST_ID'",
      '| sort @timestamp asc',
    ],
  },
  QuerySlowest: {
    name: 'slowest requests',
    logGroupIds: requests,
    lines: [
      '# Of a success, an empty field means: one attempt, no wait for the secret, from the cache, a warm sandbox.',
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
      '# Choose a time range that starts well before the deployment. A cause that was first seen after it is',
      '# at the top: the deployment may have caused it.',
      anyFailure,
      '| stats min(@timestamp) as first_seen, max(@timestamp) as last_seen, count(*) as failures by cause, fault',
      '| sort first_seen desc',
    ],
  },
  QueryCodesUsedTwice: {
    name: 'callers whose code was used twice',
    logGroupIds: requests,
    lines: [
      "# Many from one client mean that its front end exchanges twice; a few could mean a stolen code. The caller's",
      '# address is in the access log under the same id: use the query for one request.',
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
      `| filter ispresent(outcome) and (secret_source in ['stale', 'pending', 'previous'] or cause in [${secretCauses.map((name) => `'${name}'`).join(', ')}])`,
      '| sort @timestamp desc',
    ],
  },
}

/** Makes the saved queries as resources, all in one folder named after the stack. */
export function toQueries(hasRotations: boolean): Readonly<Record<string, Resource>> {
  const queries = { ...savedQueries, ...(hasRotations ? rotationQueries : {}) }
  return Object.fromEntries(
    Object.entries(queries).map(([id, { name, logGroupIds, lines }]) => [
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

/** What is saved besides where secrets rotate. */
const rotationQueries: Readonly<Record<string, SavedQuery>> = {
  QueryFailedRotations: {
    name: 'failed rotations',
    logGroupIds: [toLogGroupId('rotate')],
    lines: [
      "filter rotation_result = 'failed'",
      '| stats count(*) as steps, max(@timestamp) as last_seen by client, rotation_step, cause, fix',
      '| sort last_seen desc',
    ],
  },
}

/** Writes the query for the records of one cause, with the fields that they can have. */
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

/** Writes the query for the records of a rotation that failed by one cause. */
export function rotationQuery(name: StepCauseName): string {
  return [
    'fields @timestamp, client, rotation_step, evidence.0, active_secrets, fix',
    `| filter rotation_result = 'failed' and cause = '${name}'`,
    '| sort @timestamp desc',
    '| limit 50',
  ].join('\n')
}

/** Writes the query for the doctor's records of one cause. */
export function checkQuery(name: CheckCauseName): string {
  return [
    'fields @timestamp, client, check, fix',
    `| filter check_result = 'failed' and cause = '${name}'`,
    '| sort @timestamp desc',
    '| limit 50',
  ].join('\n')
}
