import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openLogEvents } from '../../../local/aws/log-events.ts'

const group = '/aws/lambda/token-proxy-local-oauth2'
const toInput = (id: string, more: object = {}) => ({
  logGroupName: group,
  filterPattern: `{ $.request_id = "${id}" }`,
  ...more,
})
const open = () => {
  let nowMs = 1_700_000_000_000
  const logs = openLogEvents('local', () => nowMs++)
  return { logs, ask: (input: object) => Object(logs.filter({ ...input })) }
}

test('a line is found by a field, and not by the same text in another one', () => {
  const { logs, ask } = open()
  logs.take('{"request_id":"one","cause":"waf_blocked"}')
  logs.take('{"request_id":"two","cause":"one"}')
  logs.take('no JSON at all: one')
  const { events } = ask(toInput('one')).output
  assert.deepEqual(
    events.map(({ message }: { readonly message: string }) => message),
    ['{"request_id":"one","cause":"waf_blocked"}\n'],
  )
  assert.equal(events[0].timestamp, 1_700_000_000_000)
})

test('lines from before the start are left out, and many lines come in pages', () => {
  const { logs, ask } = open()
  for (let index = 0; index < 120; index += 1) logs.take('{"request_id":"one"}')
  const first = ask(toInput('one', { startTime: 1_700_000_000_010 })).output
  assert.equal(first.events.length, 50)
  const last = ask(toInput('one', { startTime: 1_700_000_000_010, nextToken: '100' })).output
  assert.deepEqual([last.events.length, last.nextToken], [10, undefined])
})

test('the oldest lines are forgotten', () => {
  const { logs, ask } = open()
  logs.take('{"request_id":"first"}')
  for (let index = 0; index < 2000; index += 1) logs.take('{"request_id":"one"}')
  assert.deepEqual(ask(toInput('first')).output.events, [])
})

test('another group is not there, and another form of a pattern is refused', () => {
  const { ask } = open()
  const missing = ask(toInput('one', { logGroupName: '/aws/lambda/other' }))
  assert.equal(missing.error.type, 'ResourceNotFoundException')
  assert.equal(ask({ logGroupName: group }).error.type, 'InvalidParameterException')
})
