import { randomBytes } from 'node:crypto'
import type { AppClient, ClientSecret, PoolConfig } from '../user-pool/pool-config.ts'
import { awsError, type Input, type OperationResult, textOf } from './protocol.ts'

/** The most secrets of an app client at Cognito. */
const mostSecrets = 2
const secretForm = /^[\w+]{24,64}$/

/** Lists ids and dates; Cognito never gives the values here. */
export function listClientSecrets({ secrets }: AppClient): OperationResult {
  return { output: { ClientSecrets: secrets.map(toDescriptor) } }
}

/** Adds a second secret. Only a value that Cognito generated is in the answer, and only in this one. */
export function addClientSecret(
  pool: PoolConfig,
  client: AppClient,
  input: Input,
): OperationResult {
  const given = input['ClientSecret']
  if (given !== undefined && !(typeof given === 'string' && secretForm.test(given))) {
    return refuse(
      'Value at clientSecret failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+]{24,64}',
    )
  }
  if (client.clientType === 'DCR') {
    return refuse('Client secret operations are not supported for DCR clients.')
  }
  if (client.secrets.length === 0) return refuse('The app client has no client secret.')
  if (client.secrets.length >= mostSecrets) {
    const message = `An app client can have at most ${mostSecrets} client secrets.`
    return awsError('LimitExceededException', message)
  }
  // The same length and alphabet as Cognito's own.
  const made = typeof given === 'string' ? undefined : randomBytes(26).toString('hex')
  const secret = toSecret(pool, client, made ?? String(given))
  client.secrets = [...client.secrets, secret]
  const ClientSecretDescriptor = {
    ...toDescriptor(secret),
    ...(made !== undefined && { ClientSecretValue: made }),
  }
  return { output: { ClientSecretDescriptor } }
}

/** Deletes one of two secrets, which is no longer accepted from then on. */
export function deleteClientSecret(client: AppClient, input: Input): OperationResult {
  const id = textOf(input, 'ClientSecretId')
  if (id === undefined) return refuse('ClientSecretId is missing.')
  if (client.clientType === 'DCR') {
    return refuse('Client secret operations are not supported for DCR clients.')
  }
  if (!client.secrets.some((secret) => secret.id === id)) {
    return awsError('ResourceNotFoundException', `Client secret ${id} does not exist.`)
  }
  if (client.secrets.length === 1) return refuse('The last client secret cannot be deleted.')
  client.secrets = client.secrets.filter((secret) => secret.id !== id)
  return { output: {} }
}

function toSecret(pool: PoolConfig, client: AppClient, value: string): ClientSecret {
  const nowMs = Date.now()
  // The id is the second of creation, so two secrets of the same second would have the same id.
  const newestSeconds = Math.max(...client.secrets.map((secret) => secret.createdAtSeconds))
  const createdAtSeconds = Math.max(Math.floor(nowMs / 1000), newestSeconds + 1)
  const spreadMs = pool.secretSpreadMs ?? 0
  return {
    id: `${client.clientId}--${createdAtSeconds}`,
    ...{ value, createdAtSeconds, isAdded: true },
    ...(spreadMs > 0 && { worksFromMs: nowMs + spreadMs }),
  }
}

function toDescriptor({ id, createdAtSeconds }: ClientSecret) {
  return { ClientSecretId: id, ClientSecretCreateDate: createdAtSeconds }
}

function refuse(message: string): OperationResult {
  return awsError('InvalidParameterException', message)
}
