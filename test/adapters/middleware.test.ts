import assert from 'node:assert/strict'
import { test } from 'node:test'
import middy from '@middy/core'
import {
  crashAnswer,
  httpAnswer,
  receivedRequest,
  requestRecord,
} from '../../adapters/middleware.ts'
import type { Exchanged } from '../../adapters/request-exchange.ts'
import { openTokenEndpoint } from '../../adapters/token-endpoint.ts'
import { toHttpAnswer } from '../../core/http-answer.ts'
import { toUnjudgedOutcome } from '../../core/outcome.ts'
import {
  openTestShell,
  refreshEvent,
  type TestExchange,
} from '../fixtures/adapters/sample-shell.ts'
import { stopTimers } from '../fixtures/stopped-timers.ts'

const exchanged: Exchanged = {
  result: { ok: true, value: { access_token: 'a', token_type: 'Bearer' } },
}
const never = () => assert.fail('nothing may be exchanged')

/** The chain of a function around any handler, with what it recorded. */
function openChain(handler: unknown, exchange: TestExchange = never) {
  const { shell, written, clock } = openTestShell(exchange)
  const own = handler ?? openTokenEndpoint(shell)
  const chain = middy({
    timeoutEarlyInMillis: 40,
    timeoutEarlyResponse: () => toUnjudgedOutcome('unforeseen'),
  })
    .use(httpAnswer(shell, toHttpAnswer))
    .use(requestRecord(shell))
    .use(receivedRequest(shell))
    .use(crashAnswer())
    .handler(own as ReturnType<typeof openTokenEndpoint>)
  const invoke = async (context: object = {}, event: unknown = refreshEvent) =>
    toAnswer(await (chain as (event: unknown, context: object) => unknown)(event, context))
  return { invoke, written, clock }
}

function toAnswer(value: unknown) {
  const { statusCode, headers, body }: Readonly<Record<string, unknown>> = Object(value)
  const fields: Readonly<Record<string, unknown>> = JSON.parse(String(body))
  return { statusCode, fields, requestId: Object(headers)['x-request-id'] }
}

test('an outcome becomes its answer and one record', async () => {
  const { invoke, written } = openChain(undefined, async () => exchanged)
  const { statusCode, fields, requestId } = await invoke()
  assert.deepEqual([statusCode, requestId], [200, 'request-1'])
  assert.deepEqual(fields, { access_token: 'a', token_type: 'Bearer' })
  assert.equal(written.length, 1)
  assert.ok(written[0]?.outcome.result.ok)
})

test('an outcome that does not count is answered, and recorded nowhere', async () => {
  const failure = { ...toUnjudgedOutcome('config_invalid'), isUncounted: true }
  const { invoke, written } = openChain(async () => failure)
  const { statusCode } = await invoke()
  assert.deepEqual([statusCode, written.length], [503, 0])
})

test('a record has the measures of its own request', async () => {
  const { invoke, written, clock } = openChain(undefined, async () => {
    clock.pass(7)
    return exchanged
  })
  await invoke({ getRemainingTimeInMillis: () => 4321 })
  await invoke()
  const measures = written.map(({ measures }) => measures)
  assert.deepEqual(
    measures.map(({ totalMs }) => totalMs),
    [7, 7],
  )
  assert.deepEqual(
    measures.map(({ requestId, remainingMs, isColdStart }) => [
      requestId,
      remainingMs,
      isColdStart,
    ]),
    [
      ['request-1', 4321, true],
      ['request-1', undefined, false],
    ],
  )
})

const throwing = (thrown: unknown) => () => {
  throw thrown
}
const crashes: Readonly<Record<string, unknown>> = {
  'gives undefined': () => undefined,
  'gives null': async () => null,
  'gives an object that is no outcome': async () => ({ statusCode: 200 }),
  'gives a text': async () => 'tokens',
  'gives a number': async () => 7,
  throws: throwing(new Error('canary')),
  'throws no error': throwing('canary'),
  'throws undefined': throwing(undefined),
  rejects: async () => Promise.reject(new Error('canary')),
  'rejects with nothing': async () => Promise.reject(),
}
for (const [says, handler] of Object.entries(crashes)) {
  test(`a handler that ${says} is one 500 unforeseen and one record`, async () => {
    const { invoke, written } = openChain(handler)
    assertUnforeseen(await invoke(), written)
  })
}

