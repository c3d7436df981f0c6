import assert from 'node:assert/strict'
import { test } from 'node:test'
import { publicRows } from '../../../core/causes/public-rows.ts'
import { chooseUserAdvice } from '../../../core/causes/user-advice.ts'
import { edgeKeyHeader } from '../../../core/edge-key.ts'

const { edge_key_missing: missing, edge_key_mismatch: mismatch } = publicRows

test('no text for the caller names the header or speaks of a key', () => {
  for (const { description } of [missing, mismatch]) {
    assert.ok(!description.includes(edgeKeyHeader))
    assert.doesNotMatch(description, /key|header|digest/i)
  }
})

test('whoever went around the CDN has an app to correct, and the users of a CDN with a wrong key try again', () => {
  for (const attempt of ['sign-in', 'refresh'] as const) {
    assert.equal(chooseUserAdvice(missing, attempt), 'report_app')
    assert.equal(chooseUserAdvice(mismatch, attempt), 'try_again')
  }
})
