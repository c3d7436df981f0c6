import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toDeployment } from '../../infra/deployment.ts'
import { parseStage } from '../../infra/stage.ts'

test('a deployment for native apps alone has no CORS rules', () => {
  const parsed = parseStage({
    region: 'eu-central-1',
    clients: [
      {
        name: 'phone',
        clientId: 'client1',
        secretId: 'token-proxy/phone',
        domain: 'https://shop.auth.eu-central-1.amazoncognito.com',
        origins: [],
        allowNoOrigin: true,
        redirectUris: ['com.example.phone:/signed-in'],
      },
    ],
  })
  assert.ok(parsed.ok)
  const files = { oauth2: [], metadata: [], doctor: [] }
  assert.equal(toDeployment(parsed.stage, files).cors, false)
})
