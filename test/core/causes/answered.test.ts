import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answer, toCauseLookup } from '../../../core/causes/answered.ts'
import { type CauseName, fail } from '../../../core/causes/catalogue.ts'
import type { GrantType } from '../../../core/causes/cause.ts'
import { publicRows } from '../../../core/causes/public-rows.ts'
import { toFailureAnswer } from '../../../core/http-answer.ts'

const { causeIds, describeCause, findCauses, ...lookup } = toCauseLookup(publicRows)
const isCauseId: (text: string) => boolean = lookup.isCauseId

/** The answer to a failed request, as a front end reads it. */
function toAnswer(cause: CauseName, runbookUrl: string, grantType?: GrantType): Answer {
  const { statusCode, body } = toFailureAnswer(fail(cause), grantType, 'request-1', runbookUrl)
  const { error, error_description: errorDescription, error_uri: errorUri } = JSON.parse(body)
  return { status: statusCode, error, errorDescription, errorUri }
}

for (const id of causeIds) {
  test(`the answer of ${id} leads back to it, and to it alone where its page is linked`, () => {
    for (const grantType of ['authorization_code', 'refresh_token'] as const) {
      const linked = findCauses(toAnswer(id, 'https://docs.example.com/runbook', grantType))
      assert.deepEqual(linked, [describeCause(id)])
      const found = findCauses(toAnswer(id, '', grantType))
      assert.ok(found.some((cause) => cause.id === id))
      // Those that share an answer share all of it, or a caller could tell them apart.
      assert.equal(new Set(found.map(({ error }) => error)).size, 1)
    }
  })
}

test('a description narrows down what the status and the error leave open', () => {
  const described = findCauses(toAnswer('code_already_used', ''))
  assert.deepEqual(
    described.map(({ id }) => id),
    ['code_already_used'],
  )
  const { error, status } = toAnswer('code_already_used', '')
  assert.ok(findCauses({ status, error }).length > 3)
})

test('the page of a cause is found at each address that it may be published at', () => {
  const { status, error } = toAnswer('waf_blocked', '')
  for (const end of ['waf_blocked.md', 'waf_blocked.html', 'waf_blocked']) {
    const found = findCauses({ status, error, errorUri: `https://docs.example.com/runbook/${end}` })
    assert.deepEqual(found, [describeCause('waf_blocked')])
  }
})

test('an answer of somebody else has no cause', () => {
  assert.deepEqual(findCauses({ status: 400, error: 'invalid_scope' }), [])
  assert.deepEqual(findCauses({ status: 418, error: 'invalid_grant' }), [])
  assert.deepEqual(findCauses({ status: 400, error: 'invalid_grant', errorDescription: 'No.' }), [])
  assert.deepEqual(findCauses({ status: 404, errorUri: 'https://example.com/toString' }), [])
})

test('only the id of a cause is one', () => {
  assert.ok(isCauseId('code_rejected'))
  for (const text of ['toString', 'code_expired', '']) assert.ok(!isCauseId(text), text)
})
