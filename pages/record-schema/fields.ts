import { grantTypes } from '../../core/causes/cause.ts'
import { type FactField, type FactRow, factRows, longestInvocationMs } from '../../core/facts.ts'
import { type MetricName, metrics } from '../../core/metrics.ts'
import { type RecordField, secretFetchResults } from '../../core/record.ts'

/** One part of a JSON Schema, dialect 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>

const slugs = { type: 'array', items: { type: 'string' }, uniqueItems: true, maxItems: 12 }

/** A client's name in the settings. */
export const clientField: JsonSchema = {
  description:
    "The client's `name` in the settings; `unknown` where the request named none of them.",
  type: 'string',
  pattern: '^[a-z][a-z0-9-]{0,31}$',
}

/** The facts, as their rows describe them. */
const factSchemas = Object.fromEntries(
  Object.values<FactRow>(factRows).map(({ field, ...schema }): [string, JsonSchema] => [
    field,
    schema,
  ]),
) as Readonly<Record<FactField, JsonSchema>>

/**
 * Every field of a request record: what it says, and every value that it can have. The facts come from
 * their table. The other bounds and forms are written down once more on purpose: they are what readers of
 * the log may rely on, and the code is held to them by every test.
 */
export const recordFieldSchemas: Readonly<Record<RecordField, JsonSchema>> = {
  request_id: {
    description: "The answer's `x-request-id`.",
    type: 'string',
    pattern: '^[A-Za-z0-9+/_=.:-]{1,64}$',
  },
  outcome: { description: 'The outcome of the request: `ok` or `failed`.', enum: ['ok', 'failed'] },
  cause: { description: 'Why it failed. Each cause has a page in the runbook.', type: 'string' },
  fault: {
    description:
      "Who must act: `caller` the front end's developer, `operator` you, `cognito` nobody but AWS.",
    enum: ['caller', 'operator', 'cognito'],
  },
  certainty: {
    description: 'How sure the proxy is of the cause: `proved`, `likely` or `undetermined`.',
    enum: ['proved', 'likely', 'undetermined'],
  },
  evidence: { description: 'What was seen, in this order.', ...slugs },
  candidates: {
    description: 'What it could be, the most frequent first; only if undetermined.',
    ...slugs,
    minItems: 1,
  },
  fix: { description: 'What fixes it, in one sentence.', type: 'string' },
  runbook: { description: "The cause's page, if the runbook is published.", type: 'string' },
  client: clientField,
  grant_type: {
    description:
      'The grant; absent if it was none of these, and for a revocation. A success has `none` then.',
    enum: [...grantTypes],
  },
  status: {
    description: 'The status of the answer.',
    type: 'integer',
    minimum: 200,
    maximum: 599,
  },
  oauth_error: { description: "The answer's `error`.", type: 'string' },
  total_ms: {
    description: 'How long the whole request took.',
    type: 'integer',
    minimum: 0,
    maximum: longestInvocationMs,
  },
  cold_start: {
    description:
      'Whether it was the first request of its sandbox; absent in a success where it was not.',
    type: 'boolean',
  },
  ...factSchemas,
}

/** What the logger adds to every line. */
export const loggerFieldSchemas = {
  level: { description: 'The level of the line.', enum: ['INFO', 'WARN', 'ERROR'] },
  message: { description: 'The kind of the line.', type: 'string' },
  service: {
    description: 'The `service` of the settings.',
    type: 'string',
    pattern: '^[a-z][a-z0-9-]{0,31}$',
  },
} as const satisfies Readonly<Record<string, JsonSchema>>

/** Allows what the dimension of a metric has in the place of a grant. */
export function withNoGrant(grant: JsonSchema): JsonSchema {
  return { ...grant, enum: [...grantTypes, 'none'] }
}

const metricsOfSuccess = [
  ...(['Requests', 'Successes', 'UpstreamLatency', 'ProxyLatency', 'SecretLatency'] as const),
  ...(['SecretAge', 'SecretFetches', 'UpstreamAttempts', 'ColdStarts'] as const),
] satisfies readonly MetricName[]

/** What CloudWatch reads of a success: its metrics, and dimensions that are no fields of a record. */
export const metricFieldSchemas: Readonly<Record<string, JsonSchema>> = {
  _aws: {
    description: 'What CloudWatch makes metrics of: the embedded metric format.',
    type: 'object',
    properties: { Timestamp: { type: 'integer' }, CloudWatchMetrics: { type: 'array' } },
    required: ['Timestamp', 'CloudWatchMetrics'],
  },
  result: { description: 'How a read of the secret ended.', enum: [...secretFetchResults] },
  ...Object.fromEntries(
    metricsOfSuccess.map((name) => [
      name,
      { description: `A metric, in ${metrics[name].unit}.`, type: 'number', minimum: 0 },
    ]),
  ),
}
