import assert from 'node:assert/strict'
import { type IncomingMessage, request } from 'node:http'
import { test } from 'node:test'
import { openResponseReader, type Reading } from '../../../adapters/http/response-reader.ts'
import { openTcpServer } from '../../fixtures/adapters/loopback-servers.ts'
import { chooseSeed, openRandom } from '../../fixtures/core/seeded-random.ts'

const longestBodyBytes = 1000
const lengthHead = 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n'
const chunkHead = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'
const endHead = 'HTTP/1.1 200 OK\r\n\r\n'

/** Gives the reader these parts, then the end of the connection; the first reading counts. */
function read(parts: readonly (string | Buffer)[], method = 'POST'): Reading {
  const reader = openResponseReader(method, longestBodyBytes)
  for (const part of parts) {
    const reading = reader.take(Buffer.from(part as string, 'latin1'))
    if (reading !== undefined) return reading
  }
  return reader.end()
}

const toSeen = (reading: Reading) =>
  typeof reading === 'object' ? `${reading.status} ${reading.body.toString('latin1')}` : reading

const readings = [
  [`${lengthHead}hello`, '200 hello'],
  [`${endHead}hello`, '200 hello'],
  [endHead, '200 '],
  ['HTTP/1.1 204 No Content\r\n\r\n', '204 '],
  [`${chunkHead}5\r\nhello\r\n0\r\n\r\n`, '200 hello'],
  [`${chunkHead}2\r\nhe\r\n1;x=y\r\nl\r\n2\r\nlo\r\n0\r\na: b\r\nc: d\r\n\r\n`, '200 hello'],
  [`${chunkHead}0\r\n\r\n`, '200 '],
  [`HTTP/1.1 100 Continue\r\n\r\n${lengthHead}hello`, '200 hello'],
  [
    `HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 102 x\r\n\r\n${lengthHead}hello`,
    '200 hello',
  ],
  [`HTTP/1.0 100 Continue\r\nconnection: keep-alive\r\n\r\n${lengthHead}hello`, '200 hello'],
  [`HTTP/1.0 100 Continue\r\n\r\n${lengthHead}hello`, 'not_http'],
  [`HTTP/1.1 100 Continue\r\nconnection: close\r\n\r\n${lengthHead}hello`, 'not_http'],
  ['HTTP/1.1 101 Switching Protocols\r\n\r\nx', 'switched_protocol'],
  ['SSH-2.0-OpenSSH\r\n', 'not_http'],
  ['HTTP/1.1 nonsense\r\n\r\n', 'not_http'],
  ['HTTP/1.1 200 OK\ncontent-length: 2\n\n{}', 'not_http'],
  ['HTTP/1.1 200 OK\r\ncontent-length: 2\n', 'not_http'],
  [`${chunkHead}zz\r\n`, 'not_http'],
  [`${chunkHead}5\r\nhello0\r\n\r\n`, 'not_http'],
  [`${chunkHead}5\nhello\r\n`, 'not_http'],
  [`${chunkHead}${'0'.repeat(20_000)}`, 'not_http'],
  [`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(20_000)}`, 'not_http'],
  [`${lengthHead}hell`, undefined],
  [`${chunkHead}5\r\nhello\r\n`, undefined],
  [`${chunkHead}0\r\n`, undefined],
  ['HTTP/1.1 200 OK\r\ncontent-length: 5\r\n', undefined],
  ['HTTP/1.1 100 Continue\r\n\r\n', undefined],
  ['', undefined],
  ['HTTP/1.1 200 OK\r\ncontent-length: 1001\r\n\r\n', 'too_large'],
  [`${chunkHead}3e9\r\n${'x'.repeat(1001)}`, 'too_large'],
  [`${endHead}${'x'.repeat(1001)}`, 'too_large'],
  [`${endHead}${'x'.repeat(1000)}`, `200 ${'x'.repeat(1000)}`],
] as const

for (const [bytes, seen] of readings) {
  const shown = JSON.stringify(bytes.length > 90 ? `${bytes.slice(0, 90)}…` : bytes)
  test(`${shown} reads as ${seen?.slice(0, 20)}, whole or byte by byte`, () => {
    assert.equal(toSeen(read([bytes])), seen)
    assert.equal(toSeen(read([...bytes])), seen)
    for (let at = 1; at < Math.min(bytes.length, 200); at += 1) {
      assert.equal(toSeen(read([bytes.slice(0, at), bytes.slice(at)])), seen, `cut at ${at}`)
    }
  })
}

for (const [says, bytes] of [
  ['a body of known length', `${lengthHead}hello`],
  ['a body in chunks', `${chunkHead}5\r\nhello\r\n0\r\n\r\n`],
  ['no body', 'HTTP/1.1 204 No Content\r\n\r\n'],
] as const) {
  test(`bytes after ${says} leave the response as it is, and end the connection`, () => {
    for (const surplus of ['', 'x', `${lengthHead}hello`]) {
      const reading = read([`${bytes}${surplus}`])
      assert.equal(toSeen(reading), toSeen(read([bytes])))
      assert.equal(typeof reading === 'object' && reading.isKept, surplus === '')
    }
  })
}

