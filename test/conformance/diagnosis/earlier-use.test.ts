// What was done with a code or refresh token before, in this sandbox.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  assertUndetermined,
  toWrongVerifier,
  usedElsewhere,
  usedHere,
} from '../../fixtures/conformance/code-uses.ts'
import { assertFinding, openTestWorld } from '../../fixtures/conformance/diagnosed-world.ts'

test('a code that is exchanged twice in one sandbox is proved to be used', async (t) => {
  const world = await openTestWorld(t)
  const form = await world.codeForm()
  assert.equal((await world.ask(form)).reply.status, 200)
  for (const _ of ['the second time', 'the third time']) {
    assertFinding(await world.ask(form), usedHere)
  }
  assert.equal((await world.ask(await world.codeForm())).reply.status, 200)
})

test('without a table, another sandbox does not know of the first exchange', async (t) => {
  const world = await openTestWorld(t)
  const form = await world.codeForm()
  await world.ask(form)
  world.gateway.coolDown()
  assertUndetermined(await world.ask(form), ['no_use_on_record', 'oauth_enabled'])
})

test('a code that was refused because of its verifier does not count as used in the same sandbox', async (t) => {
  const world = await openTestWorld(t)
  const form = await world.codeForm()
  // What was described for the first refusal is too old to rule anything out for the next.
  for (const seen of [['no_use_on_record', 'oauth_enabled'], [], []]) {
    assertUndetermined(await world.ask({ ...form, ...toWrongVerifier() }), seen)
  }
})

test('a first exchange of unknown fate makes the second only likely a double one', async (t) => {
  const world = await openTestWorld(t)
  const form = await world.codeForm()
  world.visitor.pool.breakWith('cut_body', 1)
  assert.equal((await world.ask(form)).record['cause'], 'cognito_connection_lost')
  world.visitor.pool.breakWith('code_used')
  assertFinding(await world.ask(form), usedElsewhere)
})

test('a refresh token that was replaced here is proved to be rotated out', async (t) => {
  const world = await openTestWorld(t)
  world.visitor.client.refreshTokenRotation = { retryGracePeriodSeconds: 0 }
  const form = await world.refreshForm()
  const first = await world.ask(form)
  assert.notEqual(first.reply.body['refresh_token'], undefined)
  assertFinding(await world.ask(form), {
    cause: 'refresh_token_rotated_out',
    certainty: 'proved',
    evidence: ['token_rotated_before'],
  })
})
