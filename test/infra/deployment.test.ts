import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toDeployment } from '../../infra/deployment.ts'
import { toRole } from '../../infra/role.ts'
import { parseStage } from '../../infra/stage.ts'

const arn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:token-proxy/web'

function toSecretResources(secretIds: readonly string[]): unknown {
  const [policy] = toRole('OwnLogGroup', secretIds).Properties['Policies'] as readonly {
    readonly PolicyDocument: { readonly Statement: readonly { readonly Resource: unknown }[] }
  }[]
  return policy?.PolicyDocument.Statement[1]?.Resource
}

test('a secret named by its whole ARN is granted as it stands', () => {
  assert.deepEqual(toSecretResources([`${arn}-a1B2c3`]), [`${arn}-a1B2c3`])
})

test('a secret named by an ARN without its random end is granted with any such end', () => {
  assert.deepEqual(toSecretResources([arn]), [`${arn}-??????`])
})

test('a secret that two clients share is granted once', () => {
  assert.deepEqual(toSecretResources([arn, arn]), [`${arn}-??????`])
})

test('a deployment for native apps alone has no CORS rules', () => {
  const parsed = parseStage({
    region: 'eu-central-1',
    clients: [
      {
        name: 'phone',
        clientId: 'client1',
        secretId: arn,
        domain: 'https://shop.auth.eu-central-1.amazoncognito.com',
        origins: [],
        allowNoOrigin: true,
        redirectUris: ['com.example.phone:/signed-in'],
      },
    ],
  })
  assert.ok(parsed.ok)
  const files = { oauth2: ['dist/functions/oauth2.mjs'] }
  assert.equal(toDeployment(parsed.stage, files).cors, false)
})
