import type { RotationProgress, RotationStep } from '../aws/rotation-runner.ts'

/** What the operators' page shows of the rotations of one client's secret; never a value. */
export interface RotationView {
  readonly client: string
  readonly state: RotationProgress['state'] | 'idle'
  readonly step: RotationStep | undefined
  readonly attempt: number
  /** The number of secrets of the app client that Cognito accepts. */
  readonly activeSecrets: number
  /** Whether the secret before the last rotation still works. */
  readonly isOverlapping: boolean
  /** Why Secrets Manager did not start a rotation. */
  readonly refusal: string | undefined
  /** Why the last failed step failed. */
  readonly failure: StepFailureView | undefined
  /** Requests with this client since the rotation began. */
  readonly served: number
  /** Those of them that failed without being the caller's fault. */
  readonly failed: number
}

export interface StepFailureView {
  readonly cause: string
  readonly evidence: readonly string[]
  readonly fix: string | undefined
}
