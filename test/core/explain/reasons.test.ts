import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkCauseNames } from '../../../core/causes/doctor.ts'
import { directReasons, isDirectReason, isReason } from '../../../core/explain/reasons.ts'

test('every cause, candidate and direct reason is a reason, and nothing else', () => {
  const names = [...checkCauseNames, 'code_expired', 'distribution_in_front', 'empty_secret']
  for (const name of names) assert.ok(isReason(name), name)
  for (const name of ['toString', 'invalid_grant', '']) assert.ok(!isReason(name), name)
})

test('a direct reason is no cause, and says how to fix it and what the proxy does', () => {
  for (const [name, { fix, withProxy }] of Object.entries(directReasons)) {
    assert.ok(isDirectReason(name) && isReason(name))
    assert.ok(!new Set<string>(checkCauseNames).has(name), name)
    for (const sentence of [fix, withProxy]) assert.match(sentence, /^[A-Z][^\n]{15,}\.$/)
  }
  assert.ok(!isDirectReason('code_rejected'))
})
