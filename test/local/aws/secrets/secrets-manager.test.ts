import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager'
import { call, openWorld } from '../../../fixtures/local/aws-fixture.ts'
import { hangMs } from '../../../fixtures/patience.ts'

const SecretId = 'app/web'

test('a secret is read by name, by ARN, by ARN without its ending and by label', async (t) => {
  const { client, secrets } = await openWorld(t)
  const first = secrets.put(SecretId, 'one')
  const second = secrets.put(SecretId, 'two')
  const read = await client.send(new GetSecretValueCommand({ SecretId }))
  assert.deepEqual(
    [read.SecretString, read.VersionId, read.VersionStages, read.Name],
    ['two', second, ['AWSCURRENT'], SecretId],
  )
  assert.ok(Math.abs((read.CreatedDate?.getTime() ?? 0) - Date.now()) < 60_000)
  const arn = read.ARN ?? ''
  assert.match(arn, /^arn:aws:secretsmanager:eu-central-1:\d{12}:secret:app\/web-\w{6}$/)
  for (const [input, value] of [
    [{ SecretId: arn }, 'two'],
    [{ SecretId: arn.slice(0, -7) }, 'two'],
    [{ SecretId, VersionStage: 'AWSPREVIOUS' }, 'one'],
    [{ SecretId, VersionId: first }, 'one'],
    [{ SecretId, VersionId: second, VersionStage: 'AWSCURRENT' }, 'two'],
  ] as const) {
    const { SecretString } = await client.send(new GetSecretValueCommand(input))
    assert.equal(SecretString, value, JSON.stringify(input))
  }
})

test('a missing secret, label or version fails by name', async (t) => {
  const { client, secrets } = await openWorld(t)
  const id = secrets.put(SecretId, 'one')
  for (const [input, name] of [
    [{ SecretId: 'other' }, 'ResourceNotFoundException'],
    [{ SecretId, VersionStage: 'AWSPENDING' }, 'ResourceNotFoundException'],
    [{ SecretId, VersionId: randomUUID() }, 'ResourceNotFoundException'],
    [{ SecretId, VersionId: id, VersionStage: 'AWSPENDING' }, 'InvalidRequestException'],
  ] as const) {
    await assert.rejects(client.send(new GetSecretValueCommand(input)), { name })
  }
  secrets.markDeleted(SecretId)
  await assert.rejects(client.send(new GetSecretValueCommand({ SecretId })), {
    name: 'InvalidRequestException',
    message: /marked for deletion/,
  })
})

test('each fault breaks calls in its own way until `restore`', async (t) => {
  const { client, secrets } = await openWorld(t)
  secrets.put(SecretId, '{"client_id":"a","client_secret":"b"}')
  const read = () => client.send(new GetSecretValueCommand({ SecretId }))
  for (const [fault, name, status] of [
    ['secret_gone', 'ResourceNotFoundException', 400],
    ['secret_denied', 'AccessDeniedException', 400],
    ['secrets_down', 'InternalServiceError', 500],
  ] as const) {
    secrets.breakWith(fault)
    await assert.rejects(
      read(),
      (error: { name: string; $metadata: { httpStatusCode: number } }) => {
        assert.deepEqual([error.name, error.$metadata.httpStatusCode], [name, status])
        return true
      },
    )
  }
  secrets.breakWith('secret_broken', 1)
  const { SecretString = '' } = await read()
  assert.throws(() => JSON.parse(SecretString))
  assert.ok(JSON.parse((await read()).SecretString ?? ''))
  secrets.breakWith('secrets_down')
  secrets.restore()
  await read()
})

test('a stalled call is never answered, the one after it is', { timeout: hangMs }, async (t) => {
  const { client, secrets, endpoints } = await openWorld(t)
  secrets.put(SecretId, 'one')
  secrets.stall(1)
  const abort = new AbortController()
  const stalled = client.send(new GetSecretValueCommand({ SecretId }), {
    abortSignal: abort.signal,
  })
  const refused = assert.rejects(stalled, { name: 'AbortError' })
  while (endpoints.calls.length === 0) await new Promise(setImmediate)
  await client.send(new GetSecretValueCommand({ SecretId }))
  abort.abort()
  await refused
})

test('a delay is waited before each answer', async (t) => {
  const { client, secrets } = await openWorld(t)
  secrets.put(SecretId, 'one')
  secrets.delayMs = 50
  const startedAtMs = performance.now()
  await client.send(new GetSecretValueCommand({ SecretId }))
  assert.ok(performance.now() - startedAtMs >= 49)
})

test('an unsigned, unreadable or unknown call fails as AWS lets it fail', async (t) => {
  const { endpoints } = await openWorld(t)
  const target = 'secretsmanager.GetSecretValue'
  for (const [reply, type] of [
    [await call(endpoints.url, target, { SecretId }, ''), 'MissingAuthenticationTokenException'],
    [await call(endpoints.url, target, 'no json'), 'SerializationException'],
    [await call(endpoints.url, target, {}), 'ValidationException'],
    [await call(endpoints.url, 'secretsmanager.ListSecrets', {}), 'UnknownOperationException'],
    [await call(endpoints.url, 'Other.Nothing', {}), 'UnknownOperationException'],
  ] as const) {
    assert.equal(reply.status, 400)
    assert.equal(reply.headers.get('content-type'), 'application/x-amz-json-1.1')
    assert.match(reply.headers.get('x-amzn-requestid') ?? '', /^[0-9a-f-]{36}$/)
    assert.equal(JSON.parse(await reply.text()).__type, type)
  }
})

test('calls are kept, newest last and not without bound', async (t) => {
  const target = 'secretsmanager.GetSecretValue'
  const { endpoints } = await openWorld(t)
  for (let at = 0; at <= 1000; at += 1) {
    await (await call(endpoints.url, target, { SecretId: String(at) })).text()
  }
  assert.equal(endpoints.calls.length, 1000)
  const last = endpoints.calls.at(-1)
  assert.deepEqual([last?.target, last?.body], [target, { SecretId: '1000' }])
  assert.ok(last?.at instanceof Date)
})
