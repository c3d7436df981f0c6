import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import {
  AddUserPoolClientSecretCommand,
  CognitoIdentityProviderClient,
  DeleteUserPoolClientSecretCommand,
  DescribeUserPoolClientCommand,
  ListUserPoolClientSecretsCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { awsError } from '../../../local/aws/protocol.ts'
import { openWorld } from '../../fixtures/local/aws-fixture.ts'

const UserPoolId = 'eu-central-1_a'
const ClientId = 'client1'
const names = { UserPoolId, ClientId }
const value = 'abcdefghijklmnopqrstuvw+_0123456789'

/** The pool's one app client with its original secret alone, and the real SDK in front of it. */
async function open(t: TestContext) {
  const { endpoints, pool } = await openWorld(t)
  const [client = assert.fail()] = pool.appClients
  client.secrets.pop()
  const cognito = new CognitoIdentityProviderClient({
    endpoint: endpoints.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'AKIA', secretAccessKey: 'x' },
    maxAttempts: 1,
  })
  t.after(() => cognito.destroy())
  return {
    ...{ pool, client, endpoints },
    add: (ClientSecret?: string) =>
      cognito.send(new AddUserPoolClientSecretCommand({ ...names, ClientSecret })),
    list: () => cognito.send(new ListUserPoolClientSecretsCommand(names)),
    remove: (ClientSecretId: string) =>
      cognito.send(new DeleteUserPoolClientSecretCommand({ ...names, ClientSecretId })),
    describe: async () =>
      (await cognito.send(new DescribeUserPoolClientCommand(names))).UserPoolClient,
  }
}

test('a secret of a given value is added without being told again', async (t) => {
  const { add, list, client } = await open(t)
  const { ClientSecretDescriptor: added } = await add(value)
  assert.match(added?.ClientSecretId ?? '', /^client1--\d{10}$/)
  assert.equal(added?.ClientSecretValue, undefined)
  assert.ok(added?.ClientSecretCreateDate instanceof Date)
  assert.equal(client.secrets.at(-1)?.value, value)
  const { ClientSecrets } = await list()
  assert.deepEqual(
    ClientSecrets?.map((secret) => [secret.ClientSecretId, secret.ClientSecretValue]),
    [
      ['client1--1', undefined],
      [added?.ClientSecretId, undefined],
    ],
  )
})

test('a secret that the pool makes is shown once, of the characters and the length of a given one', async (t) => {
  const { add, client, list } = await open(t)
  const { ClientSecretDescriptor } = await add()
  assert.match(ClientSecretDescriptor?.ClientSecretValue ?? '', /^[\w+]{24,64}$/)
  assert.equal(client.secrets.at(-1)?.value, ClientSecretDescriptor?.ClientSecretValue)
  for (const listed of (await list()).ClientSecrets ?? []) {
    assert.equal('ClientSecretValue' in listed, false)
  }
})

test('two secrets of one second have two ids', async (t) => {
  const { add, remove, client } = await open(t)
  const first = (await add(value)).ClientSecretDescriptor?.ClientSecretId ?? ''
  await remove('client1--1')
  const second = (await add(`${value}2`)).ClientSecretDescriptor?.ClientSecretId
  assert.notEqual(second, first)
  assert.equal(client.secrets.length, 2)
})

test('a third secret, an unusable value, and clients that may not have a second one are refused by name', async (t) => {
  const { add, client } = await open(t)
  for (const unusable of ['', 'short', 'x'.repeat(23), 'x'.repeat(65), `${'x'.repeat(24)}-`]) {
    await assert.rejects(add(unusable), { name: 'InvalidParameterException' }, unusable)
  }
  client.clientType = 'DCR'
  await assert.rejects(add(value), { name: 'InvalidParameterException', message: /DCR/ })
  client.clientType = 'REGULAR'
  await add(value)
  await assert.rejects(add(`${value}2`), { name: 'LimitExceededException' })
  client.secrets = []
  await assert.rejects(add(value), { name: 'InvalidParameterException' })
})

test('of two secrets either can be deleted, the last one cannot', async (t) => {
  const { add, remove, list, client } = await open(t)
  await assert.rejects(remove('client1--1'), { name: 'InvalidParameterException' })
  const added = (await add(value)).ClientSecretDescriptor?.ClientSecretId ?? ''
  await assert.rejects(remove('client1--7'), { name: 'ResourceNotFoundException' })
  await remove(added)
  assert.equal(client.secrets.length, 1)
  const again = (await add(value)).ClientSecretDescriptor?.ClientSecretId ?? ''
  await remove('client1--1')
  await assert.rejects(remove(again), { name: 'InvalidParameterException' })
  assert.equal((await list()).ClientSecrets?.length, 1)
})

test('the original secret is described while it is there, and after it no other one ever', async (t) => {
  const { add, remove, describe } = await open(t)
  assert.equal((await describe())?.ClientSecret, 'old')
  const first = (await add(value)).ClientSecretDescriptor?.ClientSecretId ?? ''
  assert.equal((await describe())?.ClientSecret, 'old')
  await remove('client1--1')
  assert.equal((await describe())?.ClientSecret, undefined)
  await add(`${value}2`)
  await remove(first)
  assert.equal((await describe())?.ClientSecret, undefined)
  assert.equal((await describe())?.ClientType, 'REGULAR')
})

test('one operation can be refused while the others work', async (t) => {
  const { add, list, endpoints } = await open(t)
  const target = 'AWSCognitoIdentityProviderService.AddUserPoolClientSecret'
  const failure = awsError('TooManyRequestsException', 'Rate exceeded')
  endpoints.refuse(target, 'error' in failure ? failure.error : assert.fail())
  await assert.rejects(add(value), { name: 'TooManyRequestsException' })
  await list()
  endpoints.refuse(target)
  await add(value)
})