test('a response to HEAD has no body, whatever its head says', () => {
  assert.equal(toSeen(read([lengthHead], 'HEAD')), '200 ')
  assert.equal(toSeen(read([chunkHead], 'HEAD')), '200 ')
})

test('interim responses and trailers without end are refused', () => {
  const interim = 'HTTP/1.1 102 x\r\nx: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n\r\n'
  assert.equal(read([interim.repeat(1000)]), 'not_http')
  assert.equal(read([`${chunkHead}0\r\n`, 'x: yyyyyyyyyyyyyyyyyyy\r\n'.repeat(1000)]), 'not_http')
})

test('many lines between small chunks are no reason to refuse', () => {
  const body = '1;extension=of-some-length\r\nx\r\n'.repeat(1000)
  assert.equal(toSeen(read([chunkHead, body, '0\r\n\r\n'])), `200 ${'x'.repeat(1000)}`)
})

for (const parts of [[`${lengthHead}hello`], [`${lengthHead}he`, 'llo'], [lengthHead, 'hello']]) {
  test(`a body that arrives in ${JSON.stringify(parts)} stays as it is when others are written over it`, () => {
    const reader = openResponseReader('GET', longestBodyBytes)
    const buffer = Buffer.alloc(100)
    const readings = parts.map((part) => {
      const reading = reader.take(buffer.subarray(0, buffer.write(part)))
      buffer.fill('x')
      return reading
    })
    assert.equal(toSeen(readings.at(-1)), '200 hello')
  })
}

test('it is known when the head has arrived', () => {
  const reader = openResponseReader('GET', longestBodyBytes)
  const seen = ['HTTP/1.1 100 x\r\n\r\n', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\n', '\r\n'].map(
    (part) => {
      reader.take(Buffer.from(part))
      return reader.hasHead()
    },
  )
  assert.deepEqual(seen, [false, false, true])
})

const samples = [
  `HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 5\r\nx: y\r\n\r\nhello`,
  `HTTP/1.1 400 Bad Request\r\ntransfer-encoding: chunked\r\nx: y\r\n\r\n2\r\nhe\r\n3;a=b\r\nllo\r\n0\r\n\r\n`,
  `HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nhello`,
  `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 503 x\r\nretry-after: 1\r\ncontent-length: 1\r\n\r\nx`,
]
const inserted = [
  ...' \t\r\n:;,0159afx\0\x7f\xff-+',
  '\r\n',
  '\r\n\r\n',
  'content-length: 2\r\n',
  '\r\n x',
]

/** Changes a sample in up to three places. */
function mutate(random: () => number): string {
  const choose = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T
  let text = choose(samples)
  for (let changes = Math.floor(random() * 4); changes > 0; changes -= 1) {
    const at = Math.floor(random() * text.length)
    const removed = Math.floor(random() * 3)
    text = text.slice(0, at) + (random() < 0.7 ? choose(inserted) : '') + text.slice(at + removed)
  }
  return text
}

/** What the parser of Node.js makes of what a port answers; undefined for an error before the response is complete. */
function readByNode(port: number, path: string): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>()
  const asked = request({ host: '127.0.0.1', port, path, agent: false })
  let received: IncomingMessage | undefined
  // What follows a complete response does not change it.
  asked.on('error', () => received?.complete || resolve(undefined))
  asked.on('response', (response) => {
    received = response
    const chunks: Buffer[] = []
    response.on('data', (chunk) => chunks.push(chunk))
    response.on('error', () => resolve(undefined))
    response.on('end', () =>
      resolve(`${response.statusCode} ${Buffer.concat(chunks).toString('latin1')}`),
    )
  })
  asked.end()
  return promise
}

test('whatever reads as a response reads as the same one in Node.js, which accepts more', async (t) => {
  const seed = chooseSeed()
  t.diagnostic(`SEED=${seed}`)
  const random = openRandom(seed)
  const texts = Array.from({ length: 300 }, () => mutate(random))
  const server = await openTcpServer(t, (socket) => {
    socket.once('data', (asked) => {
      const index = /GET \/(\d+) /.exec(asked.toString())?.[1]
      socket.end(texts[Number(index)] ?? '', 'latin1')
    })
  })
  let [accepted, refused] = [0, 0]
  for (const [index, text] of texts.entries()) {
    const ours = read([text], 'GET')
    if (typeof ours !== 'object') {
      refused += 1
      continue
    }
    accepted += 1
    assert.equal(await readByNode(server.port, `/${index}`), toSeen(ours), JSON.stringify(text))
  }
  assert.ok(accepted > 30 && refused > 30, `${accepted} accepted, ${refused} refused`)
})
