import { fail, type Result } from '../../core/causes/catalogue.ts'
import type { MetricGroup } from '../../core/metrics.ts'
import type { Outcome } from '../../core/outcome.ts'
import type { Spent } from '../../core/record.ts'
import type { ParsedSettings } from '../../core/settings/settings.ts'
import type { TokenSet } from '../../core/token-response.ts'

/** What may be read of a result before it was asked whether it went well. */
export function readResult(result: Result<TokenSet>): string {
  // @ts-expect-error: there are tokens only where it went well
  const early = result.value
  if (!result.ok) {
    // @ts-expect-error: a failure has no tokens
    const none = result.value
    return `${result.cause}${none}${early}`
  }
  // @ts-expect-error: tokens have no cause
  const cause = result.cause
  return `${result.value.access_token}${cause}`
}

/** Settings that were refused cannot be opened. */
export function readSettings(parsed: ParsedSettings): unknown {
  // @ts-expect-error: there are settings only where nothing is wrong
  const early = parsed.settings
  return parsed.ok ? [early, parsed.settings.clients] : parsed.problems
}

const failed: Outcome = {
  client: 'unknown',
  grantType: undefined,
  result: fail('unforeseen'),
}
export const outcomes: readonly Outcome[] = [
  failed,
  { ...failed, result: { ok: true, value: undefined } },
  // @ts-expect-error: a grant that is not carried
  { ...failed, grantType: 'client_credentials' },
  // @ts-expect-error: a token is a text
  { ...failed, result: { ok: true, value: { access_token: 1, token_type: 'Bearer' } } },
  // @ts-expect-error: tokens have no field besides the named ones
  { ...failed, result: { ok: true, value: { access_token: '', token_type: '', device_key: '' } } },
]

// @ts-expect-error: a read went well or failed
export const secretFetches: Spent['secretFetches'] = ['maybe']

export const values: MetricGroup['values'] = [
  { name: 'Requests', value: 1 },
  // @ts-expect-error: a metric that the contract does not have
  { name: 'Retries', value: 1 },
]
