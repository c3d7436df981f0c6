import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../../core/causes/catalogue.ts'
import { explain } from '../../../core/explain/explain.ts'
import { toFailureAnswer } from '../../../core/http-answer.ts'
import { toObservation } from '../../../runbook/observations/observations.ts'
import { describedFailures } from '../../fixtures/core/described-failures.ts'
import { otherFailures } from '../../fixtures/core/other-failures.ts'
import { soundRequest } from '../../fixtures/core/pasted.ts'

for (const { inHand, behind, isProved = false } of [...otherFailures, ...describedFailures]) {
  test(`leads to ${behind}${isProved ? ', proved' : ''}: ${inHand.slice(0, 70).replaceAll('\n', ' ')}`, () => {
    const { suspicions } = explain(inHand)
    const found = suspicions.find(({ reason }) => reason === behind)
    assert.ok(found !== undefined, suspicions.map(({ reason }) => reason).join(', '))
    const proved = suspicions.filter(({ certainty }) => certainty === 'proved')
    assert.deepEqual(
      proved.map(({ reason }) => reason),
      isProved ? [behind] : [],
    )
    assert.ok(toObservation(behind) !== undefined)
  })
}

test('a word alone decides nothing, and its reasons are in the order of the table', () => {
  const { from, wording, suspicions } = explain('{"error":"invalid_client"}')
  assert.deepEqual([from, wording], ['text', 'invalid_client'])
  assert.ok(suspicions.every(({ certainty }) => certainty === 'undetermined'))
  assert.equal(suspicions[0]?.reason, 'client_secret_missing')
})

test('the step of the request leaves out the reasons of other steps', () => {
  const names = (text: string) => explain(text).suspicions.map(({ reason }) => reason)
  const code = names('grant_type=authorization_code … invalid_grant')
  const refresh = names('grant_type=refresh_token … invalid_grant')
  assert.ok(code.includes('code_expired') && !code.includes('refresh_token_expired'))
  assert.ok(!refresh.includes('code_expired') && refresh.includes('refresh_token_expired'))
})

test('a proved or likely reason is first, and names its observation', () => {
  const { suspicions } = explain(`${soundRequest}\n400 invalid_client`.replace(/Basic .*/, 'x'))
  assert.deepEqual(
    suspicions.slice(0, 2).map(({ certainty }) => certainty),
    ['likely', 'undetermined'],
  )
  assert.ok((suspicions[0]?.because.length ?? 0) > 0)
})

test('the only reason that is left is likely, and never proved by that', () => {
  const [only, ...others] = explain('400 unsupported_token_type').suspicions
  assert.deepEqual([only?.certainty, others], ['likely', []])
})

test('a text with nothing known in it says so', () => {
  assert.deepEqual(explain('Sign-in does not work since this morning.'), {
    from: 'nothing',
    wording: undefined,
    suspicions: [],
    secrets: [],
  })
})

test('an answer that several causes share leaves all of them open', () => {
  const { body } = toFailureAnswer(fail('waf_blocked'), undefined, 'one', '')
  const { from, suspicions } = explain(body)
  assert.equal(from, 'answer')
  assert.ok(suspicions.length > 5)
  assert.ok(suspicions.every(({ certainty }) => certainty === 'undetermined'))
})

test('an undetermined cause leads to its candidates, from a record and from an answer', () => {
  const { body } = toFailureAnswer(fail('code_rejected'), 'authorization_code', 'one', '')
  for (const text of [body, '{"outcome":"failed","cause":"code_rejected"}']) {
    const names = explain(text).suspicions.map(({ reason }) => reason)
    assert.ok(names.includes('code_expired') && !names.includes('code_rejected'))
  }
})

test('an answer is only as sure as its cause can be without the record', () => {
  const certaintyOf = (text: string) => explain(text).suspicions[0]?.certainty
  const answer = (cause: 'body_malformed' | 'code_already_used') =>
    toFailureAnswer(fail(cause), 'authorization_code', 'one', '').body
  assert.equal(certaintyOf(answer('body_malformed')), 'proved')
  assert.equal(certaintyOf(answer('code_already_used')), 'likely')
  assert.equal(certaintyOf('{"check":"scopes","cause":"scopes_missing"}'), 'likely')
})

test('what a person speaks of comes first where no word is there, and last where the word excludes it', () => {
  const names = (text: string) => explain(text).suspicions.map(({ reason }) => reason)
  assert.equal(names('Cognito refuses it with device tracking on')[0], 'device_tracking')
  assert.equal(names('invalid_client, with device tracking on').at(-1), 'device_tracking')
})

test('a proof excludes reasons that are only common', () => {
  const { suspicions } = explain('grant_type=password&client_id=demo, after the secret was rotated')
  assert.deepEqual(
    suspicions.map(({ reason }) => reason),
    ['grant_type_unsupported'],
  )
})

test('a credential far down in a long text is named', () => {
  const far = `${'a line of a log\n'.repeat(10_000)}client_secret=k3yThatWasMadeForThisTest`
  assert.deepEqual(explain(far).secrets, ['client_secret'])
})

test('credentials in the text are named, and an empty secret is none', () => {
  assert.deepEqual(explain(soundRequest).secrets, ['basic_value'])
  assert.deepEqual(explain(`Authorization: Basic ${btoa('a-public-client:')}`).secrets, [])
})

test('nothing of the text is in the result', () => {
  const canary = 'kAnAryOfThisTest4711'
  const texts = [
    `${soundRequest}&client_secret=${canary}&refresh_token=${canary} invalid_client`,
    `{"cause":"waf_blocked","certainty":"${canary}","candidates":["${canary}"]}`,
    `https://${canary}.example/oauth2/${canary}?code=${canary} 405`,
  ]
  for (const text of texts) assert.ok(!JSON.stringify(explain(text)).includes(canary))
})
