import {
  type CauseName,
  causes,
  type FactsOf,
  type Failure,
  fail,
} from '../../core/causes/catalogue.ts'
import type { Cause } from '../../core/causes/cause.ts'
import type { Facts } from '../../core/facts.ts'

/** True where both types accept the same, whichever way round they are compared. */
type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

// Facts: `Pick<Facts, never>` would accept any of these.
fail('client_unknown')
fail('client_unknown', {})
fail('client_unknown', { facts: {} })
fail('cognito_error', { facts: { attempts: 1, upstreamStatus: 500 } })
fail('secret_not_found', { facts: { secretMs: 1, remainingMs: 1 } })
// @ts-expect-error: a cause that carries no fact takes none
fail('client_unknown', { facts: { upstreamStatus: 1 } })
// @ts-expect-error: a fact of the exchange is none of the secret's
fail('secret_not_found', { facts: { upstreamStatus: 1 } })
// @ts-expect-error: a name that is no fact at all
fail('cognito_error', { facts: { body: 'x' } })
// @ts-expect-error: a fact of another type
fail('cognito_error', { facts: { attempts: '1' } })
const measured = { upstreamStatus: 500 }
// @ts-expect-error: shut out by name, also where a variable carries it
fail('client_unknown', { facts: measured })
const widened = { attempts: 1, body: 'x' }
// Excess properties do not follow a variable: why the record picks again at run time.
fail('cognito_error', { facts: widened })

// Details: the closed variants of the very cause.
fail('parameter_missing', { detail: 'code' })
fail('redirect_uri_not_allowed', { detail: 'trailing_slash' })
// @ts-expect-error: a detail of another cause
fail('parameter_missing', { detail: 'trailing_slash' })
// @ts-expect-error: a detail for a cause that has none
fail('client_unknown', { detail: 'code' })
// @ts-expect-error: a text of the request
fail('parameter_missing', { detail: String('code') })

// Evidence: the closed slugs of the very cause.
fail('domain_not_found', { evidence: ['answered_404'] })
// @ts-expect-error: evidence of another cause
fail('domain_not_found', { evidence: ['connect_refused'] })
fail('client_secret_mismatch', { evidence: ['secret_unchanged', 'secret_differs'] })
// @ts-expect-error: what a refresh leaves out is no evidence of a code
fail('code_already_used', { evidence: ['token_rotated_before'] })
// @ts-expect-error: evidence for a cause that has none
fail('client_unknown', { evidence: ['answered_404'] })
// @ts-expect-error: a text that somebody sent
fail('domain_not_found', { evidence: [String('answered_404')] })

// Candidates: those of the row, fewer perhaps and never others.
fail('client_unauthorized', { candidates: ['grant_not_allowed'] })
// @ts-expect-error: a candidate of another cause
fail('client_unauthorized', { candidates: ['code_expired'] })
// @ts-expect-error: candidates for a cause that is certain
fail('client_unknown', { candidates: ['grant_not_allowed'] })

// @ts-expect-error: a cause that the catalogue does not have
fail('client_secret_wrong')
// @ts-expect-error: a cause that only the doctor finds, which no request ends with
fail('scopes_missing')
// @ts-expect-error: how sure, in a word of its own
fail('client_unknown', { certainty: 'certain' })
// @ts-expect-error: an outcome of a request that does not exist
fail('cognito_error', { delivery: 'sent' })

export const noFacts: Equal<FactsOf<'client_unknown'>[keyof Facts], undefined> = true
export const failureNames: Equal<Failure['cause'], CauseName> = true
export const literalNames: Equal<string extends CauseName ? true : false, false> = true

/** Every row is a whole row. */
export const rows: Readonly<Record<CauseName, Cause>> = causes
