import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AskedSecret } from '../../adapters/client-secret.ts'
import {
  asked,
  changed,
  invalidClient,
  nearlyAllMs,
  openExchange,
  tokens,
  toSeen,
} from '../fixtures/adapters/sample-exchange.ts'

const pending: AskedSecret = { ...asked('s2'), source: 'pending' }
const standIn = { asked: pending }
const invalidGrant = [400, { error: 'invalid_grant' }] as const

test('a refused secret without a newer current one is replaced by that of a rotation in progress', async (t) => {
  const answers = [invalidClient, [200, tokens]] as const
  const { code, requests, outcomes } = await openExchange(t, { answers, standIn })
  const exchanged = await code()
  assert.equal(toSeen(exchanged), 'tokens, 2 attempts')
  assert.equal(exchanged.facts.secretSource, 'pending')
  const secrets = requests.map(({ authorization = '' }) => atob(authorization.slice(6)))
  assert.deepEqual(secrets, ['client1:s1', 'client1:s2'])
  assert.deepEqual(outcomes, ['accepted'])
})

test('a value that another request has found to work costs no share of second attempts', async (t) => {
  const answers = [invalidClient, [200, tokens]] as const
  const setup = { answers, standIn: { ...standIn, isFound: true } } as const
  const { refresh } = await openExchange(t, setup)
  assert.equal(toSeen(await refresh()), 'tokens, 2 attempts')
})

test('while another current secret is found, no other version is tried', async (t) => {
  const setup = { answers: [invalidClient], replacement: changed, standIn }
  const { refresh, outcomes } = await openExchange(t, setup)
  assert.equal(toSeen(await refresh()), 'client_rejected secret_changed 2 attempts')
  assert.deepEqual(outcomes, [])
})

for (const source of ['pending', 'previous'] as const) {
  test(`the ${source} version, refused as well, is final and named`, async (t) => {
    const setup = { answers: [invalidClient], standIn: { asked: { ...pending, source } } }
    const { code, outcomes } = await openExchange(t, setup)
    const exchanged = await code()
    const seen = `client_rejected secret_unchanged ${source}_secret_refused 2 attempts`
    assert.equal(toSeen(exchanged), seen)
    assert.equal(exchanged.facts.secretSource, 'cache', 'the record is of the current secret')
    assert.deepEqual(outcomes, ['refused'])
  })
}

const answersToTrial = [
  ['accepted', invalidGrant, 'refresh_token_rejected 2 attempts'],
  ['open', [500, {}], 'cognito_error 2 attempts'],
  ['open', [429, {}], 'cognito_throttled 2 attempts'],
  [
    'open',
    [400, { error: 'invalid_request' }],
    'cognito_request_rejected error_unexpected 2 attempts',
  ],
] as const

for (const [outcome, answer, seen] of answersToTrial) {
  test(`after ${answer[0]} ${JSON.stringify(answer[1])} the other secret counts as ${outcome}, and the answer stands`, async (t) => {
    const { refresh, outcomes } = await openExchange(t, {
      answers: [invalidClient, answer],
      standIn,
    })
    assert.equal(toSeen(await refresh()), seen)
    assert.deepEqual(outcomes, [outcome])
  })
}

test('the trials of a storm of refusals stay within a tenth of the requests', async (t) => {
  const { refresh, requests } = await openExchange(t, { answers: [invalidClient], standIn })
  for (let index = 0; index < 100; index += 1) await refresh()
  const trials = requests.length - 100
  assert.ok(trials >= 9 && trials <= 11, `${trials} of 100`)
})

test('a refusal stays if there is no time to try another version', async (t) => {
  const setup = { answers: [invalidClient], standIn, replaceMs: nearlyAllMs } as const
  const { code, requests, outcomes } = await openExchange(t, setup)
  assert.equal(toSeen(await code()), 'client_rejected secret_unchanged 1 attempts')
  assert.deepEqual([requests.length, outcomes], [1, ['open']])
})
