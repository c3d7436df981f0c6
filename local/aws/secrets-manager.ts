import { accountId, awsError, type Input, type OperationResult, textOf } from './protocol.ts'
import {
  findByStage,
  type SecretFault,
  type SecretStore,
  type StoredSecret,
} from './secret-store.ts'

/** Answers `GetSecretValue`, the only call that the proxy makes, broken by `fault` where there is one. */
export function getSecretValue(
  input: Input,
  store: SecretStore,
  region: string,
  fault: SecretFault | undefined,
): OperationResult {
  const id = textOf(input, 'SecretId')
  if (id === undefined) return awsError('ValidationException', 'SecretId must not be null.')
  if (fault === 'secrets_down') {
    return awsError('InternalServiceError', 'An error occurred on the server side.', 500)
  }
  if (fault === 'secret_denied') return denied(id)
  const secret = fault === 'secret_gone' ? undefined : findSecret(store, id)
  if (!secret) return notFound('the specified secret')
  if (secret.deletedAtSeconds !== undefined) return markedDeleted
  if ('VersionId' in input) {
    return awsError('InvalidParameterException', 'VersionId is not embedded; ask by VersionStage.')
  }
  const stage = textOf(input, 'VersionStage') ?? 'AWSCURRENT'
  const version = findByStage(secret, stage)
  if (!version) return notFound(`the specified secret value for staging label: ${stage}`)
  return {
    output: {
      ARN: `arn:aws:secretsmanager:${region}:${accountId}:secret:${secret.name}-AbCdEf`,
      Name: secret.name,
      VersionId: version.id,
      VersionStages: [...version.stages],
      CreatedDate: version.createdAtSeconds,
      SecretString: fault === 'secret_broken' ? '{"client_id": "' : version.value,
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

function notFound(what: string): OperationResult {
  return awsError('ResourceNotFoundException', `Secrets Manager can't find ${what}.`)
}

function denied(id: string): OperationResult {
  const message = `User: arn:aws:sts::${accountId}:assumed-role/local/local is not authorized to perform: secretsmanager:GetSecretValue on resource: ${id} because no identity-based policy allows the secretsmanager:GetSecretValue action`
  return awsError('AccessDeniedException', message)
}
