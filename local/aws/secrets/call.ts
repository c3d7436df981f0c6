import { accountId, awsError, type Input, type OperationResult } from '../protocol.ts'
import type { RotationRunner } from '../rotation-runner.ts'
import type { SecretFault, SecretStore } from './store.ts'
import type { StoredSecret } from './versions.ts'

/** The state that the operations of Secrets Manager work on. */
export interface SecretsManager {
  readonly store: SecretStore
  readonly region: string
  /** The Region of the originals, where these secrets are replicas. */
  readonly primaryRegion?: string | undefined
  readonly rotations: RotationRunner
}

/** One call for an existing secret. */
export interface SecretCall {
  readonly manager: SecretsManager
  readonly input: Input
  readonly secret: StoredSecret
  readonly arn: string
  readonly fault: SecretFault | undefined
}

/** The error for something that does not exist. */
export function secretNotFound(what: string): OperationResult {
  return awsError('ResourceNotFoundException', `Secrets Manager can't find ${what}.`)
}

/** Makes the ARN of a secret; its random end is the same for all. */
export function toSecretArn(region: string, { name }: { readonly name: string }): string {
  return `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-AbCdEf`
}
