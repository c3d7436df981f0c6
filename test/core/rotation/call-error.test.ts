import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  isRace,
  judgePoolCall,
  judgeSecretCall,
  type PoolCallName,
  type SecretCallName,
} from '../../../core/rotation/call-error.ts'

const ofSecrets: readonly (readonly [SecretCallName, string, string, readonly string[]])[] = [
  ['describe_secret', 'AccessDeniedException', 'rotation_access_denied', ['describe_secret']],
  ['create_secret', 'AccessDeniedException', 'rotation_access_denied', ['create_secret']],
  ['rotate_secret', 'ThrottlingException', 'rotation_throttled', ['rotate_secret']],
  ['put_secret_value', 'ThrottlingException', 'rotation_throttled', ['put_secret_value']],
  ['put_secret_value', 'InternalServiceError', 'rotation_unanswered', ['put_secret_value']],
  ['put_secret_value', 'ResourceExistsException', 'rotation_version_missing', ['not_pending']],
  [
    'update_secret_version_stage',
    'InvalidParameterException',
    'rotation_version_missing',
    ['not_pending'],
  ],
  ['describe_secret', 'InvalidParameterException', 'secret_not_found', ['name_invalid']],
  ['describe_secret', 'ResourceNotFoundException', 'secret_not_found', []],
  ['put_secret_value', 'KMSInvalidStateException', 'secret_access_denied', ['key_unusable']],
]

for (const [call, name, cause, evidence] of ofSecrets) {
  test(`${name} of ${call} is ${cause}`, () => {
    const error = { name, message: '', isAnswered: true }
    assert.deepEqual(judgeSecretCall(call, error), { ok: false, cause, evidence })
  })
}

const ofPool: readonly (readonly [PoolCallName, string, string, readonly string[]])[] = [
  ['add_client_secret', 'AccessDeniedException', 'rotation_access_denied', ['add_client_secret']],
  ['add_client_secret', 'InternalServerException', 'rotation_unanswered', ['add_client_secret']],
  ['add_client_secret', 'InvalidParameterException', 'rotation_add_refused', ['invalid_parameter']],
  ['add_client_secret', 'LimitExceededException', 'rotation_add_refused', ['limit_exceeded']],
  ['add_client_secret', 'ResourceNotFoundException', 'client_not_found', ['client_absent']],
  ['add_client_secret', 'TooManyRequestsException', 'rotation_throttled', ['add_client_secret']],
  ['list_client_secrets', 'ThrottlingException', 'rotation_throttled', ['list_client_secrets']],
  ['list_client_secrets', 'TimeoutError', 'rotation_unanswered', ['list_client_secrets']],
  ['list_client_secrets', 'constructor', 'rotation_unanswered', ['list_client_secrets']],
  ...[
    ...['CredentialsProviderError', 'ExpiredTokenException', 'InvalidSignatureException'],
    ...['NotAuthorizedException', 'UnrecognizedClientException'],
  ].map(
    (name) => ['describe_client', name, 'rotation_access_denied', ['describe_client']] as const,
  ),
]

for (const [call, name, cause, evidence] of ofPool) {
  test(`${name} of ${call} is ${cause}`, () => {
    assert.deepEqual(judgePoolCall(call, name), { ok: false, cause, evidence })
  })
}

test('a second look helps only where another invocation may have been quicker', () => {
  assert.ok(isRace(judgePoolCall('add_client_secret', 'LimitExceededException')))
  const exists = { name: 'ResourceExistsException', message: '', isAnswered: true }
  assert.ok(isRace(judgeSecretCall('put_secret_value', exists)))
  assert.ok(!isRace(judgePoolCall('add_client_secret', 'InvalidParameterException')))
  assert.ok(!isRace(judgePoolCall('add_client_secret', 'TooManyRequestsException')))
})
