import { randomUUID } from 'node:crypto'
import { awsError, type Input, type OperationResult, textOf } from '../protocol.ts'
import type { SecretCall } from './call.ts'
import {
  addVersion,
  findByStage,
  moveStage,
  planRotation,
  type RotationRules,
  type StoredSecret,
} from './versions.ts'

/**
 * Configures rotation and starts it. As in AWS, the version is there with AWSPENDING and without a value
 * before the function is called, and a rotation that was left unfinished blocks the next one.
 */
export function rotateSecret({ manager, input, secret, arn }: SecretCall): OperationResult {
  const { rotations } = manager
  const functionArn =
    textOf(input, 'RotationLambdaARN') ?? secret.rotation?.functionArn ?? rotations.functionArn
  if (functionArn === undefined || rotations.functionArn === undefined) {
    const message = 'No Lambda rotation function ARN is associated with this secret.'
    return awsError('InvalidRequestException', message)
  }
  if (functionArn !== rotations.functionArn) {
    return awsError('AccessDeniedException', `Secrets Manager cannot invoke ${functionArn}.`)
  }
  const versionId = textOf(input, 'ClientRequestToken') ?? randomUUID()
  if (!isRequestToken(versionId)) return unusableToken
  configure(secret, functionArn, input)
  const unfinished = findUnfinished(secret)
  if (unfinished !== undefined && unfinished !== versionId) {
    rotations.begin(secret, arn, unfinished)
    return awsError(
      'InvalidRequestException',
      "A previous rotation isn't complete. That rotation will be reattempted.",
    )
  }
  if (input['RotateImmediately'] === false) testRotation({ manager, secret, arn }, versionId)
  else startRotation({ manager, secret, arn }, versionId)
  return { output: { ARN: arn, Name: secret.name, VersionId: versionId } }
}

type Start = Pick<SecretCall, 'manager' | 'secret' | 'arn'>

function startRotation({ manager, secret, arn }: Start, versionId: string): void {
  const known = secret.versions.get(versionId)
  // A rotation that is requested again after its end is not made a second time.
  if (known !== undefined && !known.stages.has('AWSPENDING')) return
  if (known !== undefined && known === findByStage(secret, 'AWSCURRENT')) return
  if (known === undefined) addVersion(secret, versionId, undefined, ['AWSPENDING'])
  manager.rotations.begin(secret, arn, versionId)
}

/** Runs only the step testSecret, for a version that is removed afterwards. */
function testRotation({ manager, secret, arn }: Start, versionId: string): void {
  if (secret.versions.has(versionId)) return
  addVersion(secret, versionId, undefined, ['AWSPENDING'])
  manager.rotations.begin(secret, arn, versionId, ['testSecret'])
  void manager.rotations.settled().then(() => {
    const version = secret.versions.get(versionId)
    if (version?.value !== undefined) return
    if (version?.stages.has('AWSPENDING')) moveStage(secret, 'AWSPENDING', undefined)
    secret.versions.delete(versionId)
  })
}

/** Turns rotation off, and stops one that is running; its version keeps AWSPENDING. */
export function cancelRotation({ manager, secret, arn }: SecretCall): OperationResult {
  if (secret.rotation === undefined) {
    const message = 'Secret rotation is not configured for this secret.'
    return awsError('InvalidRequestException', message)
  }
  secret.rotation.isEnabled = false
  const VersionId = manager.rotations.cancel(secret) ?? findUnfinished(secret)
  return { output: { ARN: arn, Name: secret.name, VersionId } }
}

/** The version whose AWSPENDING says that a rotation of it is not complete. */
function findUnfinished(secret: StoredSecret): string | undefined {
  const pending = findByStage(secret, 'AWSPENDING')
  return pending === findByStage(secret, 'AWSCURRENT') ? undefined : pending?.id
}

function configure(secret: StoredSecret, functionArn: string, input: Input): void {
  const given: RotationRules | undefined = readRules(input['RotationRules'])
  const { rotation } = secret
  const rules = given ?? rotation?.rules ?? {}
  const lastRotatedAtSeconds = rotation?.lastRotatedAtSeconds
  secret.rotation = {
    ...{ isEnabled: true, functionArn, rules, lastRotatedAtSeconds },
    nextAtSeconds: rotation?.nextAtSeconds,
  }
  if (given !== undefined) planRotation(secret.rotation)
}

function readRules(value: unknown): RotationRules | undefined {
  return typeof value === 'object' && value !== null ? { ...value } : undefined
}

/** A version's id is at least as long as a UUID. */
export function isRequestToken(token: string): boolean {
  return token.length >= 32 && token.length <= 64
}

export const unusableToken = awsError(
  'InvalidParameterException',
  'ClientRequestToken must be 32-64 characters long.',
)
