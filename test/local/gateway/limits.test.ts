import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestGateway, send } from '../../fixtures/local/gateway-fixture.ts'

const ok = 'export const handler = async () => "ok"'
const megabyte = 1024 * 1024

test('a body of more than 10 MB is answered 413', async (t) => {
  const { url, sandboxes } = await openTestGateway(t, ok)
  const reply = await send(url, { body: Buffer.alloc(10 * megabyte + 1) })
  assert.equal(reply.status, 413)
  assert.equal(reply.text, '{"message":"Request Entity Too Large"}')
  assert.equal(sandboxes(), 0)
})

test('a body that makes an event of more than 6 MB is answered 413: base64 adds a third', async (t) => {
  const { url } = await openTestGateway(t, ok)
  for (const [type, bytes, status] of [
    ['text/plain', 5.9 * megabyte, 200],
    ['text/plain', 6 * megabyte, 413],
    ['application/octet-stream', 4.4 * megabyte, 200],
    ['application/octet-stream', 4.6 * megabyte, 413],
  ] as const) {
    const headers = { 'content-type': type }
    const reply = await send(url, { headers, body: Buffer.alloc(Math.floor(bytes), 'a') })
    assert.equal(reply.status, status, `${bytes} bytes of ${type}`)
  }
})

test('an answer of more than 6 MB is answered 500', async (t) => {
  const { url } = await openTestGateway(
    t,
    `export const handler = async (event) => 'a'.repeat(Number(event.rawQueryString))`,
  )
  const most = 6 * megabyte + 100 - '""'.length
  for (const [length, status] of [
    [most, 200],
    [most + 1, 500],
  ] as const) {
    assert.equal((await send(url, { path: `/oauth2/token?${length}` })).status, status)
  }
})

test('a request line and header values of more than 10,240 bytes together are answered 431', async (t) => {
  const { url } = await openTestGateway(t, ok)
  const head = ['GET /oauth2/token HTTP/1.1', 'x', 'close'].join('')
  const most = 10_240 - head.length
  for (const [length, status] of [
    [most, 200],
    [most + 1, 431],
  ] as const) {
    const headers = ['Host', 'x', 'Connection', 'close', 'X-Long', 'a'.repeat(length)]
    assert.equal((await send(url, { method: 'GET', headers })).status, status)
  }
})
