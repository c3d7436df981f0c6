// What a TLS server sees of the connections: names, protocols and resumed sessions.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { TLSSocket } from 'node:tls'
import { callHttp } from '../../../adapters/http/call.ts'
import { loopbackCertificate, trust } from '../../fixtures/adapters/trusted-server.ts'
import { openTestConnections } from '../../fixtures/adapters/upstream-call.ts'
import { hangMs } from '../../fixtures/patience.ts'

const get = {
  ...({ method: 'GET', path: '/', headers: '', body: '' } as const),
  ...{ longestBodyBytes: 1000, timeoutMs: hangMs, connectTimeoutMs: hangMs },
}

/** A server that closes each connection after one answer, and says in it what it saw of TLS. */
async function openSeeing(t: TestContext, options: ServerOptions = {}) {
  trust(t, loopbackCertificate)
  const server = createServer({ ...loopbackCertificate, ...options }, ({ socket }, response) => {
    assert.ok(socket instanceof TLSSocket)
    const { servername, alpnProtocol } = socket
    const isResumed = socket.isSessionReused()
    response.writeHead(200, { connection: 'close' })
    response.end(JSON.stringify({ servername, alpnProtocol, isResumed }))
  })
  // A handshake that the client ends is an error for the server.
  server.on('tlsClientError', () => {})
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => server.close().closeAllConnections())
  const { port } = server.address() as AddressInfo
  const connections = openTestConnections(t)
  const call = (host = 'localhost') =>
    callHttp({ ...get, url: `https://${host}:${port}` }, connections)
  const ask = async (host?: string) => {
    const ending = await call(host)
    assert.ok(ending.ended === 'response', ending.ended)
    return JSON.parse(ending.response.body.toString())
  }
  return { server, call, ask }
}

for (const [host, servername] of [
  ['localhost', 'localhost'],
  ['127.0.0.1', false],
] as const) {
  test(`a server at ${host} is asked for ${servername || 'no name'} and for HTTP/1.1 alone (RFC 6066 §3)`, async (t) => {
    const { ask } = await openSeeing(t)
    const seen = await ask(host)
    assert.deepEqual(seen, { servername, alpnProtocol: 'http/1.1', isResumed: false })
  })
}

for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
  test(`a further connection to the same place resumes its session of ${version}, and one to another does not`, async (t) => {
    const { ask } = await openSeeing(t, { maxVersion: version, minVersion: version })
    const seen = []
    for (const host of ['localhost', 'localhost', '127.0.0.1']) seen.push(await ask(host))
    assert.deepEqual(
      seen.map(({ isResumed }) => isResumed),
      [false, true, false],
    )
  })

  test(`a session of ${version} that the server no longer knows costs one whole handshake, and no call`, async (t) => {
    const { server, ask } = await openSeeing(t, { maxVersion: version, minVersion: version })
    const seen = [await ask()]
    server.setTicketKeys(Buffer.alloc(48, 7))
    seen.push(await ask(), await ask())
    assert.deepEqual(
      seen.map(({ isResumed }) => isResumed),
      [false, false, true],
    )
  })
}

test('a server that has HTTP/2 alone is not sent anything', async (t) => {
  const { call } = await openSeeing(t, { ALPNProtocols: ['h2'] })
  const ending = await call()
  assert.ok(ending.ended === 'lost', ending.ended)
  assert.match(String(ending.error), /no application protocol/i)
  assert.equal(ending.progress.isSent, false)
})
