import { grantTypes, upstreamErrors } from '../core/causes/cause.ts'
import type { RecordField } from '../core/record.ts'
import { numberSettings } from '../core/settings/table.ts'

/** One part of a JSON Schema, dialect 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** Lambda lets no invocation last longer. */
const longestMs = 900_000
const milliseconds = { type: 'integer', minimum: 0, maximum: longestMs }
const slugs = { type: 'array', items: { type: 'string' }, uniqueItems: true, maxItems: 12 }

/** A client's name in the settings. */
export const clientField: JsonSchema = {
  description:
    "The client's `name` in the settings; `unknown` where the request named none of them.",
  type: 'string',
  pattern: '^[a-z][a-z0-9-]{0,31}$',
}

/**
 * Every field of a request record: what it says, and every value that it can have. Bounds and forms are
 * written down once more on purpose: they are what readers of the log may rely on, and the code is held to
 * them by every test.
 */
export const recordFieldSchemas: Readonly<Record<RecordField, JsonSchema>> = {
  request_id: {
    description: "The answer's `x-request-id`.",
    type: 'string',
    pattern: '^[A-Za-z0-9+/_=.:-]{1,64}$',
  },
  outcome: { description: 'What became of the request: `ok` or `failed`.', enum: ['ok', 'failed'] },
  cause: { description: 'Why it failed; each cause has a page in the runbook.', type: 'string' },
  fault: {
    description:
      "Who must act: `caller` the front end's developer, `operator` you, `cognito` nobody but AWS.",
    enum: ['caller', 'operator', 'cognito'],
  },
  certainty: {
    description: 'How sure the proxy is of the cause: `proved`, `likely` or `undetermined`.',
    enum: ['proved', 'likely', 'undetermined'],
  },
  evidence: { description: 'What was seen, in the order in which it was.', ...slugs },
  candidates: {
    description: 'What else it could be, the most often met first; only where undetermined.',
    ...slugs,
    minItems: 1,
  },
  fix: { description: 'What mends it, in one sentence.', type: 'string' },
  runbook: { description: "The cause's page, where the runbook is published.", type: 'string' },
  client: clientField,
  grant_type: {
    description: 'The grant; absent where it was none of these, and at a revocation.',
    enum: [...grantTypes],
  },
  status: {
    description: 'The status of the answer.',
    type: 'integer',
    minimum: 200,
    maximum: 599,
  },
  oauth_error: { description: "The answer's `error`.", type: 'string' },
  upstream_status: {
    description: "The status of Cognito's answer.",
    type: 'integer',
    minimum: 100,
    maximum: 999,
  },
  upstream_error: {
    description: "Cognito's `error`; `other` for a word that it is not known to send.",
    enum: [...upstreamErrors],
  },
  upstream_request_id: {
    description: 'The handle by which AWS support finds the call.',
    type: 'string',
    pattern: '^[A-Za-z0-9-]{1,64}$',
  },
  attempts: {
    description: 'How often Cognito was asked.',
    type: 'integer',
    minimum: 1,
    maximum: 3,
  },
  total_ms: { description: 'How long the whole request took.', ...milliseconds },
  upstream_ms: {
    description: 'How much of it Cognito took, all attempts together.',
    ...milliseconds,
  },
  secret_ms: { description: 'How much of it the secret took.', ...milliseconds },
  secret_source: {
    description:
      'Where the secret came from: `cache`, `fetched`, or `stale` while Secrets Manager does not answer.',
    enum: ['cache', 'fetched', 'stale'],
  },
  secret_age_s: {
    description: 'How many seconds before its use the secret was read.',
    type: 'integer',
    minimum: 0,
    maximum: numberSettings.secretHardAgeSeconds.most,
  },
  remaining_ms: {
    description: 'What Lambda had left at the end; below zero where its time had run out.',
    type: 'integer',
    minimum: -longestMs,
    maximum: longestMs,
  },
  cold_start: {
    description: 'Whether it was the first request of its sandbox.',
    type: 'boolean',
  },
}

/** What the logger adds to every line. */
export const loggerFieldSchemas = {
  level: { description: 'How loud the line is.', enum: ['INFO', 'WARN', 'ERROR'] },
  message: { description: 'The kind of the line.', type: 'string' },
  service: {
    description: 'The `service` of the settings.',
    type: 'string',
    pattern: '^[a-z][a-z0-9-]{0,31}$',
  },
} as const satisfies Readonly<Record<string, JsonSchema>>
