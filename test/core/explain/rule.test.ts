import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasParameter } from '../../../core/explain/rule.ts'
import { toPasted } from '../../fixtures/core/pasted.ts'

test('a parameter counts only with a value, wherever it stands', () => {
  assert.ok(hasParameter(toPasted('grant_type=x&code=abc'), 'code'))
  assert.ok(hasParameter(toPasted('code=&code=abc'), 'code'))
  assert.ok(!hasParameter(toPasted('grant_type=x&code='), 'code'))
  assert.ok(!hasParameter(toPasted('error_code=abc'), 'code'))
})
