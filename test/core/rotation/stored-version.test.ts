import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  isAddable,
  parseOtherSecret,
  toVersionText,
} from '../../../core/rotation/stored-version.ts'
import { Secret } from '../../../core/secret.ts'
import { parseStoredSecret } from '../../../core/stored-secret.ts'

const secret = new Secret('a'.repeat(64))
const id = 'client1--1800000000'
const names = { clientId: 'client1', versionId: 'v2' }

for (const isReplaced of [true, false]) {
  test(`reads back what it has written, ${isReplaced ? 'replaced' : 'beside'}`, () => {
    const text = toVersionText(undefined, names, secret, { id, isReplaced }).reveal()
    assert.deepEqual(parseOtherSecret(text, 'v2'), { id, isReplaced })
    assert.equal(parseOtherSecret(text, 'v3'), undefined, 'a copy that somebody has edited')
    const parsed = parseStoredSecret(text, 'client1')
    assert.ok(parsed.ok && parsed.value.equals(secret))
  })
}

test('keeps what else the current version has, and not what that one has replaced', () => {
  const currentText = JSON.stringify({
    ...{ client_id: 'old', client_secret: 'old', replaces: 'x', beside: 'y', note: 'kept' },
    of_version: 'v1',
  })
  const text = toVersionText(currentText, names, secret, undefined).reveal()
  assert.deepEqual(JSON.parse(text), {
    ...{ client_id: 'client1', client_secret: secret.reveal(), note: 'kept' },
  })
  const ofPlain = toVersionText('a-plain-secret', names, secret, undefined).reveal()
  assert.deepEqual(Object.keys(JSON.parse(ofPlain)), ['client_id', 'client_secret'])
})

test('the text of a version shows nothing of itself', () => {
  assert.equal(String(toVersionText(undefined, names, secret, undefined)), '[redacted]')
})

const strange = [undefined, 'plain', '{}', '{"replaces":1}', '{"beside":"a b"}', '{"replaces":""}']
for (const text of strange) {
  test(`takes nothing from ${text}`, () => assert.equal(parseOtherSecret(text, 'v1'), undefined))
}

const values: readonly (readonly [string, boolean])[] = [
  ['a'.repeat(24), true],
  ['a'.repeat(64), true],
  [`${'a'.repeat(23)}+`, true],
  ['a'.repeat(23), false],
  ['a'.repeat(65), false],
  [`${'a'.repeat(24)}-`, false],
]
for (const [text, is] of values) {
  test(`Cognito ${is ? 'takes' : 'refuses'} ${text.length} characters that end in ${text.at(-1)}`, () =>
    assert.equal(isAddable(new Secret(text)), is))
}
