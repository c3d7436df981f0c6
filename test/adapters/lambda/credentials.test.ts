import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { defaultProvider } from '../../../adapters/lambda/credentials.ts'
import { openHttpServer } from '../../fixtures/adapters/loopback-servers.ts'

/** Sets variables of the process until the test ends; undefined takes one away. */
function setVariables(t: TestContext, variables: Readonly<Record<string, string | undefined>>) {
  const before = { ...process.env }
  t.after(() => {
    process.env = before
  })
  const kept = { ...before, ...variables }
  process.env = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined))
}

test('the credentials in the environment are used as they are', async (t) => {
  setVariables(t, {
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'key',
    AWS_SESSION_TOKEN: 'token',
    AWS_CONTAINER_CREDENTIALS_FULL_URI: undefined,
  })
  const { accessKeyId, secretAccessKey, sessionToken } = await defaultProvider()()
  assert.deepEqual([accessKeyId, secretAccessKey, sessionToken], ['id', 'key', 'token'])
})

/** Opens the endpoint of a platform that renews credentials; they end after so many milliseconds. */
async function openEndpoint(t: TestContext, endsInMs: number) {
  const asked: (string | undefined)[] = []
  const { port } = await openHttpServer(t, (request, response) => {
    asked.push(request.headers.authorization)
    const Expiration = new Date(Date.now() + endsInMs).toISOString()
    const keys = { AccessKeyId: `id-${asked.length}`, SecretAccessKey: 'key', Token: 'token' }
    response.end(JSON.stringify({ ...keys, Expiration }))
  })
  setVariables(t, {
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${port}/credentials`,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: 'platform',
  })
  return asked
}

test('if the platform names an endpoint, its credentials are fetched once and kept', async (t) => {
  const asked = await openEndpoint(t, 3_600_000)
  const provide = defaultProvider()
  assert.equal((await provide()).accessKeyId, 'id-1')
  assert.equal((await provide()).accessKeyId, 'id-1')
  assert.deepEqual(asked, ['platform'])
})

test('credentials that end within five minutes are asked for again', async (t) => {
  const asked = await openEndpoint(t, 60_000)
  const provide = defaultProvider()
  await provide()
  await provide()
  assert.equal((await provide()).accessKeyId, `id-${asked.length}`)
  assert.ok(asked.length >= 2)
})
