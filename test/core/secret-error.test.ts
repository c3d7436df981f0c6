import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeSecretError } from '../../core/secret-error.ts'

const label = (stage: string) =>
  `Secrets Manager can't find the specified secret value for staging label: ${stage}`
const forbidden =
  'User: x is not authorized to perform: secretsmanager:GetSecretValue on resource: y'

/** Cause, evidence, and `likely` where it is no more than that. */
const errors: readonly (readonly [name: string, message: string, seen: string])[] = [
  ['ResourceNotFoundException', "can't find the specified secret.", 'secret_not_found'],
  ['ResourceNotFoundException', label('AWSCURRENT'), 'secret_malformed value_missing'],
  ['ResourceNotFoundException', label('AWSPREVIOUS'), 'secret_not_found'],
  ['ResourceNotFoundException', label('AWSCURRENTLY'), 'secret_not_found'],
  [
    'InvalidRequestException',
    "You can't perform this operation on the secret because it was marked for deletion.",
    'secret_not_found marked_for_deletion',
  ],
  ['InvalidRequestException', 'Some state', 'secret_not_found marked_for_deletion likely'],
  [
    'InvalidRequestException',
    "You can't access a secret from a different AWS account if you encrypt the secret with the default KMS service key.",
    'secret_access_denied default_key',
  ],
  ['InvalidRequestException', 'The KMS key is disabled', 'secret_access_denied key_unusable'],
  ['EncryptionFailure', '', 'secret_access_denied key_unusable'],
  ['InvalidParameterException', '', 'secret_not_found name_invalid'],
  ['ValidationException', '', 'secret_not_found name_invalid'],
  ['ValidationError', '', 'secret_not_found name_invalid'],
  ['AccessDeniedException', forbidden, 'secret_access_denied'],
  ['NotAuthorized', '', 'secret_access_denied'],
  [
    'AccessDeniedException',
    `${forbidden} with an explicit deny in a service control policy`,
    'secret_access_denied explicitly_denied',
  ],
  [
    'AccessDeniedException',
    'Access to KMS is not allowed',
    'secret_access_denied decryption_denied',
  ],
  [
    'AccessDeniedException',
    'User: x is not authorized to perform: kms:Decrypt on resource: y with an explicit deny',
    'secret_access_denied decryption_denied',
  ],
  ['DecryptionFailure', '', 'secret_access_denied decryption_denied'],
  ['KMSAccessDeniedException', '', 'secret_access_denied decryption_denied'],
  ['KMSInvalidStateException', '', 'secret_access_denied key_unusable'],
  ['KMSDisabledException', '', 'secret_access_denied key_unusable'],
  ['KMSNotFoundException', '', 'secret_access_denied key_unusable'],
  ...[
    ...['ThrottlingException', 'Throttling', 'TooManyRequestsException'],
    ...['RequestLimitExceeded', 'LimitExceededException', 'KMSThrottlingException'],
  ].map((name) => [name, 'Rate exceeded', 'secret_throttled'] as const),
  ['OptInRequired', '', 'secret_access_denied credentials_rejected'],
  ['MissingAuthenticationToken', '', 'secret_access_denied credentials_rejected'],
  ['InternalServiceError', '', 'secret_unavailable answered_error'],
  ['ServiceUnavailable', '', 'secret_unavailable answered_error'],
  ['SomethingNew', label('AWSCURRENT'), 'secret_unavailable answered_error'],
  ['toString', '', 'secret_unavailable answered_error'],
]

for (const [name, message, seen] of errors) {
  test(`${name} '${message.slice(-60)}' is ${seen}`, () => {
    const judged = judgeSecretError({ name, message, isAnswered: true })
    const sure = judged.certainty === 'proved' ? [] : [judged.certainty]
    assert.equal([judged.cause, ...judged.evidence, ...sure].join(' '), seen)
  })
}

test('an error without an answer is an outage, and no answer is claimed', () => {
  const judged = judgeSecretError({ name: 'TimeoutError', message: '', isAnswered: false })
  assert.deepEqual([judged.cause, judged.evidence], ['secret_unavailable', ['no_answer']])
})
