import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  isTrailer,
  mayBeResponse,
  parseChunkSize,
  parseResponseHead,
} from '../../core/http-response.ts'

const toHead = (...lines: readonly string[]) => ['HTTP/1.1 200 OK', ...lines].join('\r\n')
const parse = (...lines: readonly string[]) => parseResponseHead(toHead(...lines), 'POST')

for (const [line, status] of [
  ['HTTP/1.1 200 OK', 200],
  ['HTTP/1.1 200 ', 200],
  ['HTTP/1.1 200', 200],
  ['HTTP/1.0 404 Not Found', 404],
  ['HTTP/1.1 599 \xe4\tb', 599],
  ['HTTP/1.1 600 OK', undefined],
  ['HTTP/1.1 099 OK', undefined],
  ['HTTP/1.1 20 OK', undefined],
  ['HTTP/1.1 2000 OK', undefined],
  ['HTTP/1.1  200 OK', undefined],
  ['HTTP/2.0 200 OK', undefined],
  ['http/1.1 200 OK', undefined],
  ['HTTP/1.1 200 O\0K', undefined],
  ['HTTP/1.1 200 O\nK', undefined],
  ['HTTP/1.1 200 O\rK', undefined],
  [' HTTP/1.1 200 OK', undefined],
  ['', undefined],
] as const) {
  test(`the status of ${JSON.stringify(line)} reads as ${status} (RFC 9112 §4)`, () => {
    assert.equal(parseResponseHead(`${line}\r\ncontent-length: 0`, 'POST')?.status, status)
  })
}

test('names are read in lower case, and values without the blanks around them (RFC 9112 §5)', () => {
  const { headers } = parse('X-One:a', 'x-TWO: \t b c \t', 'x-empty:', 'x!#$%&: 1') ?? {}
  assert.deepEqual(
    [...(headers ?? [])],
    [
      ['x-one', 'a'],
      ['x-two', 'b c'],
      ['x-empty', ''],
      ['x!#$%&', '1'],
    ],
  )
})

test('the values of a repeated header are one list (RFC 9110 §5.3)', () => {
  assert.equal(parse('via: a', 'Via: b', 'VIA: c')?.headers.get('via'), 'a, b, c')
})

for (const line of [
  ' folded',
  '\tfolded',
  'x one: a',
  'x-one : a',
  ': a',
  'x-one',
  '',
  'x-one: a\0',
  'x-one: a\nx-two: b',
  'x-one: a\rb',
  'x-\xff: a',
  'x-one: a\x7f',
]) {
  test(`a head with the line ${JSON.stringify(line)} is none (RFC 9112 §5)`, () => {
    assert.equal(parse('a: b', line, 'content-length: 0'), undefined)
  })
}

test('a response of HTTP/1.0 with a transfer encoding is none (RFC 9112 §6.1)', () => {
  const lines = ['connection: keep-alive', 'transfer-encoding: chunked']
  assert.equal(parseResponseHead(['HTTP/1.0 200 OK', ...lines].join('\r\n'), 'POST'), undefined)
  assert.deepEqual(parse(...lines)?.framing, { by: 'chunks' })
})

for (const [lines, framing] of [
  [['content-length: 12'], { by: 'length', bytes: 12 }],
  [['content-length: 0'], { by: 'length', bytes: 0 }],
  [['transfer-encoding: chunked'], { by: 'chunks' }],
  [['Transfer-Encoding: Chunked'], { by: 'chunks' }],
  [[], { by: 'end_of_connection' }],
  [['content-length: 1', 'transfer-encoding: chunked'], undefined],
  [['content-length: 1', 'content-length: 1'], undefined],
  [['content-length: 1, 1'], undefined],
  [['content-length: +1'], undefined],
  [['content-length: -1'], undefined],
  [['content-length: 1.0'], undefined],
  [['content-length: 0x1'], undefined],
  [['content-length:'], undefined],
  [['content-length: 9999999999999999'], undefined],
  [['transfer-encoding: gzip'], undefined],
  [['transfer-encoding: gzip, chunked'], undefined],
  [['transfer-encoding: chunked '], { by: 'chunks' }],
  [['Transfer-Encoding: chunked\t'], undefined],
  [['transfer-encoding: chunked \t'], undefined],
  [['transfer-encoding: chunked', 'transfer-encoding: chunked'], undefined],
  [['transfer-encoding: identity'], undefined],
] as const) {
  test(`the body of ${JSON.stringify(lines)} ends by ${JSON.stringify(framing)} (RFC 9112 §6.3)`, () => {
    assert.deepEqual(parse(...lines)?.framing, framing)
  })
}

