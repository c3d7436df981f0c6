import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explain } from '../../../core/explain/explain.ts'
import type { Reason } from '../../../core/explain/reasons.ts'
import { toCaseReason } from '../../../pages/cases/case-reason.ts'
import { reportedCases } from '../../../pages/cases/reported-cases.ts'
import { unplayedReports } from '../../../pages/cases/unplayed-reports.ts'
import { toObservation } from '../../../runbook/observations/observations.ts'

/** What is behind the reports that are not replayed and have an error to look up. */
const unplayedReasons: Readonly<Record<string, Reason>> = {
  'axa-955': 'logout_parameters',
  'angular-1947': 'nonce_after_refresh',
  'agentgateway-2016': 'registration_unsupported',
  'ohmypi-9151': 'client_library_discovery',
  'sentry-6077': 'origin_not_allowed',
  'cdk-12411': 'secret_access_denied',
  'undici-3492': 'cognito_connection_lost',
  'openid-client-126': 'clock_skewed',
}

/** Judges an explanation by the cause that is known, or by none: then nothing may be proved. */
function assertExplains(inHand: string, reason: Reason | undefined): void {
  const { suspicions } = explain(inHand)
  const proved = suspicions.filter(({ certainty }) => certainty === 'proved')
  assert.ok(proved.every((one) => one.reason === reason))
  assert.ok(suspicions.length > 0, 'nothing was recognised')
  if (reason === undefined) return
  const names = suspicions.map((one) => one.reason)
  assert.ok(names.includes(reason), `${reason} is not among ${names.join(', ')}`)
  assert.ok(toObservation(reason) !== undefined, `nothing decides about ${reason}`)
}

for (const { id, inHand, cause } of reportedCases) {
  test(`what the reporter of ${id} had in hand leads to the cause, or to nothing that is wrong`, () => {
    assertExplains(inHand, toCaseReason(cause))
  })
}

for (const { id, inHand } of unplayedReports) {
  if (inHand === undefined) continue
  test(`what the reporter of ${id} had in hand leads to the cause, though it is not replayed`, () => {
    assertExplains(inHand, unplayedReasons[id] ?? assert.fail('its reason is missing here'))
  })
}

test('a confirmed cause of a report is a reason, even if the report uses another name', () => {
  const nameless = reportedCases
    .filter(({ cause }) => toCaseReason(cause) === undefined)
    .map(({ cause }) => cause)
  assert.deepEqual([...new Set(nameless)].sort(), ['native_redirect', 'unknown'])
})
