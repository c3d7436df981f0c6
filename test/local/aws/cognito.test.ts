import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makePool, openWorld, call as rawCall } from '../../fixtures/local/aws-fixture.ts'
import { hangMs } from '../../fixtures/patience.ts'

const UserPoolId = 'eu-central-1_a'
const ClientId = 'client1'

function call(url: string, operation: string, input: unknown): Promise<Response> {
  return rawCall(url, `AWSCognitoIdentityProviderService.${operation}`, input)
}

test('an app client is described in the words of the API, with the secret that it was made with', async (t) => {
  const { endpoints } = await openWorld(t)
  const reply = await call(endpoints.url, 'DescribeUserPoolClient', { UserPoolId, ClientId })
  assert.equal(reply.status, 200)
  assert.deepEqual(JSON.parse(await reply.text()), {
    UserPoolClient: {
      UserPoolId,
      ClientName: 'Web',
      ClientId,
      ClientType: 'REGULAR',
      ClientSecret: 'old',
      CreationDate: 1,
      LastModifiedDate: 2,
      RefreshTokenValidity: 86400,
      AccessTokenValidity: 3600,
      IdTokenValidity: 3600,
      TokenValidityUnits: { AccessToken: 'seconds', IdToken: 'seconds', RefreshToken: 'seconds' },
      ReadAttributes: ['email'],
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      SupportedIdentityProviders: ['COGNITO'],
      CallbackURLs: ['https://app.example/callback'],
      LogoutURLs: ['https://app.example/'],
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid'],
      AllowedOAuthFlowsUserPoolClient: true,
      EnableTokenRevocation: true,
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
    },
  })
})

test('a public client without rotation has neither field', async (t) => {
  const { endpoints, pool } = await openWorld(t)
  for (const client of pool.appClients) {
    client.secrets = []
    client.refreshTokenRotation = undefined
  }
  const reply = await call(endpoints.url, 'DescribeUserPoolClient', { UserPoolId, ClientId })
  const { UserPoolClient } = JSON.parse(await reply.text())
  assert.equal('ClientSecret' in UserPoolClient, false)
  assert.equal('RefreshTokenRotation' in UserPoolClient, false)
  assert.equal(typeof UserPoolClient.CreationDate, 'number')
})

test('once its original secret is deleted none is described, and the one that was added is still listed', async (t) => {
  const { endpoints, pool } = await openWorld(t)
  for (const client of pool.appClients) client.secrets.shift()
  const described = await call(endpoints.url, 'DescribeUserPoolClient', { UserPoolId, ClientId })
  assert.equal('ClientSecret' in JSON.parse(await described.text()).UserPoolClient, false)
  const listed = await call(endpoints.url, 'ListUserPoolClientSecrets', { UserPoolId, ClientId })
  assert.equal(JSON.parse(await listed.text()).ClientSecrets.length, 1)
})

test('the secrets of a client are listed without their values', async (t) => {
  const { endpoints } = await openWorld(t)
  const reply = await call(endpoints.url, 'ListUserPoolClientSecrets', { UserPoolId, ClientId })
  assert.deepEqual(JSON.parse(await reply.text()), {
    ClientSecrets: [
      { ClientSecretId: 'client1--1', ClientSecretCreateDate: 1 },
      { ClientSecretId: 'client1--2', ClientSecretCreateDate: 2 },
    ],
  })
})

test('a pool is described in its state at the time of the call', async (t) => {
  const { endpoints, pool } = await openWorld(t)
  pool.name = 'Renamed'
  const reply = await call(endpoints.url, 'DescribeUserPool', { UserPoolId })
  const { UserPool } = JSON.parse(await reply.text())
  assert.deepEqual([UserPool.Id, UserPool.Name], [UserPoolId, 'Renamed'])
  assert.deepEqual(UserPool.LambdaConfig, { PreTokenGeneration: 'arn:aws:lambda:x' })
  assert.equal(UserPool.DeviceConfiguration.ChallengeRequiredOnNewDevice, true)
})

test('a domain names the pool that has it, an unknown one has an empty description', async (t) => {
  const { endpoints, pool } = await openWorld(t)
  pool.domainPoolId = 'eu-central-1_b'
  const reply = await call(endpoints.url, 'DescribeUserPoolDomain', { Domain: 'd' })
  const { DomainDescription } = JSON.parse(await reply.text())
  assert.deepEqual(
    [DomainDescription.Domain, DomainDescription.UserPoolId, DomainDescription.Status],
    ['d', 'eu-central-1_b', 'ACTIVE'],
  )
  const other = await openWorld(t, { pools: [makePool(), makePool()] })
  const unknown = await call(other.endpoints.url, 'DescribeUserPoolDomain', { Domain: 'd' })
  assert.deepEqual(
    [unknown.status, JSON.parse(await unknown.text())],
    [200, { DomainDescription: {} }],
  )
})

test('an unknown pool or client does not exist', async (t) => {
  const { endpoints } = await openWorld(t)
  for (const [input, message] of [
    [{ UserPoolId: 'eu-central-1_z', ClientId }, 'User pool eu-central-1_z does not exist.'],
    [{ UserPoolId, ClientId: 'z' }, 'User pool client z does not exist.'],
  ] as const) {
    const reply = await call(endpoints.url, 'DescribeUserPoolClient', input)
    assert.equal(reply.status, 400)
    assert.deepEqual(JSON.parse(await reply.text()), {
      __type: 'ResourceNotFoundException',
      message,
    })
  }
})

test('Cognito can be denied and silenced', { timeout: hangMs }, async (t) => {
  const { endpoints } = await openWorld(t)
  endpoints.denyCognito(true)
  const denied = await call(endpoints.url, 'DescribeUserPool', { UserPoolId })
  assert.deepEqual(
    [denied.status, JSON.parse(await denied.text()).__type],
    [400, 'AccessDeniedException'],
  )
  endpoints.denyCognito(false)
  endpoints.silenceCognito(true)
  const silent = assert.rejects(call(endpoints.url, 'DescribeUserPool', { UserPoolId }))
  while (endpoints.calls.length < 2) await new Promise(setImmediate)
  await endpoints.close()
  await silent
})

test('a request that is no AWS call goes to the user pool, or is not found', async (t) => {
  const { endpoints } = await openWorld(t, {
    answerOther: (request, response) => {
      if (request.url !== '/known') return false
      response.end('known')
      return true
    },
  })
  assert.equal(await (await fetch(`${endpoints.url}/known`)).text(), 'known')
  assert.equal((await fetch(`${endpoints.url}/other`)).status, 404)
})
