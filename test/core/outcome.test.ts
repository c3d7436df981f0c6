import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toUnjudgedOutcome } from '../../core/outcome.ts'

test('of a request that was not judged only the cause is known', () => {
  const { result, ...others } = toUnjudgedOutcome('proxy_overloaded')
  assert.ok(!result.ok)
  assert.equal(result.cause, 'proxy_overloaded')
  assert.deepEqual(others, { client: 'unknown', grantType: undefined })
})
