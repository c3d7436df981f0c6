import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Explanations } from '../../adapters/evidence/explanation.ts'
import { openExchange, tokens, toSeen } from '../fixtures/adapters/sample-exchange.ts'

/** An exchange whose notes are counted; the server answers once the first is made. */
async function openNoted(t: TestContext, status: number) {
  const { promise: noted, resolve } = Promise.withResolvers<void>()
  const notes: string[] = []
  const explanations: Explanations = {
    begin: () => {
      notes.push('begun')
      resolve()
      return {
        end: async (result) => {
          notes.push('ended')
          return result
        },
      }
    },
  }
  const answers = [[status, tokens]] as const
  const exchange = await openExchange(t, { answers, explanations, beforeAnswer: noted })
  return { ...exchange, notes }
}

test('the use of a code is noted after it was sent and before anything of the answer arrives', async (t) => {
  const { code, notes } = await openNoted(t, 200)
  assert.equal(toSeen(await code()), 'tokens, 1 attempts')
  assert.deepEqual(notes, ['begun', 'ended'])
})

test('the use of a token that is sent twice is noted once', async (t) => {
  const { refresh, notes, requests } = await openNoted(t, 500)
  assert.equal(toSeen(await refresh()), 'cognito_error 2 attempts')
  assert.equal(requests.length, 2)
  assert.deepEqual(notes, ['begun', 'ended'])
})
