import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkNames } from '../../../core/doctor/findings.ts'

test('has 22 checks of different names, the settings first and the probe last', () => {
  assert.equal(new Set(checkNames).size, 22)
  assert.equal(checkNames.length, 22)
  assert.equal(checkNames[0], 'settings')
  assert.equal(checkNames.at(-1), 'live_probe')
})
