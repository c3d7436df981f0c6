import { accountId, awsError, type Input, type OperationResult, textOf } from '../protocol.ts'
import { type SecretCall, type SecretsManager, secretNotFound, toSecretArn } from './call.ts'
import { cancelRotation, rotateSecret } from './rotation.ts'
import type { SecretFault, SecretStore } from './store.ts'
import { findByStage, type StoredSecret } from './versions.ts'
import { createSecret, putSecretValue, updateVersionStage } from './writes.ts'

type SecretOperation = (call: SecretCall) => OperationResult

const operations = new Map<string, SecretOperation>([
  ['GetSecretValue', getSecretValue],
  ['DescribeSecret', describeSecret],
  ['PutSecretValue', putSecretValue],
  ['UpdateSecretVersionStage', updateVersionStage],
  ['RotateSecret', rotateSecret],
  ['CancelRotateSecret', cancelRotation],
])

/** What a replica answers, too. */
const reads: ReadonlySet<string> = new Set(['GetSecretValue', 'DescribeSecret'])
const onReplica = awsError(
  'InvalidRequestException',
  "Operation not permitted on a replica secret. Call must be made in primary secret's region.",
)

/** Answers an operation of Secrets Manager, or fails as `fault` says; undefined for unknown operations. */
export function answerSecretCall(
  name: string,
  input: Input,
  manager: SecretsManager,
  fault: SecretFault | undefined,
): OperationResult | undefined {
  const operation = operations.get(name)
  const isCreation = name === 'CreateSecret'
  if (operation === undefined && !isCreation) return undefined
  const field = isCreation ? 'Name' : 'SecretId'
  const id = textOf(input, field)
  if (id === undefined) return awsError('ValidationException', `${field} must not be null.`)
  if (fault === 'secrets_down') {
    return awsError('InternalServiceError', 'An error occurred on the server side.', 500)
  }
  if (fault === 'secret_denied') return denied(name, id)
  if (manager.primaryRegion !== undefined && !reads.has(name)) return onReplica
  if (operation === undefined) return createSecret(manager, id, input)
  const secret = fault === 'secret_gone' ? undefined : findSecret(manager.store, id)
  if (!secret) return secretNotFound('the specified secret')
  if (secret.deletedAtSeconds !== undefined && name !== 'DescribeSecret') return markedDeleted
  return operation({ manager, input, secret, arn: toSecretArn(manager.region, secret), fault })
}

function getSecretValue({ input, secret, arn, fault }: SecretCall): OperationResult {
  const versionId = textOf(input, 'VersionId')
  const stage = textOf(input, 'VersionStage')
  const labelled = findByStage(secret, stage ?? 'AWSCURRENT')
  const version = versionId === undefined ? labelled : secret.versions.get(versionId)
  if (version && stage !== undefined && !version.stages.has(stage)) return otherVersion
  if (version?.value === undefined) {
    const label = `staging label: ${stage ?? 'AWSCURRENT'}`
    const which = versionId === undefined ? label : `VersionId: ${versionId}`
    return secretNotFound(`the specified secret value for ${which}`)
  }
  return {
    output: {
      ARN: arn,
      Name: secret.name,
      VersionId: version.id,
      VersionStages: [...version.stages],
      CreatedDate: version.createdAtSeconds,
      SecretString: fault === 'secret_broken' ? '{"client_id": "' : version.value,
    },
  }
}

/** Describes a secret without any value; deprecated versions are left out, as Secrets Manager does. */
function describeSecret({ manager, secret, arn }: SecretCall): OperationResult {
  const { rotation, name } = secret
  const labelled = [...secret.versions.values()].filter(({ stages }) => stages.size > 0)
  return {
    output: {
      ARN: arn,
      Name: name,
      CreatedDate: secret.createdAtSeconds,
      LastChangedDate: secret.lastChangedAtSeconds,
      DeletedDate: secret.deletedAtSeconds,
      PrimaryRegion: manager.primaryRegion,
      VersionIdsToStages: Object.fromEntries(labelled.map(({ id, stages }) => [id, [...stages]])),
      ...(rotation && {
        RotationEnabled: rotation.isEnabled,
        RotationLambdaARN: rotation.functionArn,
        RotationRules: rotation.rules,
        LastRotatedDate: rotation.lastRotatedAtSeconds,
        NextRotationDate: rotation.isEnabled ? rotation.nextAtSeconds : undefined,
      }),
    },
  }
}

/** Finds a secret by its name, its ARN, or its ARN without the six characters at the end. */
function findSecret(store: SecretStore, id: string): StoredSecret | undefined {
  const [, name] = /^arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:(.+)$/.exec(id) ?? []
  if (name === undefined) return store.secrets.get(id)
  return store.secrets.get(name) ?? store.secrets.get(name.replace(/-\w{6}$/, ''))
}

const markedDeleted = awsError(
  'InvalidRequestException',
  "You can't perform this operation on the secret because it was marked for deletion.",
)

const otherVersion = awsError(
  'InvalidRequestException',
  'You provided a VersionStage that is not associated to the provided VersionId.',
)

function denied(name: string, id: string): OperationResult {
  const message = `User: arn:aws:sts::${accountId}:assumed-role/local/local is not authorized to perform: secretsmanager:${name} on resource: ${id} because no identity-based policy allows the secretsmanager:${name} action`
  return awsError('AccessDeniedException', message)
}
