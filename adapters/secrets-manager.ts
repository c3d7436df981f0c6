import {
  GetSecretValueCommand,
  SecretsManagerClient,
  SecretsManagerServiceException,
} from '@aws-sdk/client-secrets-manager'
import { type Failure, fail, type Result } from '../core/causes/catalogue.ts'
import { judgeSecretError } from '../core/secret-error.ts'
import { waitWithin } from './time-limit.ts'

/** Reads secrets as text, the current version unless told; `undefined` is a secret that holds bytes. */
export interface SecretsManager {
  readonly read: (
    secretId: string,
    timeoutMs: number,
    stage?: SecretStage,
  ) => Promise<Result<string | undefined>>
  readonly close: () => void
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
  return {
    read: (secretId, leftMs, stage) => {
      const abort = new AbortController()
      const version = stage === undefined ? {} : { VersionStage: stage }
      const command = new GetSecretValueCommand({ SecretId: secretId, ...version })
      return waitWithin(sendRead(client, command, abort.signal), leftMs, () => {
        abort.abort()
        return fail('secret_unavailable', { evidence: ['no_answer'] })
      })
    },
    close: () => client.destroy(),
  }
}

async function sendRead(
  client: SecretsManagerClient,
  command: GetSecretValueCommand,
  abortSignal: AbortSignal,
): Promise<Result<string | undefined>> {
  try {
    const { SecretString } = await client.send(command, { abortSignal })
    return { ok: true, value: SecretString }
  } catch (thrown) {
    return toSecretFailure(thrown)
  }
}

function toSecretFailure(thrown: unknown): Failure {
  const { name, message } = thrown instanceof Error ? thrown : { name: '', message: '' }
  const isAnswered = thrown instanceof SecretsManagerServiceException
  return judgeSecretError({ name, message, isAnswered })
}
