import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { callHttp } from '../../../adapters/http/call.ts'
import { openHttpServer, openTcpServer } from '../../fixtures/adapters/loopback-servers.ts'
import { openTestConnections } from '../../fixtures/adapters/upstream-call.ts'
import { hangMs } from '../../fixtures/patience.ts'

const get = {
  ...({ method: 'GET', path: '/a?b=c', headers: 'x-one: 1\r\n', body: '' } as const),
  ...{ longestBodyBytes: 100, timeoutMs: hangMs, connectTimeoutMs: hangMs },
}
const toUrl = ({ port }: { readonly port: number }) => `http://127.0.0.1:${port}`

/** A server that answers nothing, and the first connection to it once something has arrived on it. */
async function openSilent(t: TestContext) {
  const { promise, resolve } = Promise.withResolvers<Socket>()
  const server = await openTcpServer(t, (socket) => socket.once('data', () => resolve(socket)))
  return { url: toUrl(server), asked: promise }
}

test('a call that is aborted ends as if its time were over, and its connection with it', async (t) => {
  const { url, asked } = await openSilent(t)
  const abort = new AbortController()
  const call = callHttp({ ...get, url, signal: abort.signal }, openTestConnections(t))
  const closed = once(await asked, 'close')
  abort.abort()
  const { ended } = await call
  assert.equal(ended, 'timeout')
  await closed
})

test('a call that is aborted before it begins sends nothing, and leaves a kept connection as it is', async (t) => {
  const asked: (string | undefined)[] = []
  const server = await openHttpServer(t, (request, response) => {
    asked.push(request.url)
    response.end('{}')
  })
  const connections = openTestConnections(t)
  const call = { ...get, url: toUrl(server) }
  const aborted = { ...call, path: '/aborted', signal: AbortSignal.abort() }
  const seen = []
  for (const one of [aborted, call, aborted, call]) seen.push(await callHttp(one, connections))
  assert.deepEqual(
    seen.map(({ ended }) => ended),
    ['timeout', 'response', 'timeout', 'response'],
  )
  assert.deepEqual(asked, [get.path, get.path])
  assert.equal(server.connections(), 1)
})

test('after a response that came before its request had left whole, the next one follows in order', async (t) => {
  const body = 'x'.repeat(2 ** 23)
  let bytes = 0
  const answered = 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'
  const server = await openTcpServer(t, (socket) => {
    socket.once('data', () => socket.write(answered))
    socket.on('data', (chunk) => {
      bytes += chunk.length
      if (bytes > 2 * body.length) socket.end(answered)
    })
  })
  const connections = openTestConnections(t)
  const call = { ...get, url: toUrl(server), method: 'POST', body } as const
  assert.equal((await callHttp(call, connections)).ended, 'response')
  assert.ok(bytes < body.length, `${bytes} bytes had arrived`)
  assert.equal((await callHttp(call, connections)).ended, 'response')
  assert.equal(server.connections(), 1)
})

test('an abort after the response changes nothing: the connection serves the next call', async (t) => {
  const server = await openHttpServer(t, (_request, response) => response.end('{}'))
  const connections = openTestConnections(t)
  const abort = new AbortController()
  const call = { ...get, url: toUrl(server) }
  assert.equal((await callHttp({ ...call, signal: abort.signal }, connections)).ended, 'response')
  abort.abort()
  assert.equal((await callHttp(call, connections)).ended, 'response')
  assert.equal(server.connections(), 1)
})

test('the host and the path are written as they are given', async (t) => {
  const hosts: (string | undefined)[] = []
  const server = await openHttpServer(t, (request, response) => {
    hosts.push(request.headers.host, request.url, `${request.headers['x-one']}`)
    response.end()
  })
  const url = `http://localhost:${server.port}`
  assert.equal((await callHttp({ ...get, url }, openTestConnections(t))).ended, 'response')
  assert.deepEqual(hosts, [`localhost:${server.port}`, '/a?b=c', '1'])
})

test('only a call that could take a kept connection first reads what arrived on it', async (t) => {
  const server = await openHttpServer(t, (_request, response) => response.end('{}'))
  const connections = openTestConnections(t)
  let taken = 0
  const counted = {
    ...connections,
    take: (url: string) => {
      taken += 1
      return connections.take(url)
    },
  }
  for (const takenAtOnce of [1, 0]) {
    taken = 0
    const call = callHttp({ ...get, url: toUrl(server) }, counted)
    assert.equal(taken, takenAtOnce)
    assert.equal((await call).ended, 'response')
  }
})
