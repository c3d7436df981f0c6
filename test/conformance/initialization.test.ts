import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openHttpServer } from '../fixtures/adapters/loopback-servers.ts'
import { assertFailure } from '../fixtures/conformance/contract.ts'
import { codeGrant, openProxy } from '../fixtures/conformance/proxy.ts'

const env = { AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand' }

test('the first request of a sandbox finds the secret that was read while Lambda initialised it', async (t) => {
  const proxy = await openProxy({ env, concurrency: 1 })
  t.after(() => proxy.close())
  proxy.upstream.script({ status: 200, body: { access_token: 'access', token_type: 'Bearer' } })
  const reply = await proxy.send({ body: codeGrant() })
  assert.equal(reply.status, 200)
  const [record] = proxy.records()
  // A success says where its secret came from only if that was not the cache.
  assert.deepEqual([record?.['cold_start'], record?.['secret_source']], [true, undefined])
  assert.equal(proxy.secretCalls(), 1)
})

test('if the secret cannot be read while Lambda initialises, the first request says why', async (t) => {
  const proxy = await openProxy({ env, concurrency: 1 })
  t.after(() => proxy.close())
  proxy.secrets.breakWith('secret_denied')
  const reply = await proxy.send({ body: codeGrant() })
  assertFailure(reply, proxy.records()[0], { cause: 'secret_access_denied' })
  assert.equal(proxy.secretCalls(), 1)
})

test('if the platform names an endpoint of credentials, the secret is read with those', async (t) => {
  const asked: unknown[] = []
  const server = await openHttpServer(t, (request, response) => {
    asked.push(request.url, request.headers.authorization)
    const Expiration = new Date(Date.now() + 3_600_000).toISOString()
    response.end(JSON.stringify({ AccessKeyId: 'a', SecretAccessKey: 'b', Token: 'c', Expiration }))
  })
  const endpoint = {
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${server.port}/v2/credentials?x=y`,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: 'platform',
  }
  const proxy = await openProxy({ env: { ...env, ...endpoint }, concurrency: 1 })
  t.after(() => proxy.close())
  proxy.upstream.script({ status: 200, body: { access_token: 'access', token_type: 'Bearer' } })
  assert.equal((await proxy.send({ body: codeGrant() })).status, 200)
  assert.deepEqual(asked, ['/v2/credentials?x=y', 'platform'])
  assert.equal(proxy.secretCalls(), 1)
})
