import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Progress } from '../../adapters/http/call.ts'
import { toTransportFailure, unusable } from '../../adapters/transport-fault.ts'
import type { Failure } from '../../core/causes/catalogue.ts'

const unsent: Progress = { isSent: false, isAnswering: false, isReused: false }
const sent: Progress = { ...unsent, isSent: true }

const toSeen = ({ cause, evidence, delivery }: Failure) => [cause, ...evidence, delivery].join(' ')
const toLost = (error: Error | undefined, progress: Progress) =>
  toTransportFailure({ ended: 'lost', error, progress })
const withCode = (code: string) => Object.assign(new Error('canary'), { code })

for (const [code, seen] of [
  ['ENOTFOUND', 'domain_not_found name_unresolved unsent'],
  ['ENODATA', 'domain_not_found name_unresolved unsent'],
  ['ECONNREFUSED', 'cognito_unreachable connect_refused unsent'],
  ['ECONNRESET', 'cognito_unreachable connect_reset unsent'],
  ['ETIMEDOUT', 'cognito_unreachable connect_timeout unsent'],
  ['EHOSTUNREACH', 'cognito_unreachable connect_failed unsent'],
  ['EAI_AGAIN', 'cognito_unreachable lookup_failed unsent'],
  ['EAI_FAIL', 'cognito_unreachable lookup_failed unsent'],
  ['EPROTO', 'cognito_unreachable tls_failed unsent'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'cognito_unreachable tls_failed unsent'],
  ['CERT_HAS_EXPIRED', 'cognito_unreachable certificate_rejected unsent'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'cognito_unreachable certificate_rejected unsent'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'cognito_unreachable certificate_rejected unsent'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'cognito_unreachable certificate_rejected unsent'],
] as const) {
  test(`${code} before anything was sent is ${seen}`, () => {
    assert.equal(toSeen(toLost(withCode(code), unsent)), seen)
  })
  test(`${code} after the request was sent never reads as unsent`, () => {
    const failure = toLost(withCode(code), sent)
    assert.equal(toSeen(failure), 'cognito_connection_lost before_answer unknown')
  })
}

for (const [says, progress, seen] of [
  ['before the answer', sent, 'before_answer'],
  ['within the answer', { ...sent, isAnswering: true }, 'within_answer'],
  ['on a kept connection', { ...sent, isReused: true }, 'before_answer reused_connection'],
] as const) {
  test(`a connection lost ${says} says so`, () => {
    const failure = toLost(withCode('ECONNRESET'), progress)
    assert.equal(toSeen(failure), `cognito_connection_lost ${seen} unknown`)
  })
}

for (const ended of ['not_http', 'too_large'] as const) {
  test(`a response that is ${ended} is an unusable answer`, () => {
    const failure = toTransportFailure({ ended, progress: sent })
    assert.equal(toSeen(failure), `cognito_answer_unusable ${ended} unknown`)
  })
}

test('a switch of protocols ends the connection as far as HTTP goes', () => {
  const failure = toTransportFailure({ ended: 'switched_protocol', progress: sent })
  assert.equal(toSeen(failure), 'cognito_connection_lost before_answer unknown')
})

test('if several addresses were tried, the first error decides', () => {
  const several = new AggregateError([withCode('ECONNREFUSED'), withCode('EHOSTUNREACH')])
  assert.deepEqual(toLost(several, unsent).evidence, ['connect_refused'])
})

for (const thrown of [new Error('canary'), undefined, Object.assign(new Error(), { code: 7 })]) {
  test(`${typeof thrown} ${String(thrown)} without a code is a failure to connect`, () => {
    const failure = toLost(thrown, unsent)
    assert.equal(toSeen(failure), 'cognito_unreachable connect_failed unsent')
    assert.doesNotMatch(JSON.stringify(failure), /canary/)
  })
}

test('time that runs out is unsent before the request left, and of unknown outcome after', () => {
  assert.equal(
    toSeen(toTransportFailure({ ended: 'timeout', progress: unsent })),
    'cognito_unreachable connect_timeout unsent',
  )
  assert.equal(
    toSeen(toTransportFailure({ ended: 'timeout', progress: sent })),
    'cognito_timeout unknown',
  )
})

test('an answer that breaks a bound is of unknown outcome', () => {
  assert.equal(toSeen(unusable('too_large')), 'cognito_answer_unusable too_large unknown')
})
