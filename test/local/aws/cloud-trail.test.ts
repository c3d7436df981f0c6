import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTrailEvent } from '../../../core/doctor/trail.ts'
import { openCloudTrail } from '../../../local/aws/cloud-trail.ts'

const request = {
  method: 'POST',
  path: '/oauth2/token',
  parameters: new URLSearchParams({
    client_id: 'one',
    redirect_uri: 'https://a.example',
    code: 'a-code-of-this-test',
  }),
  status: 400,
  userAgent: 'a browser',
  atMs: 1_700_000_000_000,
}
const toQuery = (name: string, more: object = {}) => ({
  LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: name }],
  ...more,
})

test('a request of the domain is an event that the doctor reads, without the code', () => {
  const trail = openCloudTrail('eu-central-1_Test', 'eu-central-1')
  trail.record(request)
  trail.record({ ...request, path: '/oauth2/userInfo' })
  const found = Object(trail.lookUp(toQuery('Token_POST')))
  assert.equal(found.output.Events.length, 1)
  const text: string = found.output.Events[0].CloudTrailEvent
  assert.doesNotMatch(text, /a-code-of-this-test/)
  assert.deepEqual(parseTrailEvent(text, 'one'), {
    ...{
      kind: 'exchange',
      atMs: request.atMs,
      redirectUri: 'https://a.example',
      isRefused: true,
      isOwn: false,
    },
  })
})

test('events are looked up by name and time, the newest first, in pages of 50, and 500 are kept', () => {
  const trail = openCloudTrail('eu-central-1_Test', 'eu-central-1')
  for (let index = 0; index < 510; index += 1) {
    trail.record({ ...request, atMs: request.atMs + index * 1000 })
  }
  assert.equal(Object(trail.lookUp(toQuery('Login_GET'))).output.Events.length, 0)
  const first = Object(trail.lookUp(toQuery('Token_POST'))).output
  assert.deepEqual([first.Events.length, first.NextToken], [50, '50'])
  assert.ok(first.Events[0].EventTime > first.Events[1].EventTime)
  const last = Object(trail.lookUp(toQuery('Token_POST', { NextToken: '450' }))).output
  assert.deepEqual([last.Events.length, last.NextToken], [50, undefined])
  const StartTime = request.atMs / 1000 + 508
  assert.equal(Object(trail.lookUp(toQuery('Token_POST', { StartTime }))).output.Events.length, 2)
})
