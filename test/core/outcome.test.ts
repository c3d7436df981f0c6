import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toMisfitOutcome, toUnjudgedOutcome } from '../../core/outcome.ts'

test('of a request that was not judged only the cause is known', () => {
  const { result, ...others } = toUnjudgedOutcome('proxy_overloaded')
  assert.ok(!result.ok)
  assert.equal(result.cause, 'proxy_overloaded')
  assert.deepEqual(others, { client: 'unknown', grantType: undefined })
})

test('what no caller can cause is a mistake of the deployment, and a ping is not counted', () => {
  for (const misfit of ['event_format', 'route_unknown'] as const) {
    const { result, isUncounted } = toMisfitOutcome(misfit)
    assert.ok(!result.ok)
    assert.deepEqual([result.cause, result.evidence], ['config_invalid', [misfit]])
    assert.equal(isUncounted, undefined)
  }
  assert.equal(toMisfitOutcome('no_request').isUncounted, true)
})
