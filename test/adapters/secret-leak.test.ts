import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openLeakJudge } from '../../adapters/secret-leak.ts'
import { fail } from '../../core/causes/catalogue.ts'
import { Secret } from '../../core/secret.ts'
import { judgeTokenRequest } from '../../core/token-request.ts'
import { openTestMeter } from '../fixtures/adapters/test-meter.ts'
import { toClient } from '../fixtures/core/sample-client.ts'
import { refreshParameters, toEvent } from '../fixtures/core/sample-event.ts'

const stored = 's3cret_0123456789+abcdefgh'
const shop = toClient()
const other = toClient({ name: 'other', clientId: 'client2' })
const clients = new Map([shop, other].map((client) => [client.clientId, client]))

/** Judges a form with the secrets of these clients in memory; `asked` lists whose were asked for. */
async function judge(parameters: Readonly<Record<string, string>>, held = [shop]) {
  const asked: string[] = []
  const judgeLeak = openLeakJudge(
    {
      ask: async ({ name }) => {
        asked.push(name)
        return fail('secret_unavailable')
      },
      peekAll: () => held.map(() => new Secret(stored)),
    },
    clients.values(),
  )
  const event = toEvent(parameters)
  const judged = judgeTokenRequest(event, clients)
  const { result } = await judgeLeak(event, judged, openTestMeter())
  return { asked, result, before: judged.result }
}

const withSecret = { ...refreshParameters, client_secret: stored }

for (const [says, parameters, held] of [
  ['its own stored secret', withSecret, [shop]],
  ['the stored secret of another client', withSecret, [other]],
  ['the stored secret without a known client', { client_secret: stored }, [other]],
] as const) {
  test(`${says} is a leak`, async () => {
    const { result, before } = await judge(parameters, [...held])
    assert.deepEqual(result, { ...before, evidence: ['stored_secret'] })
  })
}

test('the stored secret in any other field is a leak, and nothing is exchanged', async () => {
  const { asked, result, before } = await judge({ ...refreshParameters, clientSecret: stored })
  assert.ok(before.ok)
  const finding = { detail: 'any_field', evidence: ['stored_secret'] } as const
  assert.deepEqual(result, fail('caller_sent_credentials', finding))
  assert.deepEqual(asked, [], 'what is in memory suffices')
})

for (const [says, value, held, evidence] of [
  ['a placeholder', 'undefined', [shop], 'no_secret'],
  ['another value', `${stored}x`, [shop, other], 'other_value'],
  ['any value while nothing is in memory', stored, [], 'not_compared'],
] as const) {
  test(`${says} is refused as before and described as ${evidence}`, async () => {
    const { result, before } = await judge({ ...withSecret, client_secret: value }, [...held])
    assert.deepEqual(result, { ...before, evidence: [evidence] })
  })
}

test('the secret of the named client is asked of the cache for what has the form of one, and for nothing else', async () => {
  assert.deepEqual((await judge(withSecret)).asked, ['shop'])
  assert.deepEqual((await judge({ ...withSecret, client_id: 'client2' })).asked, ['other'])
  for (const changes of [
    { client_id: 'nobody' },
    { client_secret: 'short' },
    { client_secret: '', code_verifier: 'v'.repeat(43) },
  ]) {
    assert.deepEqual((await judge({ ...withSecret, ...changes })).asked, [])
  }
})

test('a request without a secret is judged as before', async () => {
  const { result, before } = await judge(refreshParameters)
  assert.equal(result, before)
})
