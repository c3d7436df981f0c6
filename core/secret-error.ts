import { type Failure, fail } from './causes/catalogue.ts'

/** What the SDK threw in the place of a secret. */
export interface SecretError {
  /** AWS's name of the error, or the SDK's own. */
  readonly name: string
  /** AWS's text: read for the reasons that it is known to give, and never kept. */
  readonly message: string
  /** Whether Secrets Manager answered at all. */
  readonly isAnswered: boolean
}

type Judge = (message: string) => Failure

const credentials: Judge = () =>
  fail('secret_access_denied', { evidence: ['credentials_rejected'] })
const throttled: Judge = () => fail('secret_throttled')
const unusableName: Judge = () => fail('secret_not_found', { evidence: ['name_invalid'] })
const undecryptable: Judge = () => fail('secret_access_denied', { evidence: ['decryption_denied'] })

const unusableKey: Judge = () => fail('secret_access_denied', { evidence: ['key_unusable'] })

/** Every error that Secrets Manager documents for `GetSecretValue` and `PutSecretValue`, its common errors, and those of KMS. */
const byName: Readonly<Record<string, Judge>> = {
  ResourceNotFoundException: judgeAbsence,
  InvalidRequestException: judgeState,
  AccessDenied: judgeDenial,
  AccessDeniedException: judgeDenial,
  NotAuthorized: judgeDenial,
  DecryptionFailure: undecryptable,
  EncryptionFailure: unusableKey,
  KMSAccessDeniedException: undecryptable,
  InvalidParameterException: unusableName,
  ValidationError: unusableName,
  ValidationException: unusableName,
  KMSThrottlingException: throttled,
  LimitExceededException: throttled,
  RequestLimitExceeded: throttled,
  Throttling: throttled,
  ThrottlingException: throttled,
  TooManyRequestsException: throttled,
  CredentialsProviderError: credentials,
  ExpiredTokenException: credentials,
  IncompleteSignature: credentials,
  InvalidClientTokenId: credentials,
  InvalidSignatureException: credentials,
  MissingAuthenticationToken: credentials,
  MissingAuthenticationTokenException: credentials,
  OptInRequired: credentials,
  RequestExpired: credentials,
  SignatureDoesNotMatch: credentials,
  UnrecognizedClientException: credentials,
}

/**
 * Judges why a secret could not be read. Names decide; texts only tell apart what shares a name, since AWS
 * may reword them. Fails with `secret_not_found`, `secret_malformed`, `secret_access_denied`,
 * `secret_throttled`, `secret_unavailable`.
 *
 * @see the errors of `GetSecretValue` and the common errors in the API reference of Secrets Manager
 */
export function judgeSecretError({ name, message, isAnswered }: SecretError): Failure {
  const judge = Object.hasOwn(byName, name) ? byName[name] : undefined
  if (judge !== undefined) return judge(message)
  // Whatever else KMS says is about the state of the key, such as KMSInvalidStateException.
  if (name.startsWith('KMS')) return fail('secret_access_denied', { evidence: ['key_unusable'] })
  return fail('secret_unavailable', { evidence: [isAnswered ? 'answered_error' : 'no_answer'] })
}

/** A secret without a version of the label is there, and holds no value. A new one is, for a moment. */
function judgeAbsence(message: string): Failure {
  // The other labels are of versions that need not be there.
  return /staging label: AWSCURRENT\b/.test(message)
    ? fail('secret_malformed', { evidence: ['value_missing'] })
    : fail('secret_not_found')
}

/** What the state of a secret does not allow; for a read it is mostly a deletion under way. */
function judgeState(message: string): Failure {
  if (/different AWS account/i.test(message)) {
    return fail('secret_access_denied', { evidence: ['default_key'] })
  }
  if (/\bKMS\b/.test(message)) return fail('secret_access_denied', { evidence: ['key_unusable'] })
  const certainty = /delet/i.test(message) ? 'proved' : 'likely'
  return fail('secret_not_found', { certainty, evidence: ['marked_for_deletion'] })
}

/** A role may lack a permission on the secret or on its key, or be denied by name in any of several policies. */
function judgeDenial(message: string): Failure {
  if (/\bKMS\b/i.test(message)) return undecryptable(message)
  return /explicit deny/i.test(message)
    ? fail('secret_access_denied', { evidence: ['explicitly_denied'] })
    : fail('secret_access_denied')
}