function assertUnforeseen(
  answer: ReturnType<typeof toAnswer>,
  written: ReturnType<typeof openTestShell>['written'],
): void {
  assert.deepEqual([answer.statusCode, answer.fields['error']], [500, 'server_error'])
  assert.doesNotMatch(JSON.stringify(answer), /canary/)
  assert.equal(written.length, 1)
  const result = written[0]?.outcome.result
  assert.equal(result?.ok === false && result.cause, 'unforeseen')
  assert.doesNotMatch(JSON.stringify(written), /canary/)
}

const brokenExchanges: Readonly<Record<string, TestExchange>> = {
  throws: throwing(new Error('canary')),
  rejects: async () => Promise.reject(new Error('canary')),
  'gives undefined': (async () => undefined) as unknown as TestExchange,
}
for (const [says, exchange] of Object.entries(brokenExchanges)) {
  test(`an exchange that ${says} is one 500 unforeseen and one record`, async () => {
    const { invoke, written } = openChain(undefined, exchange)
    assertUnforeseen(await invoke(), written)
  })
}

test('a context whose clock throws at first is one 500 unforeseen and one record', async () => {
  const { invoke, written } = openChain(undefined, async () => exchanged)
  let calls = 0
  const getRemainingTimeInMillis = () => {
    calls += 1
    if (calls === 2) throw new Error('canary')
    return 5000
  }
  assertUnforeseen(await invoke({ getRemainingTimeInMillis }), written)
})

test('a handler that never ends is answered just before Lambda would end it', async (t) => {
  const passTime = stopTimers(t)
  const { invoke, written } = openChain(() => new Promise(() => {}))
  const answering = invoke({ getRemainingTimeInMillis: () => 150 })
  let isAnswered = false
  const answered = answering.then(() => {
    isAnswered = true
  })
  await untilIdle()
  passTime(109)
  await untilIdle()
  assert.equal(isAnswered, false)
  passTime(1)
  await answered
  assertUnforeseen(await answering, written)
})

/** Lets everything go on that waits for no timer. */
const untilIdle = () => new Promise((resolve) => setImmediate(resolve))

for (const [says, event, context, requestId] of [
  ['the API has none', {}, { awsRequestId: 'lambda-1' }, 'lambda-1'],
  ['nobody has one', {}, {}, 'unknown'],
  ['the one of the API is malformed', { requestContext: { requestId: 'a\nb' } }, {}, 'unknown'],
] as const) {
  test(`the request id is ${requestId} where ${says}`, async () => {
    const { invoke, written } = openChain(undefined)
    const answer = await invoke(context, event)
    assert.equal(answer.requestId, requestId)
    assert.equal(written[0]?.measures.requestId, requestId)
  })
}

test('an event that cannot be read is one 500 unforeseen and one record, under an id of Lambda', async () => {
  const { invoke, written } = openChain(undefined)
  const event = Object.defineProperty({}, 'headers', { enumerable: true, get: throwing('canary') })
  const answer = await invoke({ awsRequestId: 'lambda-1' }, event)
  assertUnforeseen(answer, written)
  assert.deepEqual([answer.requestId, written[0]?.measures.requestId], ['lambda-1', 'lambda-1'])
})

test('what a request spent before it crashed is in its measures', async () => {
  const { invoke, written } = openChain(undefined, async (_request, meter) => {
    meter.note({ attempts: 1 })
    meter.noteSecretFetch('ok')
    throw new Error('canary')
  })
  assertUnforeseen(await invoke(), written)
  const { facts, secretFetches } = written[0]?.measures ?? {}
  assert.deepEqual([facts, secretFetches], [{ attempts: 1 }, ['ok']])
})
