import {
  CreateSecretCommand,
  RotateSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import { judgeSecretCall } from '../../core/rotation/call-error.ts'
import type { Secret } from '../../core/secret.ts'
import type { SecretError } from '../../core/secret-error.ts'
import { askAws, callSettings } from './aws-call.ts'
import type { StepResult } from './secret-versions.ts'

/** What only an operator asks of Secrets Manager, and no function. */
export interface SecretControl {
  /**
   * Makes a secret.
   *
   * @param kmsKeyId undefined for the default key of AWS
   * @param value undefined for a secret that is filled later
   */
  readonly create: (
    name: string,
    kmsKeyId: string | undefined,
    value: Secret | undefined,
  ) => Promise<StepResult<unknown>>
  /** Lets Secrets Manager rotate a secret now, with the function that is configured for it. */
  readonly rotate: (secretId: string, token: string) => Promise<StepResult<unknown>>
  readonly close: () => void
}

/**
 * Opens an operator's calls of Secrets Manager through the SDK. Fails with `rotation_access_denied`,
 * `rotation_throttled`, `rotation_unanswered` and the causes of a secret.
 */
export function openSecretControl(
  client: SecretsManagerClient = new SecretsManagerClient(callSettings),
): SecretControl {
  return {
    create: async (Name, kmsKeyId, value) => {
      const command = new CreateSecretCommand({
        Name,
        Description: 'Read and rotated by the token proxy',
        ...(kmsKeyId !== undefined && { KmsKeyId: kmsKeyId }),
        ...(value !== undefined && { SecretString: value.reveal() }),
      })
      const asked = await askAws((abortSignal) => client.send(command, { abortSignal }))
      return asked.ok ? asked : judgeSecretCall('create_secret', asked.error)
    },
    rotate: async (SecretId, ClientRequestToken) => {
      const command = new RotateSecretCommand({ SecretId, ClientRequestToken })
      const asked = await askAws((abortSignal) => client.send(command, { abortSignal }))
      if (asked.ok || isContinued(asked.error)) return { ok: true, value: undefined }
      return judgeSecretCall('rotate_secret', asked.error)
    },
    close: () => client.destroy(),
  }
}

/** The answer to a rotation while another one is not complete, which Secrets Manager then goes on with. */
function isContinued({ name, message }: SecretError): boolean {
  return name === 'InvalidRequestException' && /\breattempted\b/.test(message)
}
