import { randomUUID } from 'node:crypto'
import {
  accountId,
  awsError,
  type Input,
  type Operation,
  type OperationResult,
  textOf,
} from './protocol.ts'
import {
  addVersion,
  findByStage,
  moveStage,
  type SecretFault,
  type SecretStore,
  type SecretVersion,
  type StoredSecret,
} from './secret-store.ts'

type SecretOperation = (secret: StoredSecret, input: Input, arn: string) => OperationResult

const operations = new Map<string, SecretOperation>([
  ['GetSecretValue', getSecretValue],
  ['DescribeSecret', describeSecret],
  ['ListSecretVersionIds', listSecretVersionIds],
  ['PutSecretValue', putSecretValue],
  ['UpdateSecretVersionStage', updateSecretVersionStage],
])

// It may be described, but neither read nor changed.
const allowedWhenDeleted = new Set(['DescribeSecret', 'ListSecretVersionIds'])

/** Finds an operation of Secrets Manager over a store, broken by `fault` where there is one. */
export function findSecretOperation(
  name: string,
  store: SecretStore,
  region: string,
  fault: SecretFault | undefined,
): Operation | undefined {
  const operation = operations.get(name)
  if (!operation) return undefined
  return (input) => {
    const id = textOf(input, 'SecretId')
    if (id === undefined) return awsError('ValidationException', 'SecretId must not be null.')
    if (fault === 'secrets_down') {
      return awsError('InternalServiceError', 'An error occurred on the server side.', 500)
    }
    if (fault === 'secret_denied') return denied(name, id)
    const secret = fault === 'secret_gone' ? undefined : findSecret(store, id)
    if (!secret) return notFound('the specified secret')
    if (secret.deletedAtSeconds !== undefined && !allowedWhenDeleted.has(name)) return markedDeleted
    const result = operation(secret, input, toArn(secret.name, region))
    return fault === 'secret_broken' ? withBrokenValue(result) : result
  }
}

function getSecretValue(secret: StoredSecret, input: Input, arn: string): OperationResult {
  const id = textOf(input, 'VersionId')
  const stage = textOf(input, 'VersionStage') ?? (id === undefined ? 'AWSCURRENT' : undefined)
  const version = id === undefined ? findByStage(secret, stage ?? '') : secret.versions.get(id)
  if (!version) {
    const which = id === undefined ? `staging label: ${stage}` : `VersionId: ${id}`
    return notFound(`the specified secret value for ${which}`)
  }
  if (stage !== undefined && !version.stages.has(stage)) {
    const message = `The VersionStage ${stage} is not associated with the VersionId ${id}.`
    return awsError('InvalidRequestException', message)
  }
  return { output: { ...describeVersion(secret, version, arn), SecretString: version.value } }
}

function describeSecret(secret: StoredSecret, _input: Input, arn: string): OperationResult {
  const versions = [...secret.versions.values()]
  const staged = versions.filter((version) => version.stages.size > 0)
  const dates = versions.map((version) => version.createdAtSeconds)
  return {
    output: {
      ARN: arn,
      Name: secret.name,
      CreatedDate: Math.min(...dates),
      LastChangedDate: Math.max(...dates),
      ...(secret.deletedAtSeconds !== undefined && { DeletedDate: secret.deletedAtSeconds }),
      VersionIdsToStages: Object.fromEntries(staged.map(({ id, stages }) => [id, [...stages]])),
    },
  }
}

function listSecretVersionIds(secret: StoredSecret, input: Input, arn: string): OperationResult {
  const listed = [...secret.versions.values()].filter(
    ({ stages }) => stages.size > 0 || input['IncludeDeprecated'] === true,
  )
  const Versions = listed.map(({ id, stages, createdAtSeconds }) => ({
    VersionId: id,
    VersionStages: [...stages],
    CreatedDate: createdAtSeconds,
  }))
  return { output: { ARN: arn, Name: secret.name, Versions } }
}

function putSecretValue(secret: StoredSecret, input: Input, arn: string): OperationResult {
  const value = textOf(input, 'SecretString')
  if (value === undefined) {
    return awsError('InvalidRequestException', 'You must provide SecretString.')
  }
  // The token is the new version's id, so that a repeated call makes no second version.
  const id = textOf(input, 'ClientRequestToken') ?? randomUUID()
  const known = secret.versions.get(id)
  if (known && known.value !== value) {
    const message = `The version ${id} already exists with a different value.`
    return awsError('ResourceExistsException', message)
  }
  const asked = input['VersionStages']
  const stages = Array.isArray(asked) ? asked.map(String) : ['AWSCURRENT']
  const version = known ?? addVersion(secret, id, value, stages)
  const { CreatedDate, ...output } = describeVersion(secret, version, arn)
  return { output }
}

function updateSecretVersionStage(
  secret: StoredSecret,
  input: Input,
  arn: string,
): OperationResult {
  const stage = textOf(input, 'VersionStage')
  if (stage === undefined) return awsError('ValidationException', 'VersionStage must not be null.')
  const toId = textOf(input, 'MoveToVersionId')
  const to = toId === undefined ? undefined : secret.versions.get(toId)
  if (toId !== undefined && !to) return notFound(`the specified secret version: ${toId}`)
  const holder = findByStage(secret, stage)
  if (holder !== to && holder?.id !== textOf(input, 'RemoveFromVersionId')) {
    const message = `RemoveFromVersionId must name the version that ${stage} is attached to.`
    return awsError('InvalidParameterException', message)
  }
  moveStage(secret, stage, to)
  return { output: { ARN: arn, Name: secret.name } }
}

function describeVersion(secret: StoredSecret, version: SecretVersion, arn: string) {
  return {
    ARN: arn,
    Name: secret.name,
    VersionId: version.id,
    VersionStages: [...version.stages],
    CreatedDate: version.createdAtSeconds,
  }
}

/** Finds a secret by its name, its ARN, or its ARN without the six characters at the end. */
function findSecret(store: SecretStore, id: string): StoredSecret | undefined {
  const [, name] = /^arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:(.+)$/.exec(id) ?? []
  if (name === undefined) return store.secrets.get(id)
  return store.secrets.get(name) ?? store.secrets.get(name.replace(/-\w{6}$/, ''))
}

function toArn(name: string, region: string): string {
  return `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-AbCdEf`
}

function withBrokenValue(result: OperationResult): OperationResult {
  if (!('output' in result) || !('SecretString' in result.output)) return result
  return { output: { ...result.output, SecretString: '{"client_id": "' } }
}

const markedDeleted = awsError(
  'InvalidRequestException',
  "You can't perform this operation on the secret because it was marked for deletion.",
)

function notFound(what: string): OperationResult {
  return awsError('ResourceNotFoundException', `Secrets Manager can't find ${what}.`)
}

function denied(operation: string, id: string): OperationResult {
  const message = `User: arn:aws:sts::${accountId}:assumed-role/local/local is not authorized to perform: secretsmanager:${operation} on resource: ${id} because no identity-based policy allows the secretsmanager:${operation} action`
  return awsError('AccessDeniedException', message)
}
