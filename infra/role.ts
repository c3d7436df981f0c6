import type { Resource } from './resource.ts'

/** What one function has to reach; each part becomes a statement of its role, or none where it is empty. */
export interface Needs {
  /** The log group's name in the template. */
  readonly logGroupId: string
  /** Names or ARNs of the secrets that are read. */
  readonly secretIds: readonly string[]
  /** The user pools that are described. */
  readonly userPoolIds: readonly string[]
  /** Whether it may also be asked whose a domain is. */
  readonly describesDomains: boolean
  /** The evidence table's name in the template; undefined where it is not used. */
  readonly tableId: string | undefined
}

interface Statement {
  readonly Effect: 'Allow'
  readonly Action: readonly string[]
  readonly Resource: readonly unknown[]
  readonly Condition?: Readonly<Record<string, unknown>>
}

const lambdaMayAssume = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    },
  ],
}

/**
 * The role of one function: it writes to its own log group, reaches what is named, and can do nothing
 * else. Metrics need no permission, because they are log lines. Nor is there one for a customer-managed
 * key: that key's own policy has to let the role decrypt.
 */
export function toRole(needs: Needs): Resource {
  const { logGroupId, secretIds, tableId } = needs
  const statements = [
    // Ends in `:*`, which stands for the group's streams.
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [{ 'Fn::GetAtt': [logGroupId, 'Arn'] }]),
    ...(secretIds.length === 0
      ? []
      : [allow(['secretsmanager:GetSecretValue'], toSorted(secretIds).map(toSecretArn))]),
    ...toPoolStatements(needs),
    ...(tableId === undefined
      ? []
      : [allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], [{ 'Fn::GetAtt': [tableId, 'Arn'] }])]),
  ]
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: lambdaMayAssume,
      Policies: [
        {
          PolicyName: 'own-needs',
          PolicyDocument: { Version: '2012-10-17', Statement: statements },
        },
      ],
    },
  }
}

function toPoolStatements({ userPoolIds, describesDomains }: Needs): readonly Statement[] {
  const ids = toSorted(userPoolIds)
  if (ids.length === 0) return []
  const pools = allow(
    [
      'cognito-idp:DescribeUserPool',
      'cognito-idp:DescribeUserPoolClient',
      'cognito-idp:ListUserPoolClientSecrets',
    ],
    ids.map(toPoolArn),
  )
  return describesDomains ? [pools, toDomainStatement(ids)] : [pools]
}

/**
 * IAM knows no resource for this action, so that only `*` grants it: any domain of the account can be
 * looked up, in the Regions of the pools. That is why it is granted only where the stage asks for it.
 */
function toDomainStatement(userPoolIds: readonly string[]): Statement {
  return {
    ...allow(['cognito-idp:DescribeUserPoolDomain'], ['*']),
    Condition: { StringEquals: { 'aws:RequestedRegion': toSorted(userPoolIds.map(toRegion)) } },
  }
}

function allow(actions: readonly string[], resources: readonly unknown[]): Statement {
  return { Effect: 'Allow', Action: actions, Resource: resources }
}

/** A user pool's id begins with its Region, which need not be the stack's own. */
function toPoolArn(userPoolId: string): unknown {
  return {
    'Fn::Sub': `arn:\${AWS::Partition}:cognito-idp:${toRegion(userPoolId)}:\${AWS::AccountId}:userpool/${userPoolId}`,
  }
}

function toRegion(userPoolId: string): string {
  return userPoolId.slice(0, userPoolId.indexOf('_'))
}

/**
 * Secrets Manager ends every secret's ARN in a hyphen and six random characters. Six `?` stand for
 * exactly those, where `*` would also let in every secret whose name only begins alike.
 */
function toSecretArn(secretId: string): unknown {
  if (!secretId.startsWith('arn:')) {
    return {
      'Fn::Sub': `arn:\${AWS::Partition}:secretsmanager:\${AWS::Region}:\${AWS::AccountId}:secret:${secretId}-??????`,
    }
  }
  return /-[A-Za-z0-9]{6}$/.test(secretId) ? secretId : `${secretId}-??????`
}

/** Each once, in an order that does not depend on the stage file's. */
function toSorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort()
}
