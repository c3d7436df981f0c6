import { numberSettings } from './settings/table.ts'

/** The longest that Lambda lets one invocation last, in milliseconds. */
export const longestInvocationMs = 900_000
const milliseconds = { type: 'integer', minimum: 0, maximum: longestInvocationMs } as const

/** The values of `error` that Cognito is known to send; `other` stands for every other text. */
export const upstreamErrors = [
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'unsupported_token_type',
  'invalid_scope',
  'other',
] as const

/** One thing that may be known about an exchange: its field in the record and what a reader may rely on. */
export interface FactRow {
  readonly field: string
  readonly description: string
  readonly type?: 'integer' | 'string'
  /** Both ends are allowed. */
  readonly minimum?: number
  readonly maximum?: number
  readonly pattern?: string
  /** The only values that there are. */
  readonly enum?: readonly string[]
}

/**
 * Every fact of an exchange; the names give the units. The type, the record, what a cause may carry and the
 * schema of the record all follow from these rows.
 */
export const factRows = {
  attempts: {
    field: 'attempts',
    description: 'How often Cognito was asked; absent in a success that needed one call.',
    type: 'integer',
    minimum: 1,
    maximum: 3,
  },
  upstreamMs: {
    field: 'upstream_ms',
    description: 'How much of it Cognito took, all attempts together.',
    ...milliseconds,
  },
  upstreamStatus: {
    field: 'upstream_status',
    description: "The status of Cognito's answer; absent in a success, where it is 200.",
    type: 'integer',
    minimum: 100,
    maximum: 999,
  },
  upstreamError: {
    field: 'upstream_error',
    description: "Cognito's `error`; `other` for a word that it is not known to send.",
    enum: upstreamErrors,
  },
  upstreamRequestId: {
    field: 'upstream_request_id',
    description: 'The handle by which AWS support finds a call that failed.',
    type: 'string',
    pattern: '^[A-Za-z0-9-]{1,64}$',
  },
  secretMs: {
    field: 'secret_ms',
    description: 'How much of it the secret took; absent in a success that waited for none.',
    ...milliseconds,
  },
  secretSource: {
    field: 'secret_source',
    description:
      'Where the secret came from: `cache` (absent in a success), `fetched`, or `stale` while Secrets Manager does not answer; `pending` or `previous` is the version with that label, used because Cognito refuses the current one during a rotation.',
    enum: ['cache', 'fetched', 'stale', 'pending', 'previous'],
  },
  secretAgeSeconds: {
    field: 'secret_age_s',
    description:
      'How many seconds before its use the secret was read; absent in a success with a secret from the cache.',
    type: 'integer',
    minimum: 0,
    maximum: numberSettings.secretHardAgeSeconds.most,
  },
  remainingMs: {
    field: 'remaining_ms',
    description:
      'What Lambda had left at the end of a failure; below zero where its time had run out.',
    type: 'integer',
    minimum: -longestInvocationMs,
    maximum: longestInvocationMs,
  },
} as const satisfies Readonly<Record<string, FactRow>>

type FactRows = typeof factRows
/** The name of a fact in the code. */
export type FactName = keyof FactRows
/** The name of a fact in the record. */
export type FactField = FactRows[FactName]['field']
type ValueOf<Row> = Row extends { readonly enum: readonly (infer V)[] }
  ? V
  : Row extends { readonly type: 'integer' }
    ? number
    : string

/** Everything that may be known about one exchange; the names give the units. */
export type Facts = { readonly [F in FactName]: ValueOf<FactRows[F]> }
/** Where the client secret of an exchange came from. */
export type SecretSource = Facts['secretSource']
/** What the record says about Cognito's `error`, whatever text Cognito sent. */
export type UpstreamError = Facts['upstreamError']

/** The facts of a call that reached Cognito, and of the secret that it used: all that there are. */
export const exchangeFacts = Object.keys(factRows) as readonly FactName[]

/** The facts of an exchange that ended before Cognito was asked. */
export const secretFacts = ['secretMs', 'remainingMs'] as const satisfies readonly FactName[]
