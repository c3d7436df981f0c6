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
  readonly close: () => void
}

/** The labels that Secrets Manager gives the versions of a secret while it is rolled. */
export type SecretStage = 'AWSCURRENT' | 'AWSPREVIOUS' | 'AWSPENDING'

/** One quick second attempt by the SDK; longer waits are the back-off's, between requests. */
const attempts = 2

/** There is no secret of this name, or there cannot be one. */
const namelessNames: ReadonlySet<string> = new Set([
  'InvalidParameterException',
  'ResourceNotFoundException',
  'ValidationException',
])
const deniedNames: ReadonlySet<string> = new Set(['AccessDeniedException', 'AccessDenied'])
const credentialNames: ReadonlySet<string> = new Set([
  'CredentialsProviderError',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'RequestExpired',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
])

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
  const name = thrown instanceof Error ? thrown.name : ''
  if (namelessNames.has(name)) return fail('secret_not_found')
  if (name === 'InvalidRequestException') {
    // What Secrets Manager says of a secret that waits for its deletion.
    return fail('secret_not_found', { evidence: ['marked_for_deletion'] })
  }
  if (deniedNames.has(name)) return fail('secret_access_denied')
  if (name === 'DecryptionFailure') {
    return fail('secret_access_denied', { evidence: ['decryption_denied'] })
  }
  if (credentialNames.has(name)) {
    return fail('secret_access_denied', { evidence: ['credentials_rejected'] })
  }
  const isAnswered = thrown instanceof SecretsManagerServiceException
  return fail('secret_unavailable', { evidence: [isAnswered ? 'answered_error' : 'no_answer'] })
}
