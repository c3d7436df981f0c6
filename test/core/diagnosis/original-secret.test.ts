import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOriginalActive } from '../../../core/diagnosis/original-secret.ts'

const made = 1_700_000_000

test('the original secret is active where the oldest listed one is as old as the app client', () => {
  for (const [createdAtSeconds, oldestAtSeconds, expected] of [
    [made, made, true],
    [made, made + 2, true],
    [made, made - 2, true],
    [made, made + 2.1, false],
    [made, made - 2.1, false],
    [undefined, made, false],
    [made, undefined, false],
    [undefined, undefined, false],
  ] as const) {
    const found = isOriginalActive({ createdAtSeconds }, { count: 1, oldestAtSeconds })
    assert.equal(found, expected, `${createdAtSeconds} ${oldestAtSeconds}`)
  }
})
