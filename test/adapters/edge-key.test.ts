import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { openEdgeJudge } from '../../adapters/edge-key.ts'
import { Secret } from '../../core/secret.ts'
import { refreshParameters, toEvent } from '../fixtures/core/sample-event.ts'

const digestOf = (key: string) => createHash('sha256').update(key).digest('hex')
const newKey = () => randomBytes(32).toString('hex')

function judge(setting: string, key: string | undefined): string | undefined {
  const edgeKey = key === undefined ? undefined : new Secret(key)
  return openEdgeJudge(setting)(toEvent(refreshParameters, { edgeKey }))?.cause
}

test('without digests every request may come, whatever key it has', () => {
  for (const key of [undefined, '', newKey()]) assert.equal(judge('', key), undefined)
})

test('of two digests each lets its key in, and no other key comes in', () => {
  const [old, next] = [newKey(), newKey()]
  const both = `${digestOf(old)},${digestOf(next)}`
  assert.deepEqual([judge(both, old), judge(both, next)], [undefined, undefined])
  assert.equal(judge(digestOf(next), old), 'edge_key_mismatch')
  for (const wrong of [newKey(), digestOf(old), `${old},${next}`, old.toUpperCase(), ` ${old}`]) {
    assert.equal(judge(both, wrong), 'edge_key_mismatch', wrong)
  }
  assert.equal(judge(both, undefined), 'edge_key_missing')
})

test('the digest of nothing lets nobody in', () => {
  const nothing = digestOf('')
  assert.equal(judge(nothing, undefined), 'edge_key_missing')
  assert.equal(judge(nothing, ''), 'edge_key_mismatch')
})
