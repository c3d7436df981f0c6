import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toAsciiJson, toPrintable } from '../../../core/doctor/printable.ts'

test('shows readable text unchanged, in any script', () => {
  for (const text of [
    'openid email',
    'https://a.example/x?y=z',
    'Größe',
    'ログイン',
    'Вход',
    '🔑',
  ]) {
    assert.equal(toPrintable(text), text)
  }
})

for (const [what, text, shown] of [
  ['a line break', 'a\r\nb', 'a\\u000d\\u000ab'],
  ['a tab and a bell', '\t\u0007', '\\u0009\\u0007'],
  ['the start of a terminal sequence', '\u001b]0;x\u0007', '\\u001b]0;x\\u0007'],
  ['its one-byte form', '\u009b2J', '\\u009b2J'],
  ['DEL', 'a\u007f', 'a\\u007f'],
  ['overrides of the direction', '\u202e\u2066x\u200f', '\\u202e\\u2066x\\u200f'],
  ['separators of lines and paragraphs', '\u2028\u2029', '\\u2028\\u2029'],
  ['spaces that look like others', 'a\u00a0b\u3000', 'a\\u00a0b\\u3000'],
  ['what cannot be seen', '\u200b\u00ad\ufeff\u3164', '\\u200b\\u00ad\\ufeff\\u3164'],
  ['unseen characters beyond 16 bits', '\u{e0041}', '\\udb40\\udc41'],
  ['half a character', '\ud83d', '\\ud83d'],
] as const) {
  test(`escapes ${what}`, () => {
    assert.equal(toPrintable(text), shown)
  })
}

test('writes JSON in printable ASCII that reads as the same value', () => {
  const value = {
    'n\u00e4me': ['\u{1f511}\u2028\u202e', '\u0000\u001b\u007f\u0085', '\ud83d', 'a\\u0041"'],
  }
  const json = toAsciiJson(value)
  assert.match(json, /^[\x20-\x7e]+$/)
  assert.deepEqual(JSON.parse(json), value)
})
