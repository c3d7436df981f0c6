import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Check } from '../../../core/doctor/findings.ts'
import { isAppClientRead, toReport } from '../../../core/doctor/report.ts'
import { toSummary } from '../../../core/doctor/summary.ts'

const check = (name: Check['name'], status: Check['status']): Check => ({ name, status, found: '' })
const sum = (...checks: readonly Check[]) => toSummary(toReport('web', checks))

test('calls a client well that warns of nothing but trifles, and of one that names no user pool', () => {
  assert.equal(
    sum(check('client_exists', 'ok'), check('callback_urls', 'warning')),
    'everything is correct',
  )
  assert.equal(sum(check('client_exists', 'skipped')), 'everything is correct')
})

test('counts failed checks, even if others could not be made', () => {
  assert.equal(sum(check('clock', 'failed')), '1 check has failed')
  assert.equal(
    sum(check('clock', 'failed'), check('scopes', 'failed'), check('client_exists', 'warning')),
    '2 checks have failed',
  )
})

test('does not call a client well that could not be looked at', () => {
  const report = toReport('web', [check('client_exists', 'warning')])
  assert.ok(!isAppClientRead(report))
  assert.match(toSummary(report), /^nothing is wrong so far/)
  assert.ok(isAppClientRead(toReport('web', [check('client_exists', 'ok')])))
})
