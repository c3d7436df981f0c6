import type { Facts, GrantType } from '../../core/cause.ts'
import { type CauseName, causes, type Failure, fail } from '../../core/causes.ts'
import type { Outcome } from '../../core/outcome.ts'
import type { Measures } from '../../core/record.ts'

/** Every name of the catalogue. */
export const causeNames = Object.keys(causes) as CauseName[]

/** One value for each fact. */
export const allFacts: Facts = {
  attempts: 2,
  upstreamMs: 81.4,
  upstreamStatus: 400,
  upstreamError: 'invalid_grant',
  upstreamRequestId: 'cognito-request-1',
  secretMs: 12.6,
  secretSource: 'cache',
  secretAgeSeconds: 31.5,
  remainingMs: 14_000.4,
}

/** What was measured of a request outside Lambda. */
export const measures: Measures = {
  requestId: 'request-1',
  totalMs: 120.6,
  remainingMs: undefined,
  isColdStart: false,
}

const tokens = { access_token: 'access-1', token_type: 'Bearer', expires_in: 3600 }

/** The outcome of an exchange that went well, with what a test changes. */
export function toSuccess(changes: Partial<Outcome> = {}): Outcome {
  return {
    client: 'shop',
    grantType: 'authorization_code',
    result: { ok: true, value: tokens },
    facts: {},
    secretFetches: [],
    ...changes,
  }
}

/** The outcome of a request that failed. */
export function toFailed(
  failure: Failure | CauseName,
  grantType: GrantType | undefined = 'refresh_token',
): Outcome {
  const result = typeof failure === 'string' ? fail(failure) : failure
  return { client: 'shop', grantType, result, facts: {}, secretFetches: [] }
}
