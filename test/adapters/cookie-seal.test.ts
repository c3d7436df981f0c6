import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { toCookieKey } from '../../adapters/cookie-key.ts'
import { sealToken, unsealToken } from '../../adapters/cookie-seal.ts'
import { Secret } from '../../core/secret.ts'

const newKey = () => toCookieKey(new Secret(randomBytes(32).toString('base64')))
const [current, previous] = [newKey(), newKey()]
const token = new Secret('refresh-1')
const sealed = sealToken(current, 'client1', token)

/** What opening comes to, in one text. */
function open(
  text: string,
  clientId = 'client1',
  keys: Parameters<typeof unsealToken>[0] = [current],
) {
  const opened = unsealToken(keys, clientId, text)
  return opened.ok ? `${opened.token.reveal()}${opened.isAged ? ', aged' : ''}` : opened.why
}

test('sealed text opens again, only for the same client and with the same key', () => {
  assert.equal(open(sealed), 'refresh-1')
  assert.equal(open(sealed, 'client2'), 'not_authentic')
  assert.equal(open(sealed, 'client1', [previous]), 'key_unknown')
})

test('text sealed with an older key opens, and is marked as aged', () => {
  assert.equal(open(sealed, 'client1', [previous, current]), 'refresh-1, aged')
  assert.equal(open(sealed, 'client1', [current, previous]), 'refresh-1')
})

test('a key that takes the id of another opens nothing', () => {
  assert.equal(open(sealed, 'client1', [{ ...previous, id: current.id }]), 'not_authentic')
})

test('the id of a key is the same in every sandbox, and tells two keys apart', () => {
  const text = new Secret(randomBytes(32).toString('base64'))
  assert.equal(toCookieKey(text).id, toCookieKey(text).id)
  assert.notEqual(current.id, previous.id)
  assert.match(current.id, /^[\w-]{8}$/)
})

test('a token is sealed differently each time, and grows by its frame alone', () => {
  const texts = new Set(Array.from({ length: 100 }, () => sealToken(current, 'client1', token)))
  assert.equal(texts.size, 100)
  for (const text of texts) assert.match(text, /^1\.[\w-]{8}\.[\w-]{50}$/)
})

test('no character of sealed text can be changed, removed or added', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.'
  for (const [at, character] of [...sealed].entries()) {
    for (const other of alphabet) {
      if (other === character) continue
      const changed = sealed.slice(0, at) + other + sealed.slice(at + 1)
      assert.notEqual(open(changed), 'refresh-1', changed)
    }
    assert.notEqual(open(sealed.slice(0, at) + sealed.slice(at + 1)), 'refresh-1')
    assert.notEqual(open(sealed.slice(0, at)), 'refresh-1')
  }
  for (const more of ['A', '=', '==', ' ', '\n', 'AAAA']) {
    assert.notEqual(open(sealed + more), 'refresh-1')
  }
})

for (const text of [
  '',
  '1',
  '1..',
  `1.${current.id}.`,
  `2${sealed.slice(1)}`,
  `1.${current.id}.AA`,
]) {
  test(`${JSON.stringify(text.slice(0, 12))} of ${text.length} characters is malformed`, () => {
    assert.equal(open(text), 'malformed')
  })
}

test('a key shows itself nowhere, and neither does what it opened', () => {
  const text = randomBytes(32).toString('base64')
  const key = toCookieKey(new Secret(text))
  const seen = [inspect(key, { depth: null, showHidden: true }), JSON.stringify(key)].join()
  assert.ok(!seen.includes(text.slice(0, 8)))
  assert.ok(!seen.includes(Buffer.from(text, 'base64').toString('hex').slice(0, 8)))
  const opened = unsealToken([current], 'client1', sealed)
  assert.doesNotMatch(inspect(opened, { depth: null }) + JSON.stringify(opened), /refresh-1/)
})
