import { randomUUID } from 'node:crypto'
import { awsError, type Input, type OperationResult, textOf } from '../protocol.ts'
import { type SecretCall, type SecretsManager, secretNotFound, toSecretArn } from './call.ts'
import { isRequestToken, unusableToken } from './rotation.ts'
import {
  addVersion,
  findByStage,
  moveStage,
  nowSeconds,
  type SecretVersion,
  type StoredSecret,
} from './versions.ts'

const current = 'AWSCURRENT'

/** Creates a secret, with its first version if a value is given. */
export function createSecret(
  { store, region }: SecretsManager,
  name: string,
  input: Input,
): OperationResult {
  const versionId = textOf(input, 'ClientRequestToken') ?? randomUUID()
  if (!isRequestToken(versionId)) return unusableToken
  const value = textOf(input, 'SecretString')
  const existing = store.secrets.get(name)
  if (existing?.deletedAtSeconds !== undefined) {
    const message = `You can't create this secret because a secret with this name is already scheduled for deletion.`
    return awsError('InvalidRequestException', message)
  }
  const isRepeated = value !== undefined && existing?.versions.get(versionId)?.value === value
  if (existing !== undefined && !isRepeated) {
    const message = `The operation failed because the secret ${name} already exists.`
    return awsError('ResourceExistsException', message)
  }
  const secret = store.make(name)
  if (value !== undefined && !isRepeated) addVersion(secret, versionId, value, [current])
  const ARN = toSecretArn(region, secret)
  return { output: { ARN, Name: name, ...(value !== undefined && { VersionId: versionId }) } }
}

/** Adds a version, or fills the one that a rotation has created; a version with a value never changes. */
export function putSecretValue({ manager, input, secret, arn }: SecretCall): OperationResult {
  const value = textOf(input, 'SecretString')
  if (value === undefined) {
    const message = 'You must provide either SecretString or SecretBinary.'
    return awsError('InvalidRequestException', message)
  }
  const id = textOf(input, 'ClientRequestToken') ?? randomUUID()
  if (!isRequestToken(id)) return unusableToken
  const stages = readStages(input['VersionStages'])
  if (stages === undefined) {
    return awsError('InvalidParameterException', 'VersionStages must have 1 to 20 labels.')
  }
  const known = secret.versions.get(id)
  if (known?.value !== undefined && known.value !== value) {
    const message = `You can't use ClientRequestToken ${id} because that value is already in use for a version of secret ${arn}.`
    return awsError('ResourceExistsException', message)
  }
  const isSpoilt = manager.store.spoilsPending && stages.includes('AWSPENDING')
  const kept = isSpoilt ? '{"client_id": "' : value
  const version = known?.value === value ? known : fill(secret, known, { id, value: kept, stages })
  return {
    output: { ARN: arn, Name: secret.name, VersionId: id, VersionStages: [...version.stages] },
  }
}

interface NewValue {
  readonly id: string
  readonly value: string
  readonly stages: readonly string[]
}

function fill(
  secret: StoredSecret,
  empty: SecretVersion | undefined,
  { id, value, stages }: NewValue,
): SecretVersion {
  if (empty === undefined) return addVersion(secret, id, value, stages)
  empty.value = value
  secret.lastChangedAtSeconds = nowSeconds()
  for (const stage of stages) moveStage(secret, stage, empty)
  return empty
}

/** Without labels, a value becomes the current one. */
function readStages(value: unknown): readonly string[] | undefined {
  if (value === undefined) return [current]
  if (!Array.isArray(value) || value.length === 0 || value.length > 20) return undefined
  return value.every((stage) => typeof stage === 'string') ? value : undefined
}

/** Moves a label between versions, or removes it. */
export function updateVersionStage({ input, secret, arn }: SecretCall): OperationResult {
  const stage = textOf(input, 'VersionStage')
  const removeFrom = textOf(input, 'RemoveFromVersionId')
  const moveTo = textOf(input, 'MoveToVersionId')
  if (stage === undefined) {
    return awsError('ValidationException', 'VersionStage must not be null.')
  }
  const to = moveTo === undefined ? undefined : secret.versions.get(moveTo)
  if (moveTo !== undefined && to === undefined) {
    return secretNotFound(`the specified secret value for VersionId: ${moveTo}`)
  }
  const refusal = judgeMove(findByStage(secret, stage), { stage, removeFrom, to })
  if (refusal !== undefined) return refusal
  moveStage(secret, stage, to)
  return { output: { ARN: arn, Name: secret.name } }
}

interface Move {
  readonly stage: string
  readonly removeFrom: string | undefined
  readonly to: SecretVersion | undefined
}

function judgeMove(holder: SecretVersion | undefined, { stage, removeFrom, to }: Move) {
  const refuse = (message: string) => awsError('InvalidParameterException', message)
  if (to === undefined && removeFrom === undefined) {
    return refuse('You must provide RemoveFromVersionId, MoveToVersionId, or both.')
  }
  if (removeFrom !== undefined && removeFrom !== holder?.id) {
    return refuse(
      `When you move staging label ${stage}, if you specify RemoveFromVersionId, it must be set to the version that currently has the staging label ${stage}.`,
    )
  }
  if (to === undefined && stage === current) {
    return refuse(
      `You can only move staging label ${current} to a different secret version. It can't be completely removed.`,
    )
  }
  if (removeFrom === undefined && holder !== undefined && holder !== to) {
    return refuse(
      `The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently attached to version ${holder.id}, so you must explicitly reference that version in RemoveFromVersionId.`,
    )
  }
  return undefined
}
