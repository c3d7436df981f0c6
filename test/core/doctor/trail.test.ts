import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  judgeTrail,
  parseTrailEvent,
  parseTrailPage,
  type TrailEvent,
} from '../../../core/doctor/trail.ts'

const minute = 60_000
const atMs = Date.parse('2026-01-02T03:04:05Z')

/** The text of an event, as Cognito writes it. */
function toText(changes: object = {}, parameters: object = {}): string {
  return JSON.stringify({
    eventTime: '2026-01-02T03:04:05Z',
    eventName: 'Token_POST',
    errorCode: '',
    additionalEventData: {
      responseParameters: { status: 200 },
      requestParameters: { client_id: ['one'], redirect_uri: ['https://a.example'], ...parameters },
    },
    ...changes,
  })
}

test('an exchange and a sign-in are read, with their redirect URI', () => {
  const event = {
    kind: 'exchange',
    atMs,
    redirectUri: 'https://a.example',
    isRefused: false,
    isOwn: false,
  }
  assert.deepEqual(parseTrailEvent(toText(), 'one'), event)
  for (const eventName of ['OAuth2_Authorize_GET', 'Login_GET']) {
    assert.equal(parseTrailEvent(toText({ eventName }), 'one')?.kind, 'sign-in')
  }
})

test('an exchange is refused by its error code, or by its status', () => {
  assert.equal(parseTrailEvent(toText({ errorCode: '400' }), 'one')?.isRefused, true)
  const additionalEventData = {
    responseParameters: { status: 400 },
    requestParameters: { client_id: ['one'], redirect_uri: 'x' },
  }
  assert.equal(parseTrailEvent(toText({ additionalEventData }), 'one')?.isRefused, true)
})

test('a request of this project is known by its user agent', () => {
  assert.equal(parseTrailEvent(toText({ userAgent: 'token-proxy' }), 'one')?.isOwn, true)
})

test('parameters may be at the top level if there is nothing else', () => {
  const requestParameters = { client_id: 'one', redirect_uri: 'https://b.example' }
  const text = toText({ additionalEventData: null, errorCode: null, requestParameters })
  assert.equal(parseTrailEvent(text, 'one')?.redirectUri, 'https://b.example')
})

test('an event of another client, of a refresh, without a time or of another form is none', () => {
  const texts = [
    toText({}, { client_id: ['two'] }),
    toText({}, { redirect_uri: undefined }),
    toText({ eventTime: 'soon' }),
    toText({ eventTime: undefined }),
    'no JSON',
  ]
  for (const text of texts) assert.equal(parseTrailEvent(text, 'one'), undefined)
})

test('a page says since when its events are all, if there are more', () => {
  const Events = [{ CloudTrailEvent: toText() }, { EventId: 'without a text' }]
  const texts = [toText()]
  assert.deepEqual(parseTrailPage(JSON.stringify({ Events })), { texts, oldestMs: undefined })
  const more = { Events, NextToken: 'x' }
  assert.deepEqual(parseTrailPage(JSON.stringify(more)), { texts, oldestMs: atMs })
  const empty = { Events: [], NextToken: 'x' }
  assert.deepEqual(parseTrailPage(JSON.stringify(empty)), { texts: [], oldestMs: undefined })
})

test('anything but an answer of CloudTrail is no page', () => {
  for (const output of ['', 'Unable to locate credentials', '{}', '{"Events":1}']) {
    assert.equal(parseTrailPage(output), undefined)
  }
})

const signIn = (redirectUri: string, minutes: number): TrailEvent => ({
  ...{
    kind: 'sign-in',
    atMs: atMs + minutes * minute,
    redirectUri,
    isRefused: false,
    isOwn: false,
  },
})
const refused = (redirectUri: string, minutes = 0): TrailEvent => ({
  ...{
    kind: 'exchange',
    atMs: atMs + minutes * minute,
    redirectUri,
    isRefused: true,
    isOwn: false,
  },
})
const longAgo = atMs - 60 * minute

test('an exchange with a redirect URI that no sign-in before it had proves a mismatch', () => {
  const events = [
    signIn('https://a', -1),
    signIn('https://a', -2),
    refused('https://a/'),
    refused('https://a/', 1),
  ]
  assert.deepEqual(judgeTrail(events, longAgo), {
    ...{ signIns: 2, exchanges: 2, refused: 2 },
    mismatches: [{ sent: 'https://a/', began: ['https://a'], count: 2 }],
  })
})

const unproved: readonly (readonly [why: string, events: readonly TrailEvent[], since: number])[] =
  [
    [
      'a sign-in before it had the same',
      [signIn('https://a', -1), signIn('https://b', -1), refused('https://b')],
      longAgo,
    ],
    [
      'it succeeded',
      [signIn('https://a', -1), { ...refused('https://b'), isRefused: false }],
      longAgo,
    ],
    [
      'users of another front end signed in with it',
      [signIn('https://a', -1), refused('https://b'), signIn('https://b', -40)],
      longAgo,
    ],
    [
      'the proxy or the doctor sent it',
      [signIn('https://a', -1), { ...refused('https://b'), isOwn: true }],
      longAgo,
    ],
    ['there was no sign-in before it', [refused('https://b')], longAgo],
    ['the sign-in came after it', [signIn('https://a', 1), refused('https://b')], longAgo],
    ['the sign-in was long before it', [signIn('https://a', -16), refused('https://b')], longAgo],
    [
      'events before it were not read',
      [signIn('https://a', -1), refused('https://b')],
      atMs - minute,
    ],
  ]
for (const [why, events, since] of unproved) {
  test(`nothing is proved of an exchange where ${why}`, () => {
    assert.deepEqual(judgeTrail(events, since).mismatches, [])
  })
}

test('what others wrote into a redirect URI cannot move a terminal', () => {
  const [mismatch] = judgeTrail(
    [signIn('https://a', -1), refused('https://a\u001b[2J')],
    longAgo,
  ).mismatches
  assert.equal(mismatch?.sent, 'https://a\\u001b[2J')
})
