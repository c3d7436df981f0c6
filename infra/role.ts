import { toServiceSuffix } from './account/keys.ts'
import type { Resource } from './resource.ts'
import { allow, type Statement, toServiceRole } from './service-role.ts'

/** What one function must access; each part becomes a statement of its role, unless it is empty. */
export interface Needs {
  /** The log group's logical id. */
  readonly logGroupId: string
  /** Names or ARNs of the secrets that it reads. */
  readonly secretIds: readonly string[]
  /** The user pools that it describes. */
  readonly userPools: readonly ReadPool[]
  /** Whether it may look up which pool owns a domain. */
  readonly describesDomains: boolean
  /** The evidence table's logical id; undefined if it is not used. */
  readonly tableId: string | undefined
  /** Whether it replaces these secrets, in Secrets Manager and at Cognito. */
  readonly rotates?: boolean
  /** The ARN of the key that encrypts the secrets; absent for that of AWS. */
  readonly kmsKey?: string | undefined
  /** The ARN of the key that encrypts the evidence table; absent for that of AWS. */
  readonly tableKmsKey?: string | undefined
  /** The key that encrypts the function's environment, and the name of the function; absent for that of AWS. */
  readonly environment?: { readonly kmsKey: string; readonly functionName: string } | undefined
}

/** A user pool, and the Region in which it is read: its own, or that of its replica. */
export interface ReadPool {
  readonly userPoolId: string
  readonly region: string
}

/**
 * Makes the role of one function: it can write to its own log group and access what is listed, and nothing
 * else. Metrics need no permission, because they are log lines. It grants nothing on a customer-managed key that
 * the stage does not name: the policy of that key must allow the role to decrypt.
 */
export function toRole(needs: Needs): Resource {
  const { logGroupId, secretIds, tableId } = needs
  const statements = [
    // Ends with `:*`, which stands for the group's streams.
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [{ 'Fn::GetAtt': [logGroupId, 'Arn'] }]),
    ...(secretIds.length === 0
      ? []
      : [allow(toSecretActions(needs), toSorted(secretIds).flatMap(toSecretArns))]),
    ...(secretIds.length === 0 ? [] : toKeyStatements(needs)),
    ...toPoolStatements(needs),
    ...(tableId === undefined
      ? []
      : [
          allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], [{ 'Fn::GetAtt': [tableId, 'Arn'] }]),
          ...toUse(needs.tableKmsKey, 'dynamodb', ['kms:Decrypt']),
        ]),
    ...toEnvironmentStatements(needs),
  ]
  return toServiceRole('lambda.amazonaws.com', statements)
}

function toSecretActions({ rotates }: Needs): readonly string[] {
  const own = ['DescribeSecret', 'PutSecretValue', 'UpdateSecretVersionStage']
  return ['GetSecretValue', ...(rotates ? own : [])].map((action) => `secretsmanager:${action}`)
}

function toKeyStatements({ kmsKey, rotates }: Needs): readonly Statement[] {
  return toUse(kmsKey, 'secretsmanager', [
    'kms:Decrypt',
    ...(rotates ? ['kms:GenerateDataKey'] : []),
  ])
}

/** Lets a key be used through one service alone. */
function toUse(
  kmsKey: string | undefined,
  service: string,
  actions: readonly string[],
): readonly Statement[] {
  if (kmsKey === undefined) return []
  const region = kmsKey.split(':')[3] ?? ''
  const through = `${service}.${region}.${toServiceSuffix(region)}`
  return [
    { ...allow(actions, [kmsKey]), Condition: { StringEquals: { 'kms:ViaService': through } } },
  ]
}

/** Lambda decrypts the environment as the role of its function, before that starts. */
function toEnvironmentStatements({ environment }: Needs): readonly Statement[] {
  if (environment === undefined) return []
  const { kmsKey, functionName } = environment
  const ownFunction = {
    'Fn::Sub': `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:${functionName}`,
  }
  return [
    {
      ...allow(['kms:Decrypt'], [kmsKey]),
      Condition: { StringEquals: { 'kms:EncryptionContext:aws:lambda:FunctionArn': ownFunction } },
    },
  ]
}

function toPoolStatements(needs: Needs): readonly Statement[] {
  const { userPools, describesDomains, rotates } = needs
  const arns = toSorted(userPools.map(toPoolArn))
  if (arns.length === 0) return []
  const actions = rotates
    ? ['DescribeUserPoolClient', ...secretActions]
    : ['DescribeUserPool', 'DescribeUserPoolClient', 'ListUserPoolClientSecrets']
  const pools = allow(
    actions.map((action) => `cognito-idp:${action}`),
    arns.map((arn) => ({ 'Fn::Sub': arn })),
  )
  return describesDomains ? [pools, toDomainStatement(userPools)] : [pools]
}

const secretActions = [
  ...['ListUserPoolClientSecrets', 'AddUserPoolClientSecret', 'DeleteUserPoolClientSecret'],
]

/**
 * IAM has no resource type for this action, so only `*` grants it: the role can look up any domain of the
 * account in the Regions of the pools. That is why it is granted only if the stage asks for it.
 */
function toDomainStatement(userPools: readonly ReadPool[]): Statement {
  return {
    ...allow(['cognito-idp:DescribeUserPoolDomain'], ['*']),
    Condition: {
      StringEquals: { 'aws:RequestedRegion': toSorted(userPools.map(({ region }) => region)) },
    },
  }
}

/** The Region may differ from the stack's. A replica has the id of its pool, and an ARN of its own. */
function toPoolArn({ userPoolId, region }: ReadPool): string {
  return `arn:\${AWS::Partition}:cognito-idp:${region}:\${AWS::AccountId}:userpool/${userPoolId}`
}

/**
 * Secrets Manager ends every secret's ARN with a hyphen and six random characters. Six `?` match exactly
 * those; `*` would also match every secret whose name has this prefix. An ARN that ends like a whole one may
 * also be one without its random end, of a secret whose name ends so: then both are meant.
 */
function toSecretArns(secretId: string): readonly unknown[] {
  if (!secretId.startsWith('arn:')) {
    return [
      {
        'Fn::Sub': `arn:\${AWS::Partition}:secretsmanager:\${AWS::Region}:\${AWS::AccountId}:secret:${secretId}-??????`,
      },
    ]
  }
  const whole = /-[A-Za-z0-9]{6}$/.test(secretId) ? [secretId] : []
  return [...whole, `${secretId}-??????`]
}

/** Removes duplicates, and sorts so that the order in the stage file does not matter. */
function toSorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort()
}
