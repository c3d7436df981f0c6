import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import {
  findFreePorts,
  readReadmeCommand,
  startNpm,
  waitUntilClosed,
} from '../fixtures/end-to-end/npm-command.ts'
import { hangMs } from '../fixtures/patience.ts'

const clientId = '7of0another1world23456789'
const secret = 'of_another_world_0123456789'
const origin = 'https://app.example'
const redirectUri = `${origin}/callback`

async function listen(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A token endpoint that takes nothing but the right Basic value. */
const tokenEndpoint: RequestListener = (request, response) => {
  const basic = `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`
  const isRight = request.url === '/oauth2/token' && request.headers.authorization === basic
  request.resume()
  response.writeHead(isRight ? 200 : 400, { 'content-type': 'application/json' })
  const tokens = { access_token: 'access', id_token: 'id', token_type: 'Bearer', expires_in: 3600 }
  response.end(JSON.stringify(isRight ? tokens : { error: 'invalid_client' }))
}

/** A Secrets Manager that holds one secret. */
const secretsManager: RequestListener = (request, response) => {
  assert.equal(request.headers['x-amz-target'], 'secretsmanager.GetSecretValue')
  request.resume()
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
  const SecretString = JSON.stringify({ client_id: clientId, client_secret: secret })
  response.end(JSON.stringify({ Name: 'a/secret', VersionId: 'v'.repeat(32), SecretString }))
}

async function toEnvironment(t: TestContext): Promise<Record<string, string>> {
  return {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'any',
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: await listen(t, secretsManager),
    TOKEN_PROXY_CLIENTS: JSON.stringify([
      {
        name: 'other',
        clientId,
        secretId: 'a/secret',
        domain: await listen(t, tokenEndpoint),
        origins: [origin],
        redirectUris: [redirectUri],
      },
    ]),
  }
}

test('npm run gateway serves the functions with nothing but its environment, until SIGTERM', {
  timeout: hangMs,
}, async (t) => {
  const port = await findFreePorts(1)
  const gateway = startNpm(
    t,
    readReadmeCommand('npm run gateway -- --port 8787', port),
    await toEnvironment(t),
  )
  const url = `http://127.0.0.1:${port}`
  await gateway.line((line) => line === `listening on ${url}`)
  const answer = await fetch(`${url}/oauth2/token`, {
    method: 'POST',
    headers: { origin },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      code: 'the-code',
      redirect_uri: redirectUri,
      code_verifier: 'v'.repeat(43),
    }),
  })
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('access-control-allow-origin'), origin)
  const tokens = { access_token: 'access', id_token: 'id', token_type: 'Bearer', expires_in: 3600 }
  assert.deepEqual(await answer.json(), tokens)

  const requestId = answer.headers.get('x-request-id') ?? 'none'
  const written = await gateway.line((line) => line.includes('"outcome"'))
  const record = JSON.parse(written) as Record<string, unknown>
  assert.equal(record['request_id'], requestId)
  assert.equal(record['outcome'], 'ok')
  assert.equal(record['client'], 'other')

  await gateway.terminate()
  await waitUntilClosed(port)
  const ready = gateway.lines.indexOf(`listening on ${url}`)
  const output = gateway.lines.slice(ready + 1)
  assert.ok(
    output.some((line) => line.includes('"_aws"')),
    'metrics are written too',
  )
  for (const line of output) assert.doesNotThrow(() => JSON.parse(line), `unchanged: ${line}`)
  assert.ok(!output.join('\n').includes(secret))
})
