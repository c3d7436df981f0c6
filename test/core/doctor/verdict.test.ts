import assert from 'node:assert/strict'
import { test } from 'node:test'
import { causes, fail } from '../../../core/causes/catalogue.ts'
import { doctor } from '../../../core/causes/doctor.ts'
import { pass, reject, rejectFailure, skip, warn } from '../../../core/doctor/verdict.ts'

test('says what was found, and no more, if all is well', () => {
  assert.deepEqual(pass('OAuth is on'), { status: 'ok', found: 'OAuth is on' })
})

test('warns without a cause', () => {
  assert.deepEqual(warn('odd', 'Look.'), { status: 'warning', found: 'odd', fix: 'Look.' })
})

test('tells by the reason why something could not be read, and what to do about it', () => {
  const found = (['absent', 'denied', 'unanswered', 'unnamed'] as const).map(skip)
  assert.deepEqual(
    found.map(({ status }) => status),
    ['skipped', 'skipped', 'skipped', 'skipped'],
  )
  assert.equal(new Set(found.map((one) => one.found)).size, 4)
  assert.equal(found[0]?.fix, undefined)
  assert.match(found[1]?.fix ?? '', /DescribeUserPoolClient/)
  assert.match(found[3]?.fix ?? '', /userPoolId/)
})

test('shows findings without terminal control characters', () => {
  for (const make of [pass, warn, (found: string) => reject('waf_blocked', found)]) {
    assert.equal(make('a\u001b[2J\u202eb').found, 'a\\u001b[2J\\u202eb')
  }
})

test('takes the fix from the row of the cause, or the given one', () => {
  assert.equal(reject('waf_blocked', '').fix, causes.waf_blocked.fix)
  assert.equal(reject('clock_skewed', '').fix, doctor.clock_skewed.fix)
  assert.equal(reject('clock_skewed', '', { fix: 'Wait.' }).fix, 'Wait.')
})

test('tells the evidence of a failure, how sure it is and what else it could be', () => {
  const proved = rejectFailure(fail('client_not_found', { evidence: ['client_absent'] }), {
    command: 'aws x',
  })
  assert.equal(proved.found, 'client_not_found (client_absent)')
  assert.equal(proved.command, 'aws x')
  const likely = rejectFailure(fail('lambda_trigger_failed', { certainty: 'likely' }))
  assert.equal(likely.found, 'likely lambda_trigger_failed')
  const open = rejectFailure(fail('client_unauthorized', { candidates: ['grant_not_allowed'] }))
  assert.equal(open.found, 'client_unauthorized; it could be grant_not_allowed')
})
