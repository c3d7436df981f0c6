import { type CauseName, causes, toCause } from '../../core/causes/catalogue.ts'
import { exchangeFacts, type FactName, factRows } from '../../core/facts.ts'
import { redirectStatus } from '../../core/metadata-answer.ts'
import { type RecordField, successFacts } from '../../core/record.ts'
import { checkFailed, checkPassed } from './checks.ts'
import { type JsonSchema, metricFieldSchemas, recordFieldSchemas, withNoGrant } from './fields.ts'
import { toCauseRule, toLineSchema, toOneOf, toRunbookSchema } from './object.ts'
import { rotationStepFailed, rotationStepMade } from './rotations.ts'

const causeNames = Object.keys(causes) as readonly CauseName[]
const message = 'request'
const always = [
  ...['request_id', 'outcome', 'client', 'status', 'total_ms'],
] as readonly RecordField[]
const { cause, oauth_error, request_id, client, grant_type, total_ms } = recordFieldSchemas

const success = toLineSchema({
  description:
    'A request that succeeded: tokens were handed on, a token was revoked, a discovery document was given, or a browser was sent on (302). Its metrics are members of the same line.',
  message,
  levels: ['INFO'],
  fields: {
    ...{ request_id, outcome: { const: 'ok' }, client, grant_type: withNoGrant(grant_type) },
    ...{ status: toOneOf([200, redirectStatus]), total_ms, cold_start: { const: true } },
    ...Object.fromEntries(
      successFacts.map((name) => [factRows[name].field, recordFieldSchemas[factRows[name].field]]),
    ),
    ...metricFieldSchemas,
  },
  required: always,
})

const failure = toLineSchema({
  description: 'A request that failed, with its one cause and what is known about it.',
  message,
  levels: ['WARN', 'ERROR'],
  fields: {
    ...recordFieldSchemas,
    outcome: { const: 'failed' },
    cause: { ...cause, enum: causeNames },
    oauth_error: { ...oauth_error, ...toOneOf(unique(causeNames.map((n) => toCause(n).error))) },
  },
  required: [
    ...always,
    'cold_start',
    'cause',
    'fault',
    'certainty',
    'evidence',
    'fix',
    'oauth_error',
  ],
  rules: causeNames.map(toRule),
})

/** What the catalogue says of one cause, and therefore of every record that names it. */
function toRule(name: CauseName): JsonSchema {
  const row = toCause(name)
  const open = [...(row.candidates ?? []), ...(row.rareCandidates ?? [])]
  return toCauseRule(
    name,
    {
      level: toOneOf([row.fault === 'caller' ? 'WARN' : 'ERROR']),
      fault: toOneOf([row.fault]),
      status: toOneOf(unique([row.status, row.forCode?.status ?? row.status])),
      oauth_error: toOneOf([row.error]),
      certainty: toOneOf(open.length > 0 ? ['undetermined'] : ['proved', 'likely']),
      evidence: toListOf([...Object.keys(row.details ?? {}), ...(row.evidence ?? [])]),
      candidates: open.length > 0 ? toListOf(open) : false,
      fix: toOneOf([row.fix]),
      runbook: toRunbookSchema(name),
      ...toForbiddenFacts(row.facts),
    },
    open.length > 0 ? ['candidates'] : [],
  )
}

function toForbiddenFacts(allowed: readonly FactName[]): JsonSchema {
  const forbidden = exchangeFacts.filter((name) => !allowed.includes(name))
  return Object.fromEntries(forbidden.map((name) => [factRows[name].field, false]))
}

function toListOf(slugs: readonly string[]): JsonSchema {
  return slugs.length === 0
    ? { type: 'array', maxItems: 0 }
    : { type: 'array', items: { enum: slugs } }
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)]
}

/** More problems than these are counted, not listed. */
const mostProblems = 40

const settingsRefused = toLineSchema({
  description: 'The settings were refused when the process began.',
  message: 'settings refused',
  levels: ['ERROR'],
  fields: {
    problems: {
      description: 'The first problems, each by the place of the setting and never by its value.',
      type: 'array',
      items: { type: 'string', maxLength: 512 },
      minItems: 1,
      maxItems: mostProblems,
    },
    problem_count: { description: 'How many there are.', type: 'integer', minimum: 1 },
  },
  required: ['problems', 'problem_count'],
})

/** Every line that the functions write besides their metrics, as a JSON Schema. */
export function toRecordSchema(): JsonSchema {
  const kinds = {
    success,
    failure,
    check_passed: checkPassed,
    check_failed: checkFailed,
    rotation_step_made: rotationStepMade,
    rotation_step_failed: rotationStepFailed,
    settings_refused: settingsRefused,
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A log line of the token proxy',
    description:
      'Every line that the functions write is of one of these kinds, or holds metrics alone, in the embedded metric format (it has the field `_aws` and no `message`). Lambda adds lines of its own.',
    oneOf: Object.keys(kinds).map((kind) => ({ $ref: `#/$defs/${kind}` })),
    $defs: kinds,
  }
}
