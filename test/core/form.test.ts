import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DetailOf, fail } from '../../core/causes/catalogue.ts'
import { parseForm, toFormBody } from '../../core/form.ts'
import { parseBoth } from '../fixtures/core/form-body.ts'

type Pairs = readonly (readonly [string, string])[]

const readable: readonly (readonly [string, string, Pairs])[] = [
  ['one parameter', 'a=1', [['a', '1']]],
  [
    'several parameters',
    'a=1&b=2',
    [
      ['a', '1'],
      ['b', '2'],
    ],
  ],
  [
    'a plus as a space',
    'a=1+2&b+c=3',
    [
      ['a', '1 2'],
      ['b c', '3'],
    ],
  ],
  ['percent-encoding in either case', 'a=%2f%2F%c3%A9', [['a', '//é']]],
  ['an encoded name', '%61=1', [['a', '1']]],
  ['an encoded plus', 'a=%2B', [['a', '+']]],
  ['an encoded ampersand and equals sign', 'a=%26%3D', [['a', '&=']]],
  ['an equals sign within a value', 'a=b=c', [['a', 'b=c']]],
  ['an empty name', '=1', [['', '1']]],
  ['an empty value as absent', 'a=&b=1', [['b', '1']]],
  ['a name alone as absent', 'a&b=1', [['b', '1']]],
  ['empty pairs as nothing', '&&a=1&&', [['a', '1']]],
  ['ampersands alone as nothing', '&', []],
  [
    'characters beyond ASCII as they are',
    'a=é&b=😀',
    [
      ['a', 'é'],
      ['b', '😀'],
    ],
  ],
  ['an encoded character of four bytes', 'a=%F0%9F%98%80', [['a', '😀']]],
  ['a replacement character that was really sent', 'a=%EF%BF%BD', [['a', '\uFFFD']]],
  ['a byte order mark as a character', 'a=%EF%BB%BFx', [['a', '\uFEFFx']]],
  ['__proto__ as a name', '__proto__=1', [['__proto__', '1']]],
  ['a space at both ends', ' a=1 ', [[' a', '1 ']]],
  ['the first printable character', 'a=%20b', [['a', ' b']]],
  ['the last printable character of ASCII', 'a=%7E', [['a', '~']]],
  ['the first printable character after the controls', 'a=%C2%A0', [['a', '\u00a0']]],
  ['the neighbours of the line separators', 'a=\u2027\u202a', [['a', '\u2027\u202a']]],
  ['a bracket that is not the first character', 'a={}[]', [['a', '{}[]']]],
]

for (const [what, body, pairs] of readable) {
  test(`reads ${what} (RFC 6749 App. B)`, () => {
    for (const form of parseBoth(body)) {
      assert.ok(form.ok)
      assert.deepEqual([...form.value], pairs)
    }
  })
}

const malformed: readonly (readonly [string, string, DetailOf<'body_malformed'>])[] = [
  ['an empty body', '', 'empty'],
  ['a body of spaces', ' \t\r\n', 'empty'],
  ['a JSON object', '{"grant_type":"authorization_code"}', 'json'],
  ['a JSON array', '["a"]', 'json'],
  ['JSON after spaces', ' \n{}', 'json'],
  ['a percent sign alone', 'a=%', 'percent_encoding'],
  ['one digit after a percent sign', 'a=%4', 'percent_encoding'],
  ['a percent sign before no digits', 'a=%zz', 'percent_encoding'],
  ['a second digit that is none', 'a=%4g', 'percent_encoding'],
  ['a first digit that is none', 'a=%g4', 'percent_encoding'],
  ['a percent sign before a plus', 'a=%+4', 'percent_encoding'],
  ['bad percent-encoding in a name', '%=1', 'percent_encoding'],
  ['a bad escape after a good one', 'a=%41%', 'percent_encoding'],
  ['a byte that is no UTF-8', 'a=%FF', 'utf8'],
  ['a character that breaks off', 'a=%F0%9F%98', 'utf8'],
  ['an overlong form', 'a=%C0%AF', 'utf8'],
  ['an encoded surrogate', 'a=%ED%A0%80', 'utf8'],
  ['a bad byte after good ones', 'a=abc%E9', 'utf8'],
  ['bad bytes in a name', '%FF=1', 'utf8'],
  ['NUL', 'a=%00', 'control_character'],
  ['a line end', 'a=1%0A', 'control_character'],
  ['a raw line end', 'a=1\n', 'control_character'],
  ['the last control character below space', 'a=%1F', 'control_character'],
  ['delete', 'a=b%7F', 'control_character'],
  ['the first control character above ASCII', 'a=%C2%80', 'control_character'],
  ['the last control character above ASCII', 'a=%C2%9F', 'control_character'],
  ['a line separator', 'a=\u2028', 'control_character'],
  ['a paragraph separator', 'a=\u2029', 'control_character'],
  ['a control character in a name', 'a%0D=1', 'control_character'],
  ['a control character in a parameter that nobody reads', 'a=1&z=%1b', 'control_character'],
]

