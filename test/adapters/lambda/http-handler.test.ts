import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { NodeHttpHandler } from '../../../adapters/lambda/http-handler.ts'
import {
  closedPort,
  openHttpServer,
  openTcpServer,
} from '../../fixtures/adapters/loopback-servers.ts'
import { hangMs } from '../../fixtures/patience.ts'

const limits = { connectionTimeout: hangMs, requestTimeout: hangMs }
const address = { protocol: 'http:', hostname: '127.0.0.1' } as const

function openHandler(t: TestContext, given = limits) {
  const handler = NodeHttpHandler.create(given)
  t.after(() => handler.destroy())
  return handler
}

/** What Secrets Manager answers over this handler, with the attempts that the functions make. */
async function readSecret(t: TestContext, port: number, given = limits) {
  const client = new SecretsManagerClient({
    ...{ region: 'eu-central-1', endpoint: `http://127.0.0.1:${port}`, maxAttempts: 2 },
    credentials: { accessKeyId: 'id', secretAccessKey: 'key' },
    requestHandler: openHandler(t, given),
  })
  return client.send(new GetSecretValueCommand({ SecretId: 'höst' }))
}

const secret = JSON.stringify({ SecretString: 'geheim ß', VersionId: 'v1' })

test('a call of the SDK gets its answer, and is sent with everything that was signed', async (t) => {
  const seen: Record<string, unknown>[] = []
  const server = await openHttpServer(t, async (request, response) => {
    const body = (await request.toArray()).join('')
    seen.push({ ...request.headers, body, url: request.url, method: request.method })
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(secret)
  })
  const { SecretString } = await readSecret(t, server.port)
  assert.equal(SecretString, 'geheim ß')
  const [call = {}] = seen
  assert.deepEqual(
    [call['method'], call['url'], call['body']],
    ['POST', '/', '{"SecretId":"höst"}'],
  )
  assert.equal(call['host'], `127.0.0.1:${server.port}`)
  assert.equal(call['content-length'], '20')
  assert.match(`${call['authorization']}`, /^AWS4-HMAC-SHA256 .*SignedHeaders=.*host.*x-amz-target/)
  assert.equal(call['x-amz-target'], 'secretsmanager.GetSecretValue')
})

test('an error that the service answers with is the one that the SDK throws', async (t) => {
  const server = await openHttpServer(t, (_request, response) => {
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' })
    response.end(JSON.stringify({ __type: 'ResourceNotFoundException', message: 'not here' }))
  })
  await assert.rejects(readSecret(t, server.port), { name: 'ResourceNotFoundException' })
})

test('a connection that is lost before the answer is tried once more by the SDK', async (t) => {
  const server = await openTcpServer(t, (socket, index) => {
    const answer = `HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(secret)}\r\n\r\n${secret}`
    socket.once('data', () => (index === 0 ? socket.resetAndDestroy() : socket.end(answer)))
  })
  const { SecretString } = await readSecret(t, server.port)
  assert.equal(SecretString, 'geheim ß')
  assert.equal(server.connections(), 2)
})

test('a call that is never answered ends at its own limit, and is tried once more', async (t) => {
  const server = await openTcpServer(t, () => {})
  const tooSoon = { connectionTimeout: hangMs, requestTimeout: 50 }
  await assert.rejects(readSecret(t, server.port, tooSoon), { name: 'TimeoutError' })
  await server.untilConnections(2)
  assert.equal(server.connections(), 2)
})

const request = { ...address, method: 'GET', path: '/p', headers: { Host: 'x', accept: '*/*' } }

test('a query is written behind the path, and one host alone', async (t) => {
  const server = await openHttpServer(t, ({ url, rawHeaders }, response) => {
    response.end(JSON.stringify([url, ...rawHeaders]))
  })
  const { port } = server
  const { response } = await openHandler(t).handle({
    ...request,
    port,
    query: { a: 'b c+', d: ['1', '2'], e: null },
  })
  const sent = [
    '/p?a=b%20c%2B&d=1&d=2&e',
    'accept',
    '*/*',
    'Host',
    `127.0.0.1:${port}`,
    'Connection',
    'keep-alive',
  ]
  assert.deepEqual(JSON.parse(response.body.toString()), sent)
})

test('a port of 0 is the usual one, as for an endpoint of credentials without a port', async (t) => {
  const call = openHandler(t).handle({ ...request, port: 0 })
  // Whatever listens there may have answered instead.
  const port = await call.then(
    () => 80,
    (thrown) => thrown.port,
  )
  assert.equal(port, 80)
})

for (const token of ['a\r\nx-evil: 1', 'a\nb', 'a\0', 'ö', 'Ω']) {
  test(`a header that would be ${JSON.stringify(token)} is refused before anything is sent`, async (t) => {
    const server = await openTcpServer(t, () => {})
    const headers = { 'x-amz-security-token': token }
    const call = openHandler(t).handle({ ...request, port: server.port, headers })
    await assert.rejects(call, { name: 'TypeError', message: /x-amz-security-token/ })
    assert.equal(server.connections(), 0)
  })
}

test('an abort, a refused connection and a response that is too large are errors of their own', async (t) => {
  const handler = openHandler(t)
  await assert.rejects(handler.handle({ ...request, port: closedPort }), { code: 'ECONNREFUSED' })
  const silent = await openTcpServer(t, () => {})
  const abortSignal = AbortSignal.abort()
  const aborted = handler.handle({ ...request, port: silent.port }, { abortSignal })
  await assert.rejects(aborted, { name: 'AbortError' })
  const large = await openHttpServer(t, (_request, response) => response.end('x'.repeat(2 ** 21)))
  const unread = handler.handle({ ...request, port: large.port })
  await assert.rejects(unread, { name: 'ResponseError', message: /too_large/ })
  const lost = await openTcpServer(t, (socket) => socket.once('data', () => socket.end()))
  const ended = handler.handle({ ...request, port: lost.port })
  await assert.rejects(ended, { name: 'TimeoutError', code: 'ECONNRESET' })
})

test('a limit that a call brings counts before that of its client', async (t) => {
  const { port } = await openTcpServer(t, () => {})
  const call = openHandler(t).handle({ ...request, port }, { requestTimeout: 50 })
  await assert.rejects(call, { name: 'TimeoutError' })
})
