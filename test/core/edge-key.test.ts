import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toEdgeKeyDigests } from '../../core/edge-key.ts'

test('the setting holds no digest, one or two', () => {
  assert.deepEqual(toEdgeKeyDigests(''), [])
  assert.deepEqual(toEdgeKeyDigests('a'), ['a'])
  assert.deepEqual(toEdgeKeyDigests('a,b'), ['a', 'b'])
})
