import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toPresent } from '../../../core/diagnosis/input.ts'
import { absent } from '../../fixtures/core/sample-evidence.ts'

const old = { value: 1, isFresh: false }

test('a described client exists, however old the description; an absent or unknown one does not', () => {
  assert.equal(toPresent(old), 1)
  assert.equal(toPresent(absent), undefined)
  assert.equal(toPresent(undefined), undefined)
})
