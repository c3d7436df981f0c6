import {
  GetSecretValueCommand,
  SecretsManagerClient,
  SecretsManagerServiceException,
} from '@aws-sdk/client-secrets-manager'
import { type Failure, fail, type Result } from '../core/causes/catalogue.ts'
import { waitWithin } from './time-limit.ts'

/** Reads secrets as text, the current version unless told; `undefined` is a secret that holds bytes. */
export interface SecretsManager {
  readonly read: (
    secretId: string,
    timeoutMs: number,
    stage?: SecretStage,
  ) => Promise<Result<string | undefined>>
  /** Reads a version, the current one unless told, and what tells it from the others. */
  readonly readVersion: (
    secretId: string,
    timeoutMs: number,
    stage?: SecretStage,
  ) => Promise<Result<StoredVersion>>
  /** Gives the Region in which it reads; undefined where none is set. */
  readonly region: () => Promise<string | undefined>
  readonly close: () => void
}

/** One version of a secret. */
export interface StoredVersion {
  readonly versionId: string
  /** 0 where Secrets Manager told no date. */
  readonly createdAtMs: number
  /** Undefined for a secret that holds bytes. */
  readonly text: string | undefined
}

/** The labels that Secrets Manager gives the versions of a secret while it is rolled. */
export type SecretStage = 'AWSCURRENT' | 'AWSPREVIOUS' | 'AWSPENDING'

/** One quick second attempt by the SDK; longer waits are the back-off's, between requests. */
const attempts = 2

/** Opens Secrets Manager through the SDK; endpoint, Region and credentials follow its own variables. */
export function openSecretsManager(
  timeoutMs: number,
  client: SecretsManagerClient = new SecretsManagerClient({
    maxAttempts: attempts,
    requestHandler: {
      connectionTimeout: Math.ceil(timeoutMs / attempts),
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
    },
  }),
): SecretsManager {
  const readVersion = (secretId: string, leftMs: number, stage?: SecretStage) => {
    const abort = new AbortController()
    const version = stage === undefined ? {} : { VersionStage: stage }
    const command = new GetSecretValueCommand({ SecretId: secretId, ...version })
    return waitWithin(sendRead(client, command, abort.signal), leftMs, () => {
      abort.abort()
      return fail('secret_unavailable', { evidence: ['no_answer'] })
    })
  }
  return {
    read: async (secretId, leftMs, stage) => {
      const version = await readVersion(secretId, leftMs, stage)
      return version.ok ? { ok: true, value: version.value.text } : version
    },
    readVersion,
    region: () => client.config.region().catch(() => undefined),
    close: () => client.destroy(),
  }
}

async function sendRead(
  client: SecretsManagerClient,
  command: GetSecretValueCommand,
  abortSignal: AbortSignal,
): Promise<Result<StoredVersion>> {
  try {
    const answer = await client.send(command, { abortSignal })
    const { VersionId = '', CreatedDate, SecretString } = answer
    const createdAtMs = CreatedDate?.getTime() ?? 0
    return { ok: true, value: { versionId: VersionId, createdAtMs, text: SecretString } }
  } catch (thrown) {
    return toSecretFailure(thrown)
  }
}

/** What judges an error is a chunk of its own: most reads have none. */
async function toSecretFailure(thrown: unknown): Promise<Failure> {
  const { judgeSecretError } = await import('../core/secret-error.ts')
  const { name, message } = thrown instanceof Error ? thrown : { name: '', message: '' }
  const isAnswered = thrown instanceof SecretsManagerServiceException
  return judgeSecretError({ name, message, isAnswered })
}