for (const [what, body, detail] of malformed) {
  test(`refuses ${what} as ${detail}, and replaces nothing (RFC 6749 App. B)`, () => {
    for (const form of parseBoth(body)) {
      assert.deepEqual(form, fail('body_malformed', { detail }))
    }
  })
}

test('refuses a lone surrogate in a body that is not base64', () => {
  assert.deepEqual(parseForm('a=\ud800', false), fail('body_malformed', { detail: 'utf8' }))
})

test('refuses raw bytes that are no UTF-8 in a base64 body', () => {
  const body = Buffer.from([0x61, 0x3d, 0xe9]).toString('base64')
  assert.deepEqual(parseForm(body, true), fail('body_malformed', { detail: 'utf8' }))
})

for (const body of ['YT0x', 'YT0xMg==', 'YT0xMg', 'YT0xMjM=', 'YT0xMjM', 'YT0/', 'YT0+']) {
  test(`decodes ${body} as base64, with its padding or without`, () => {
    const form = parseForm(body, true)
    assert.ok(form.ok)
    assert.deepEqual([...form.value], [...new URLSearchParams(atob(body))])
  })
}

const badBase64 = [
  'Y',
  'YT0xM',
  'YT0xMg=',
  'YT0xMg===',
  'YT0xMjM==',
  'YT0x=',
  '====',
  '=YT0x',
  'YT0x\n',
  ' YT0x',
  'YT-x',
  'YT_x',
  'YT0*',
  'YT==YT0x',
]
for (const body of badBase64) {
  test(`refuses ${JSON.stringify(body)} as base64 instead of decoding what it can`, () => {
    assert.deepEqual(parseForm(body, true), fail('body_malformed', { detail: 'base64' }))
  })
}

test('takes an empty base64 body for an empty body', () => {
  assert.deepEqual(parseForm('', true), fail('body_malformed', { detail: 'empty' }))
})

for (const body of ['a=1&a=2', 'a=1&a=1', 'a=&a=1', 'a&a', 'a=1&%61=2', 'b+=1&b%20=2', '=1&=2']) {
  test(`refuses ${body} as repeated after decoding (RFC 6749 §3.2)`, () => {
    for (const form of parseBoth(body)) assert.deepEqual(form, fail('parameter_repeated'))
  })
}

test('tells names of different case apart', () => {
  const form = parseForm('a=1&A=2', false)
  assert.ok(form.ok)
  assert.equal(form.value.size, 2)
})

test('writes a body from which a value can add no parameter (RFC 6749 App. B)', () => {
  assert.equal(
    toFormBody({ grant_type: 'a b', code: 'x&client_id=evil', 'n=&': '%41+/é\r\n' }),
    'grant_type=a%20b&code=x%26client_id%3Devil&n%3D%26=%2541%2B%2F%C3%A9%0D%0A',
  )
  assert.equal(toFormBody({}), '')
  assert.equal(toFormBody({ a: '' }), 'a=')
})

test('escapes every byte outside the unreserved set (RFC 3986 §2.3)', () => {
  const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index)).join('')
  assert.match(toFormBody({ a: ascii }), /^a=(?:[A-Za-z0-9\-._~]|%[0-9A-F]{2})+$/)
})
