import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  DecryptionFailure,
  GetSecretValueCommand,
  InternalServiceError,
  InvalidParameterException,
  InvalidRequestException,
  ResourceNotFoundException,
  SecretsManagerClient,
  SecretsManagerServiceException,
} from '@aws-sdk/client-secrets-manager'
import { mockClient } from 'aws-sdk-client-mock'
import { openSecretsManager } from '../../adapters/secrets-manager.ts'

const canary = 'canary-in-a-message'
const base = { message: canary, $metadata: {} }

/** What the service throws for a name that has no class of its own in the SDK. */
const unmodelled = (name: string) =>
  new SecretsManagerServiceException({ ...base, name, $fault: 'client' })

/** What the SDK throws before or instead of an answer. */
const thrownBySdk = (name: string, code?: string) =>
  Object.assign(new Error(canary), { name }, code === undefined ? {} : { code })

function openMocked() {
  const client = new SecretsManagerClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'loopback', secretAccessKey: 'loopback' },
  })
  return { double: mockClient(client), manager: openSecretsManager(1000, client) }
}

test('a secret is asked for by its id alone and given as text', async () => {
  const { double, manager } = openMocked()
  double.on(GetSecretValueCommand).resolves({ SecretString: 'text' })
  assert.deepEqual(await manager.read('token-proxy/web', 1000), { ok: true, value: 'text' })
  const [call] = double.commandCalls(GetSecretValueCommand)
  assert.deepEqual(call?.args[0].input, { SecretId: 'token-proxy/web' })
})

test('a labelled version is asked for by its label', async () => {
  const { double, manager } = openMocked()
  double.on(GetSecretValueCommand).resolves({ SecretString: 'text' })
  await manager.read('token-proxy/web', 1000, 'AWSPREVIOUS')
  const [call] = double.commandCalls(GetSecretValueCommand)
  const input = { SecretId: 'token-proxy/web', VersionStage: 'AWSPREVIOUS' }
  assert.deepEqual(call?.args[0].input, input)
})

test('a version is given with its id and the time of its creation', async () => {
  const { double, manager } = openMocked()
  double.on(GetSecretValueCommand).resolves({
    ...{ SecretString: 'text', VersionId: 'v1', CreatedDate: new Date(1000) },
  })
  const value = { versionId: 'v1', createdAtMs: 1000, text: 'text' }
  assert.deepEqual(await manager.readVersion('a', 1000, 'AWSPENDING'), { ok: true, value })
  const [call] = double.commandCalls(GetSecretValueCommand)
  assert.deepEqual(call?.args[0].input, { SecretId: 'a', VersionStage: 'AWSPENDING' })
})

test('a binary secret is not read as text', async () => {
  const { double, manager } = openMocked()
  double.on(GetSecretValueCommand).resolves({ SecretBinary: Buffer.from('bytes') })
  assert.deepEqual(await manager.read('token-proxy/web', 1000), { ok: true, value: undefined })
})

const failures: readonly (readonly [thrown: unknown, seen: string])[] = [
  [new ResourceNotFoundException(base), 'secret_not_found'],
  [new InvalidRequestException(base), 'secret_not_found marked_for_deletion'],
  [unmodelled('AccessDeniedException'), 'secret_access_denied'],
  [unmodelled('AccessDenied'), 'secret_access_denied'],
  [new DecryptionFailure(base), 'secret_access_denied decryption_denied'],
  ...[
    ...['ExpiredTokenException', 'IncompleteSignature', 'InvalidClientTokenId'],
    ...['InvalidSignatureException', 'MissingAuthenticationTokenException'],
    ...['RequestExpired', 'SignatureDoesNotMatch', 'UnrecognizedClientException'],
  ].map((name) => [unmodelled(name), 'secret_access_denied credentials_rejected'] as const),
  [thrownBySdk('CredentialsProviderError'), 'secret_access_denied credentials_rejected'],
  [new InternalServiceError(base), 'secret_unavailable answered_error'],
  [new InvalidParameterException(base), 'secret_not_found name_invalid'],
  [unmodelled('ValidationException'), 'secret_not_found name_invalid'],
  [unmodelled('ThrottlingException'), 'secret_throttled'],
  [unmodelled('SomethingNew'), 'secret_unavailable answered_error'],
  [thrownBySdk('Error', 'ECONNREFUSED'), 'secret_unavailable no_answer'],
  [thrownBySdk('Error', 'ENOTFOUND'), 'secret_unavailable no_answer'],
  [thrownBySdk('TimeoutError'), 'secret_unavailable no_answer'],
  [thrownBySdk('AbortError'), 'secret_unavailable no_answer'],
  ['no error at all', 'secret_unavailable no_answer'],
]

for (const [thrown, seen] of failures) {
  const says = thrown instanceof Error ? [thrown.name, toCode(thrown)].join(' ') : String(thrown)
  test(`${says.trim()} is ${seen}, and nothing of its text is kept`, async () => {
    const { double, manager } = openMocked()
    double.on(GetSecretValueCommand).callsFake(() => {
      throw thrown
    })
    const read = await manager.read('token-proxy/web', 1000)
    assert.ok(!read.ok)
    assert.equal([read.cause, ...read.evidence].join(' '), seen)
    assert.doesNotMatch(JSON.stringify(read), new RegExp(canary))
  })
}

function toCode(thrown: Error): string {
  return 'code' in thrown ? String(thrown.code) : ''
}

test('a read that is not answered in its time is aborted', async () => {
  const { double, manager } = openMocked()
  let isAborted = false
  double.on(GetSecretValueCommand).callsFake(() => {
    const [, options]: readonly unknown[] = double.call(0).args
    const signal = Object(options).abortSignal
    assert.ok(signal instanceof AbortSignal)
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        isAborted = true
        reject(thrownBySdk('AbortError'))
      })
    })
  })
  const read = await manager.read('token-proxy/web', 5)
  assert.ok(isAborted)
  assert.ok(!read.ok)
  assert.deepEqual([read.cause, read.evidence], ['secret_unavailable', ['no_answer']])
})

test('the Region in which secrets are read is that of the client, or none', async () => {
  assert.equal(await openMocked().manager.region(), 'eu-central-1')
  const region = (): Promise<string> => Promise.reject(new Error(canary))
  const nowhere = new SecretsManagerClient({ region })
  assert.equal(await openSecretsManager(1000, nowhere).region(), undefined)
})

test('closing closes the client of the SDK', () => {
  let isDestroyed = false
  const client = new SecretsManagerClient({ region: 'eu-central-1' })
  client.destroy = () => {
    isDestroyed = true
  }
  openSecretsManager(1000, client).close()
  assert.ok(isDestroyed)
})
