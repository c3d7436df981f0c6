import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeEdge } from '../../../core/doctor/edge.ts'
import type { Findings } from '../../../core/doctor/findings.ts'
import { toFindings } from '../../fixtures/core/sample-findings.ts'

const judge = (publicAnswer: Findings['publicAnswer']) => judgeEdge(toFindings({ publicAnswer }))

test('asks for no key where requests may come directly', () => {
  assert.match(judge(undefined).found, /^not needed/)
  assert.equal(judge(undefined).status, 'ok')
})

test('is content where the proxy answers through the distribution', () => {
  assert.equal(judge({ status: 200, error: undefined }).status, 'ok')
})

test('finds a wrong key, and an address that does not lead through the distribution', () => {
  const wrong = judge({ status: 503, error: 'temporarily_unavailable' })
  const around = judge({ status: 403, error: 'invalid_request' })
  for (const { status, cause } of [wrong, around]) {
    assert.deepEqual([status, cause], ['failed', 'edge_key_mismatch'])
  }
  assert.match(around.fix ?? '', /^Let publicUrl lead to the distribution/)
})

test('only warns of what shows nothing about the key', () => {
  for (const answer of [
    'none' as const,
    // The settings are refused, a web ACL blocks the doctor, or the proxy is overloaded.
    { status: 503, error: 'server_error' },
    { status: 403, error: undefined },
    { status: 429, error: 'temporarily_unavailable' },
  ]) {
    assert.equal(judge(answer).status, 'warning')
  }
})
