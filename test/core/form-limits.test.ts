import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DetailOf, fail } from '../../core/causes/catalogue.ts'
import { formLimits, parseForm } from '../../core/form.ts'
import { parseBoth } from '../fixtures/core/form-body.ts'

const spread = (bytes: number) => `a=${'x'.repeat(8000)}&b=${'y'.repeat(bytes - 8005)}`
const count = (length: number) => Array.from({ length }, (_, index) => `p${index}=1`).join('&')

const within: readonly (readonly [string, string])[] = [
  ['a body of 16384 bytes', `${spread(16_000)}&c=${'z'.repeat(381)}`],
  ['20 parameters', count(20)],
  ['20 parameters among empty pairs', `&&${count(20)}&&`],
  ['a name of 64 bytes', `${'n'.repeat(64)}=1`],
  ['a name of 64 bytes that are encoded', `${'%6E'.repeat(64)}=1`],
  ['a value of 8192 bytes', `a=${'v'.repeat(8192)}`],
  ['a value of 8192 bytes in two-byte characters', `a=${'é'.repeat(4096)}`],
]

for (const [what, body] of within) {
  test(`takes ${what}`, () => {
    for (const form of parseBoth(body)) assert.ok(form.ok)
  })
}

const beyond: readonly (readonly [string, string, DetailOf<'body_too_large'>])[] = [
  ['a body of 16385 bytes', `${spread(16_000)}&c=${'z'.repeat(382)}`, 'body'],
  ['a body of few characters and many bytes', 'é'.repeat(8193), 'body'],
  ['21 parameters', count(21), 'parameters'],
  ['21 parameters, the last of them empty', `${count(20)}&q`, 'parameters'],
  ['a name of 65 bytes', `${'n'.repeat(65)}=1`, 'name'],
  ['a name of 33 two-byte characters', `${'é'.repeat(33)}=1`, 'name'],
  ['a long name without a value', 'n'.repeat(65), 'name'],
  ['a value of 8193 bytes', `a=${'v'.repeat(8193)}`, 'value'],
  ['a value of 4097 two-byte characters', `a=${'é'.repeat(4097)}`, 'value'],
]

for (const [what, body, detail] of beyond) {
  test(`refuses ${what}`, () => {
    for (const form of parseBoth(body)) assert.deepEqual(form, fail('body_too_large', { detail }))
  })
}

test('refuses a base64 body by its length before it looks at its characters', () => {
  const longest = Math.ceil(formLimits.bodyBytes / 3) * 4
  assert.deepEqual(
    parseForm('*'.repeat(longest + 1), true),
    fail('body_too_large', { detail: 'body' }),
  )
  assert.deepEqual(
    parseForm('*'.repeat(longest), true),
    fail('body_malformed', { detail: 'base64' }),
  )
})

test('refuses a body of 16385 and of 16386 bytes whose base64 has the longest allowed length', () => {
  for (const bytes of [16_385, 16_386]) {
    const body = Buffer.from('x'.repeat(bytes)).toString('base64')
    assert.equal(body.length, 21_848)
    assert.deepEqual(parseForm(body, true), fail('body_too_large', { detail: 'body' }))
  }
})

test('has the limits that the texts of the catalogue name', () => {
  assert.deepEqual(formLimits, {
    bodyBytes: 16_384,
    parameters: 20,
    nameBytes: 64,
    valueBytes: 8192,
  })
})
