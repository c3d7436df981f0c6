import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { fail } from '../../core/causes/catalogue.ts'
import { parseCookieKey } from '../../core/cookie-key.ts'

const bytes = randomBytes(32)
const base64 = bytes.toString('base64')

for (const [says, text] of [
  ['in base64', base64],
  ['in base64url', bytes.toString('base64url')],
  ['as a command wrote it, with a line end', `${base64}\n`],
] as const) {
  test(`takes 32 bytes ${says}`, () => {
    const key = parseCookieKey(text)
    assert.ok(key.ok)
    assert.deepEqual(Buffer.from(key.value.reveal(), 'base64'), bytes)
  })
}

const refused: Readonly<Record<string, string>> = {
  'an empty text': '',
  '31 bytes': randomBytes(31).toString('base64'),
  '33 bytes': randomBytes(33).toString('base64'),
  '48 bytes': randomBytes(48).toString('base64'),
  'the bytes in hex': bytes.toString('hex'),
  JSON: JSON.stringify({ key: base64 }),
  'a text in quotes': `"${base64}"`,
  'two keys': `${base64}\n${base64}`,
  'too much padding': `${base64}=`,
}

for (const [says, text] of Object.entries(refused)) {
  test(`refuses ${says}`, () => assert.deepEqual(parseCookieKey(text), fail('secret_malformed')))
}

test('refuses a binary secret', () => {
  const failure = fail('secret_malformed', { evidence: ['not_text'] })
  assert.deepEqual(parseCookieKey(undefined), failure)
})

test('refuses a sample that was never replaced', () => {
  const failure = fail('secret_malformed', { evidence: ['placeholder'] })
  for (const text of [
    Buffer.alloc(32).toString('base64'),
    Buffer.alloc(32, 'ab').toString('base64'),
    'changeme'.repeat(5).concat('cha'),
    'abcdefghijklmno'.repeat(2).concat('abcdefghijklm'),
  ]) {
    assert.deepEqual(parseCookieKey(text), failure, text)
  }
  assert.ok(parseCookieKey('abcdefghijklmnop'.repeat(2).concat('abcdefghijk')).ok)
})
