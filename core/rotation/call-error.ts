import { fail } from '../causes/catalogue.ts'
import { failStep, type StepFailure, toStepFailure } from '../causes/rotation.ts'
import { judgeSecretError, type SecretError } from '../secret-error.ts'

/** A call of Secrets Manager that only a rotation makes, or an operator who fills a secret or starts one. */
export type SecretCallName =
  | ('describe_secret' | 'put_secret_value' | 'update_secret_version_stage')
  | ('create_secret' | 'rotate_secret')
/** A call of Cognito's API that only a rotation makes, or makes for itself. */
export type PoolCallName =
  | 'list_client_secrets'
  | 'add_client_secret'
  | 'delete_client_secret'
  | 'describe_client'

/** Judges why a call of Secrets Manager failed; the call is the evidence where a role or a quota is at fault. */
export function judgeSecretCall(call: SecretCallName, error: SecretError): StepFailure {
  // Another invocation has put a value for the same token, or has moved the label.
  const hasMoved =
    call === 'update_secret_version_stage' && error.name === 'InvalidParameterException'
  if (error.name === 'ResourceExistsException' || hasMoved) {
    return failStep('rotation_version_missing', 'not_pending')
  }
  const failure = judgeSecretError(error)
  const { cause, evidence } = failure
  if (cause === 'secret_access_denied' && evidence.length === 0) {
    return failStep('rotation_access_denied', call)
  }
  if (cause === 'secret_throttled') return failStep('rotation_throttled', call)
  return cause === 'secret_unavailable'
    ? failStep('rotation_unanswered', call)
    : toStepFailure(failure)
}

/** Every error that Cognito documents for these calls, and what stands for missing credentials. */
const byName: Readonly<Record<string, (call: PoolCallName) => StepFailure>> = {
  AccessDeniedException: (call) => failStep('rotation_access_denied', call),
  CredentialsProviderError: (call) => failStep('rotation_access_denied', call),
  ExpiredTokenException: (call) => failStep('rotation_access_denied', call),
  InvalidSignatureException: (call) => failStep('rotation_access_denied', call),
  NotAuthorizedException: (call) => failStep('rotation_access_denied', call),
  UnrecognizedClientException: (call) => failStep('rotation_access_denied', call),
  ThrottlingException: (call) => failStep('rotation_throttled', call),
  TooManyRequestsException: (call) => failStep('rotation_throttled', call),
  LimitExceededException: () => failStep('rotation_add_refused', 'limit_exceeded'),
  InvalidParameterException: () => failStep('rotation_add_refused', 'invalid_parameter'),
  ResourceNotFoundException: () =>
    toStepFailure(fail('client_not_found', { evidence: ['client_absent'] })),
}

/** Judges why a call of Cognito's API failed, by the name that AWS gives the error. */
export function judgePoolCall(call: PoolCallName, name: string): StepFailure {
  const judge = Object.hasOwn(byName, name) ? byName[name] : undefined
  return judge?.(call) ?? failStep('rotation_unanswered', call)
}

/** Whether another invocation of the same rotation may have been quicker, so that a second look helps. */
export function isRace({ cause, evidence }: StepFailure): boolean {
  if (cause === 'rotation_add_refused') return evidence.includes('limit_exceeded')
  return cause === 'rotation_version_missing'
}
