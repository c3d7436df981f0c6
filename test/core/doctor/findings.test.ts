import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkNames } from '../../../core/doctor/findings.ts'

test('every check has a different name; the settings are first and the probe is last', () => {
  assert.equal(new Set(checkNames).size, checkNames.length)
  assert.equal(checkNames[0], 'settings')
  assert.equal(checkNames.at(-1), 'live_probe')
})
