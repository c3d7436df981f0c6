import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../core/causes/catalogue.ts'
import { judgeWithoutKey } from '../../core/edge-entry.ts'
import { Secret } from '../../core/secret.ts'

const judge = (edgeKey: string | undefined, headers: Readonly<Record<string, string>> = {}) =>
  judgeWithoutKey({
    edgeKey: edgeKey === undefined ? undefined : new Secret(edgeKey),
    headers: new Map(Object.entries(headers)),
  })
const ofCdn = { 'x-amz-cf-id': 'a' }

test('a request without a key went around the CDN, which is the caller’s mistake', () => {
  assert.deepEqual(judge(undefined), fail('edge_key_missing'))
})

test('a wrong key is never the caller’s, and not proved to be the operator’s', () => {
  const certainty = 'likely'
  for (const headers of [{}, ofCdn]) {
    for (const key of ['wrong', '']) {
      assert.deepEqual(
        judge(key, headers),
        fail('edge_key_mismatch', { certainty, evidence: ['other_key'] }),
      )
    }
  }
  assert.deepEqual(
    judge(undefined, ofCdn),
    fail('edge_key_mismatch', { certainty, evidence: ['absent_behind_cdn'] }),
  )
})
