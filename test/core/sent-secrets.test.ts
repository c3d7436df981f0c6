import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formLimits } from '../../core/form.ts'
import type { GatewayEvent } from '../../core/gateway-event.ts'
import { Secret } from '../../core/secret.ts'
import { findSentSecrets } from '../../core/sent-secrets.ts'
import { refreshParameters, toEvent } from '../fixtures/core/sample-event.ts'

/** Of the documented form, with both characters that encodings change. */
const secret = '1a2b3c4d_5e6f7g8h+9i0j1k2l3m4n5o'
const base64 = (text: string) => Buffer.from(text).toString('base64')
const reveal = (event: GatewayEvent) => {
  const { asCredential, elsewhere } = findSentSecrets(event)
  return {
    asCredential: asCredential.map((one) => one.reveal()),
    elsewhere: elsewhere.map((one) => one.reveal()),
  }
}

const form = toEvent(refreshParameters)
const withHeader = (name: string, value: string) =>
  toEvent(refreshParameters, {}, { [name]: value })
const withBody = (body: string) => ({ ...form, body })

const credentials: readonly (readonly [string, GatewayEvent])[] = [
  ['Basic credentials', withHeader('authorization', `Basic ${base64(`client1:${secret}`)}`)],
  [
    'Basic credentials, form-encoded first',
    withHeader('authorization', `basic  ${base64(`client1:${encodeURIComponent(secret)}`)} `),
  ],
  ['a Bearer token', withHeader('authorization', `Bearer ${secret}`)],
  ['an Authorization header without a scheme', withHeader('authorization', secret)],
  ['client_secret', withBody(`client_secret=${encodeURIComponent(secret)}&x=y`)],
  ['client_secret that is not encoded', withBody(`x=y&client_secret=${secret}`)],
  ['client_assertion', withBody(`client_assertion=${secret}`)],
  ['assertion', withBody(`assertion=${secret}`)],
  ['password', withBody(`username=client1&password=${secret}`)],
  [
    'client_secret in base64',
    { ...form, body: base64(`client_secret=${secret}`), isBase64Encoded: true },
  ],
]

for (const [says, event] of credentials) {
  test(`a secret is found in ${says}, as a credential`, () => {
    assert.ok(reveal(event).asCredential.includes(secret))
  })
}

const others: readonly (readonly [string, GatewayEvent])[] = [
  ['a field with words around it', withBody(`q=hello+${encodeURIComponent(secret)}+world`)],
  ['a field with words around it that is not encoded', withBody(`q=my+secret+is+${secret}+ok`)],
  ['a field after percent signs alone', withBody(`x=${'%'.repeat(30)}&q=${secret}`)],
  ['a query with words around it', { ...form, query: `q=${'long+'.repeat(20)}${secret}` }],
  ['the header of the edge key', { ...form, edgeKey: new Secret(secret) }],
  ['another parameter', withBody(`clientSecret=${encodeURIComponent(secret)}`)],
  ['the name of a parameter', withBody(secret)],
  ['JSON', withBody(JSON.stringify({ client_id: 'client1', client_secret: secret }))],
  ['another header', withHeader('x-client-secret', secret)],
  [
    'a cookie',
    {
      ...form,
      cookies: new Map([
        ['twice', undefined],
        ['secret', secret],
      ]),
    },
  ],
  ['the query', { ...form, query: `client_secret=${encodeURIComponent(secret)}` }],
]

for (const [says, event] of others) {
  test(`a secret is found in ${says}, though not as a credential`, () => {
    assert.ok(reveal(event).elsewhere.includes(secret))
    assert.deepEqual(reveal(event).asCredential, [])
  })
}

test('what cannot be a secret of Cognito is none: too short, too long, empty, a placeholder', () => {
  for (const value of ['', 'undefined', 'x'.repeat(23), 'x'.repeat(65), 'a.b.c', 'secret value']) {
    const body = new URLSearchParams({ client_secret: value }).toString()
    assert.deepEqual(reveal(withBody(body)), { asCredential: [], elsewhere: [] })
  }
})

test('a header without a Basic pair and a body that is not base64 contain nothing more', () => {
  for (const pair of ['***', 'A', '']) {
    assert.deepEqual(reveal(withHeader('authorization', `Basic ${pair}`)).asCredential, [])
  }
  assert.deepEqual(reveal({ ...form, body: '***', isBase64Encoded: true }).elsewhere, [])
})

test('of a body that is too long to be read, only the beginning is searched', () => {
  const filler = 'a&'.repeat(formLimits.bodyBytes / 2)
  assert.deepEqual(reveal(withBody(`${filler}client_secret=${secret}`)).asCredential, [])
  assert.ok(reveal(withBody(`client_secret=${secret}&${filler}`)).asCredential.includes(secret))
})

test('no request has more than 64 compared, credentials first', () => {
  const words = Array.from({ length: 200 }, (_, index) => `${index}`.padStart(24, 'x'))
  const { asCredential, elsewhere } = reveal(
    withBody(`junk=${words.join('.')}&client_secret=${secret}`),
  )
  assert.deepEqual(
    [asCredential.includes(secret), asCredential.length + elsewhere.length],
    [true, 64],
  )
  const all = reveal(withBody(`client_secret=${words.join('.')}&x=${secret}`))
  assert.deepEqual([all.asCredential.length, all.elsewhere.length], [64, 0])
})

test('a secret that begins with a plus sign is found behind a space, too', () => {
  const signed = `+${secret.slice(1)}`
  assert.ok(reveal(withBody(`q=my+${signed}`)).elsewhere.includes(signed))
})