const none = { by: 'length', bytes: 0 }
for (const [method, status, framing] of [
  ['HEAD', 200, none],
  ['GET', 100, none],
  ['GET', 204, none],
  ['GET', 304, none],
  ['GET', 205, { by: 'chunks' }],
  ['GET', 500, { by: 'chunks' }],
] as const) {
  test(`after ${method} the body of a ${status} ends by ${JSON.stringify(framing)} (RFC 9112 §6.3)`, () => {
    const head = parseResponseHead(`HTTP/1.1 ${status} x\r\ntransfer-encoding: chunked`, method)
    assert.deepEqual(head?.framing, framing)
  })
}

for (const [version, lines, isKept] of [
  ['1.1', ['content-length: 0'], true],
  ['1.1', ['content-length: 0', 'connection: keep-alive'], true],
  ['1.1', ['content-length: 0', 'connection: close'], false],
  ['1.1', ['content-length: 0', 'Connection: x, Close'], false],
  ['1.1', ['content-length: 0', 'connection: closed'], true],
  ['1.1', [], false],
  ['1.0', ['content-length: 0'], false],
  ['1.0', ['content-length: 0', 'connection: Keep-Alive'], true],
] as const) {
  test(`HTTP/${version} with ${JSON.stringify(lines)} ${isKept ? 'keeps' : 'ends'} the connection (RFC 9112 §9.3)`, () => {
    const head = parseResponseHead([`HTTP/${version} 200 OK`, ...lines].join('\r\n'), 'GET')
    assert.equal(head?.isKept, isKept)
  })
}

for (const [value, seconds] of [
  ['timeout=5', 5],
  ['timeout=5, max=1000', 5],
  ['max=1000,Timeout=0', 0],
  ['max=1000', undefined],
  ['timeout=', undefined],
  ['notimeout=5', undefined],
] as const) {
  test(`Keep-Alive ${value} announces ${seconds} seconds`, () => {
    assert.equal(parse(`keep-alive: ${value}`)?.keepAliveSeconds, seconds)
  })
}

for (const [line, bytes] of [
  ['0', 0],
  ['a', 10],
  ['FfFf', 65_535],
  ['5;name=value', 5],
  ['5;name;other="a value"', 5],
  ['000000005', undefined],
  ['', undefined],
  [' 5', undefined],
  ['-5', undefined],
  ['0x5', undefined],
  ['5 5', undefined],
  ['5;\0', undefined],
  ['5;', undefined],
  ['5;name=', undefined],
  ['5;"name"', undefined],
  ['5 ', undefined],
] as const) {
  test(`the line ${JSON.stringify(line)} announces a chunk of ${bytes} bytes (RFC 9112 §7.1)`, () => {
    assert.equal(parseChunkSize(line), bytes)
  })
}

for (const [begun, may] of [
  ['', true],
  ['HT', true],
  ['HTTP/1.', true],
  ['HTTP/1.1 200', true],
  ['HTTP/2', false],
  ['SSH-2.0', false],
  ['\r\nHTTP/1.1', false],
] as const) {
  test(`${JSON.stringify(begun)} ${may ? 'may' : 'cannot'} become a response`, () => {
    assert.equal(mayBeResponse(begun), may)
  })
}

for (const [line, may] of [
  ['x-checksum: 1', true],
  ['content-length-of-something: 1', true],
  ['Content-Length: 1', false],
  ['transfer-encoding: chunked', false],
  ['x', false],
  [' folded', false],
] as const) {
  test(`${JSON.stringify(line)} ${may ? 'may' : 'must not'} follow the last chunk (RFC 9110 §6.5.1)`, () => {
    assert.equal(isTrailer(line), may)
  })
}
