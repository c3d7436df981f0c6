import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager'
import { openWorld } from '../../../fixtures/local/aws-fixture.ts'

const SecretId = 'app/web'
const invalid = { name: 'InvalidParameterException' }

test('a new value becomes the current one, the one before it the previous, and the one before that has no label', async (t) => {
  const { client, secrets } = await openWorld(t)
  const first = secrets.put(SecretId, 'one')
  const put = async (SecretString: string) =>
    (await client.send(new PutSecretValueCommand({ SecretId, SecretString }))).VersionId ?? ''
  const second = await put('two')
  const third = await put('three')
  const described = await client.send(new DescribeSecretCommand({ SecretId }))
  assert.deepEqual(described.VersionIdsToStages, {
    [second]: ['AWSPREVIOUS'],
    [third]: ['AWSCURRENT'],
  })
  assert.equal(described.RotationEnabled, undefined)
  assert.ok(described.LastChangedDate instanceof Date)
  const deprecated = await client.send(new GetSecretValueCommand({ SecretId, VersionId: first }))
  assert.deepEqual([deprecated.SecretString, deprecated.VersionStages], ['one', []])
})

test('a value put twice with one token is put once, another value with that token is refused', async (t) => {
  const { client, secrets } = await openWorld(t)
  secrets.put(SecretId, 'one')
  const ClientRequestToken = randomUUID()
  const put = (SecretString: string) =>
    client.send(
      new PutSecretValueCommand({
        ...{ SecretId, SecretString, ClientRequestToken },
        VersionStages: ['AWSPENDING'],
      }),
    )
  const answer = await put('two')
  assert.deepEqual([answer.VersionId, answer.VersionStages], [ClientRequestToken, ['AWSPENDING']])
  assert.equal((await put('two')).VersionId, ClientRequestToken)
  await assert.rejects(put('three'), { name: 'ResourceExistsException' })
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }))
  assert.equal(SecretString, 'one')
  assert.equal(secrets.secrets.get(SecretId)?.versions.size, 2)
})

test('a label moves only from the version that has it, and only with that version named', async (t) => {
  const { client, secrets } = await openWorld(t)
  const first = secrets.put(SecretId, 'one')
  const second = randomUUID()
  const pending = { SecretString: 'two', VersionStages: ['AWSPENDING'] }
  await client.send(new PutSecretValueCommand({ SecretId, ClientRequestToken: second, ...pending }))
  const move = (VersionStage: string, MoveToVersionId?: string, RemoveFromVersionId?: string) =>
    client.send(
      new UpdateSecretVersionStageCommand({
        ...{ SecretId, VersionStage, MoveToVersionId, RemoveFromVersionId },
      }),
    )
  await assert.rejects(move('AWSCURRENT', second), { ...invalid, message: new RegExp(first) })
  await assert.rejects(move('AWSCURRENT', second, second), invalid)
  await assert.rejects(move('AWSCURRENT'), invalid)
  await assert.rejects(move('AWSCURRENT', undefined, first), {
    ...invalid,
    message: /can't be completely removed/,
  })
  await assert.rejects(move('AWSCURRENT', randomUUID(), first), {
    name: 'ResourceNotFoundException',
  })
  await move('AWSCURRENT', second, first)
  // The answer was lost, say: the label is where it belongs, but no longer where it is to leave.
  await assert.rejects(move('AWSCURRENT', second, first), invalid)
  await move('AWSCURRENT', second)
  await move('AWSPENDING', undefined, second)
  const { VersionIdsToStages } = await client.send(new DescribeSecretCommand({ SecretId }))
  assert.deepEqual(VersionIdsToStages, { [first]: ['AWSPREVIOUS'], [second]: ['AWSCURRENT'] })
})

test('a secret is created once, with a value or without', async (t) => {
  const { client, secrets } = await openWorld(t)
  const ClientRequestToken = randomUUID()
  const create = (Name: string, SecretString?: string) =>
    client.send(new CreateSecretCommand({ Name, SecretString, ClientRequestToken }))
  const made = await create(SecretId, 'one')
  assert.deepEqual([made.Name, made.VersionId], [SecretId, ClientRequestToken])
  assert.equal((await create(SecretId, 'one')).VersionId, ClientRequestToken)
  await assert.rejects(create(SecretId, 'two'), { name: 'ResourceExistsException' })
  assert.equal((await create('app/empty')).VersionId, undefined)
  await assert.rejects(client.send(new GetSecretValueCommand({ SecretId: 'app/empty' })), {
    name: 'ResourceNotFoundException',
  })
  secrets.markDeleted(SecretId)
  await assert.rejects(create(SecretId, 'one'), { name: 'InvalidRequestException' })
  const described = await client.send(new DescribeSecretCommand({ SecretId }))
  assert.ok(described.DeletedDate instanceof Date)
})

test('a call without a value, with a short token or without labels is refused', async (t) => {
  const { client, secrets } = await openWorld(t)
  secrets.put(SecretId, 'one')
  for (const [input, name] of [
    [{ SecretId }, 'InvalidRequestException'],
    [{ SecretId, SecretString: 'two', ClientRequestToken: 'short' }, invalid.name],
    [{ SecretId, SecretString: 'two', VersionStages: [] }, invalid.name],
    [{ SecretId: 'other', SecretString: 'two' }, 'ResourceNotFoundException'],
  ] as const) {
    const command = new PutSecretValueCommand({
      ...input,
      VersionStages: undefined,
      ...toStages(input),
    })
    await assert.rejects(client.send(command), { name }, JSON.stringify(input))
  }
})

function toStages(input: object): { VersionStages?: string[] } {
  return 'VersionStages' in input ? { VersionStages: [] } : {}
}

test('of the versions without a label only the newest hundred are kept', async (t) => {
  const { secrets } = await openWorld(t)
  const first = secrets.put(SecretId, 'one')
  for (let at = 0; at < 110; at += 1) secrets.put(SecretId, String(at))
  const versions = secrets.secrets.get(SecretId)?.versions
  assert.equal(versions?.size, 102)
  assert.equal(versions?.has(first), false)
})
