import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toTemplate } from '../../infra/deployment.ts'
import { parseStage } from '../../infra/stage.ts'

const phone = {
  name: 'phone',
  clientId: 'client1',
  secretId: 'token-proxy/phone',
  domain: 'https://shop.auth.eu-central-1.amazoncognito.com',
  origins: [] as readonly string[],
  allowNoOrigin: true,
  redirectUris: ['com.example.phone:/signed-in'],
}

function toCorsOf(client: object, more: object = {}) {
  const parsed = parseStage({ region: 'eu-central-1', clients: [client], ...more })
  assert.ok(parsed.ok)
  return toTemplate(parsed.stage).Resources['HttpApi']?.Properties['CorsConfiguration']
}

test('a deployment without an origin of the web has no CORS rules', () => {
  assert.equal(toCorsOf(phone), undefined)
  assert.equal(toCorsOf({ ...phone, origins: [`chrome-extension://${'a'.repeat(32)}`] }), undefined)
})

test('a stage adds headers of its own to those that pages may send', () => {
  const cors = toCorsOf({ ...phone, origins: ['https://a.example'] }, { corsHeaders: ['x-own'] })
  const allowed = Object(cors)['AllowHeaders']
  assert.ok(allowed.includes('x-own') && allowed.includes('traceparent'))
})
