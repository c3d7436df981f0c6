import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { test } from 'node:test'
import { closedPort, openHttpServer, openTcpServer } from '../fixtures/adapters/loopback-servers.ts'
import { askDomain, sendWithin, toSeen } from '../fixtures/adapters/upstream-call.ts'

const head = 'HTTP/1.1 200 OK\r\n'
const whole = 65_536

/** A server that waits for the whole request and then does this with the connection. */
const openBroken = (t: Parameters<typeof openTcpServer>[0], act: (socket: Socket) => void) =>
  openTcpServer(t, (socket) => {
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => {
      chunks.push(chunk)
      if (Buffer.concat(chunks).includes('refresh_token=r')) act(socket)
    })
  })

interface Fault {
  readonly says: string
  readonly act: (socket: Socket) => void
  readonly seen: string
  /** It ends by the time limit. */
  readonly isEndless?: true
}

const faults: readonly Fault[] = [
  {
    says: 'silence before the head',
    act: () => {},
    seen: 'cognito_timeout unknown',
    isEndless: true,
  },
  {
    says: 'silence after the head',
    act: (socket) => socket.write(`${head}content-length: 9\r\n\r\n`),
    seen: 'cognito_timeout unknown',
    isEndless: true,
  },
  {
    says: 'a body that drips past the deadline',
    act: (socket) => {
      socket.write(`${head}content-length: 1000\r\n\r\n`)
      const timer = setInterval(() => socket.write('x'), 10)
      socket.on('close', () => clearInterval(timer))
    },
    seen: 'cognito_timeout unknown',
    isEndless: true,
  },
  {
    says: 'a reset before the answer',
    act: (socket) => socket.resetAndDestroy(),
    seen: 'cognito_connection_lost before_answer unknown',
  },
  {
    says: 'an end before the answer',
    act: (socket) => socket.end(),
    seen: 'cognito_connection_lost before_answer unknown',
  },
  {
    says: 'an end within the head',
    act: (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-le'),
    seen: 'cognito_connection_lost before_answer unknown',
  },
  {
    says: 'an end within the body',
    act: (socket) => socket.end(`${head}content-length: 9\r\n\r\n{"acc`),
    seen: 'cognito_connection_lost within_answer unknown',
  },
  {
    says: 'an end within a chunked body',
    act: (socket) => socket.end(`${head}transfer-encoding: chunked\r\n\r\n5\r\n{"acc\r\n`),
    seen: 'cognito_connection_lost within_answer unknown',
  },
  {
    says: 'a reset within the body',
    act: (socket) =>
      socket.write(`${head}content-length: 9\r\n\r\n{"acc`, () => socket.resetAndDestroy()),
    seen: 'cognito_connection_lost within_answer unknown',
  },
  {
    says: 'bytes that are no HTTP',
    act: (socket) => socket.end('SSH-2.0-OpenSSH_9.0\r\n'),
    seen: 'cognito_answer_unusable not_http unknown',
  },
  {
    says: 'a chunk size that is no number',
    act: (socket) => socket.end(`${head}transfer-encoding: chunked\r\n\r\nzz\r\n`),
    seen: 'cognito_answer_unusable not_http unknown',
  },
  {
    says: 'a head larger than HTTP allows',
    act: (socket) => socket.end(`${head}x-long: ${'x'.repeat(20_000)}\r\n\r\n`),
    seen: 'cognito_answer_unusable not_http unknown',
  },
  {
    says: 'a switch to another protocol',
    act: (socket) =>
      socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
    seen: 'cognito_connection_lost before_answer unknown',
  },
]

for (const { says, act, seen, isEndless } of faults) {
  test(`${says} is ${seen}, and counts as sent`, async (t) => {
    const ask = async (changes = {}) => {
      const server = await openBroken(t, act)
      const asked = await askDomain(t, `http://127.0.0.1:${server.port}`, changes)
      return { ...asked, connections: server.connections() }
    }
    const asked = isEndless ? await sendWithin((timeoutMs) => ask({ timeoutMs })) : await ask()
    assert.equal(toSeen(asked), seen)
    assert.equal(asked.isSent, true)
    assert.equal(asked.connections, 1)
  })
}

test('an answer of 64 KiB is accepted', async (t) => {
  const server = await openHttpServer(t, (_request, response) => response.end('x'.repeat(whole)))
  const { result } = await askDomain(t, `http://127.0.0.1:${server.port}`)
  assert.equal(result.ok && result.value.body.length, whole)
})

for (const framing of ['content-length', 'chunked'] as const) {
  test(`an answer of 64 KiB and a byte is refused (${framing})`, async (t) => {
    const server = await openHttpServer(t, (_request, response) => {
      if (framing === 'chunked') response.write('x')
      response.end('x'.repeat(framing === 'chunked' ? whole : whole + 1))
    })
    const asked = await askDomain(t, `http://127.0.0.1:${server.port}`)
    assert.equal(toSeen(asked), 'cognito_answer_unusable too_large unknown')
  })
}

test('an endless answer is left after 64 KiB', async (t) => {
  const server = await openBroken(t, (socket) => {
    socket.write(`${head}transfer-encoding: chunked\r\n\r\n`)
    const more = (thrown?: Error | null) => {
      if (!thrown) socket.write(`4000\r\n${'x'.repeat(0x4000)}\r\n`, more)
    }
    more()
  })
  const asked = await askDomain(t, `http://127.0.0.1:${server.port}`)
  assert.equal(toSeen(asked), 'cognito_answer_unusable too_large unknown')
})

for (const [encoding, seen] of [
  ['gzip', 'cognito_answer_unusable content_encoding unknown'],
  ['br', 'cognito_answer_unusable content_encoding unknown'],
  ['Identity', '200 {}'],
] as const) {
  test(`the content encoding ${encoding} is ${seen}`, async (t) => {
    const server = await openHttpServer(t, (_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end('{}')
    })
    assert.equal(toSeen(await askDomain(t, `http://127.0.0.1:${server.port}`)), seen)
  })
}

test('a closed port is provably unsent', async (t) => {
  const asked = await askDomain(t, `http://127.0.0.1:${closedPort}`)
  assert.equal(toSeen(asked), 'cognito_unreachable connect_refused unsent')
  assert.equal(asked.isSent, false)
})

test('a name without an address is provably unsent', async (t) => {
  const asked = await askDomain(t, 'https://nowhere.invalid')
  assert.equal(toSeen(asked), 'domain_not_found name_unresolved unsent')
  assert.equal(asked.isSent, false)
})
