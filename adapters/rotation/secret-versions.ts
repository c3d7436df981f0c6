import {
  DescribeSecretCommand,
  type DescribeSecretCommandOutput,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager'
import { type StepFailure, toStepFailure } from '../../core/causes/rotation.ts'
import { judgeSecretCall } from '../../core/rotation/call-error.ts'
import type { Label } from '../../core/rotation/seen.ts'
import type { Secret } from '../../core/secret.ts'
import { judgeSecretError } from '../../core/secret-error.ts'
import { askAws, callSettings } from './aws-call.ts'

/** A value, or why the step fails. */
export type StepResult<T> = { readonly ok: true; readonly value: T } | StepFailure

/** What Secrets Manager says of a secret without showing its value. */
export interface DescribedSecret {
  /** The labels of each version that has any, by its id. */
  readonly labels: Readonly<Record<string, readonly string[]>>
  readonly changedAtMs: number
  /** When a rotation last ended well. */
  readonly rotatedAtMs: number | undefined
  /** Whether Secrets Manager rotates it by itself, and when it does so next. */
  readonly isScheduled: boolean
  readonly nextRotationAtMs: number | undefined
}

/** What one version holds. */
export interface ReadVersion {
  /** Undefined where it has no value yet, or one of bytes. */
  readonly text: string | undefined
  readonly isMissing: boolean
  readonly createdAtMs: number
}

/** The versions of a secret in Secrets Manager. */
export interface SecretVersions {
  readonly describe: (secretId: string) => Promise<StepResult<DescribedSecret>>
  readonly read: (secretId: string, versionId: string) => Promise<StepResult<ReadVersion>>
  /** Puts the value of a token's version with AWSPENDING; the same one again changes nothing. */
  readonly put: (secretId: string, token: string, text: Secret) => Promise<StepResult<unknown>>
  /** Moves a label; undefined stands for no version. */
  readonly move: (
    secretId: string,
    label: Label,
    fromId: string | undefined,
    toId: string | undefined,
  ) => Promise<StepResult<unknown>>
  readonly close: () => void
}

/**
 * Opens the versions of secrets through the SDK; endpoint, Region and credentials follow its own variables.
 * Fails with `rotation_access_denied`, `rotation_throttled`, `rotation_unanswered` and the causes of a secret.
 */
export function openSecretVersions(
  client: SecretsManagerClient = new SecretsManagerClient(callSettings),
): SecretVersions {
  return {
    describe: async (SecretId) => {
      const command = new DescribeSecretCommand({ SecretId })
      const asked = await askAws((abortSignal) => client.send(command, { abortSignal }))
      if (!asked.ok) return judgeSecretCall('describe_secret', asked.error)
      return { ok: true, value: toDescribed(asked.value) }
    },
    read: (secretId, versionId) => readVersion(client, secretId, versionId),
    put: async (SecretId, ClientRequestToken, text) => {
      const command = new PutSecretValueCommand({
        ...{ SecretId, ClientRequestToken, SecretString: text.reveal() },
        VersionStages: ['AWSPENDING' satisfies Label],
      })
      const asked = await askAws((abortSignal) => client.send(command, { abortSignal }))
      return asked.ok ? asked : judgeSecretCall('put_secret_value', asked.error)
    },
    move: async (SecretId, VersionStage, RemoveFromVersionId, MoveToVersionId) => {
      const command = new UpdateSecretVersionStageCommand({
        ...{ SecretId, VersionStage, RemoveFromVersionId, MoveToVersionId },
      })
      const asked = await askAws((abortSignal) => client.send(command, { abortSignal }))
      return asked.ok ? asked : judgeSecretCall('update_secret_version_stage', asked.error)
    },
    close: () => client.destroy(),
  }
}

function toDescribed(answer: DescribeSecretCommandOutput): DescribedSecret {
  const { VersionIdsToStages = {}, LastChangedDate, LastRotatedDate } = answer
  return {
    labels: VersionIdsToStages,
    changedAtMs: LastChangedDate?.getTime() ?? Number.POSITIVE_INFINITY,
    rotatedAtMs: LastRotatedDate?.getTime(),
    isScheduled: answer.RotationEnabled ?? false,
    nextRotationAtMs: answer.NextRotationDate?.getTime(),
  }
}

/** A rotation begins with a version that has its label and no value. */
const missing: StepResult<ReadVersion> = {
  ok: true,
  value: { text: undefined, isMissing: true, createdAtMs: 0 },
}

async function readVersion(
  client: SecretsManagerClient,
  SecretId: string,
  VersionId: string,
): Promise<StepResult<ReadVersion>> {
  const command = new GetSecretValueCommand({ SecretId, VersionId })
  const asked = await askAws((abortSignal) => client.send(command, { abortSignal }))
  if (asked.ok) {
    const { SecretString, CreatedDate } = asked.value
    const createdAtMs = CreatedDate?.getTime() ?? 0
    return { ok: true, value: { text: SecretString, isMissing: false, createdAtMs } }
  }
  return asked.error.name === 'ResourceNotFoundException'
    ? missing
    : toStepFailure(judgeSecretError(asked.error))
}
