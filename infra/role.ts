/** One resource of a CloudFormation template. */
export interface Resource {
  readonly Type: string
  readonly Properties: Readonly<Record<string, unknown>>
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
 * The role of one function: it writes to its own log group, reads the named secrets, and can do nothing
 * else. Metrics need no permission, because they are log lines. Nor is there one for a customer-managed
 * key: that key's own policy has to let the role decrypt.
 */
export function toRole(logGroupId: string, secretIds: readonly string[]): Resource {
  const statements = [
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      // Ends in `:*`, which stands for the group's streams.
      Resource: [{ 'Fn::GetAtt': [logGroupId, 'Arn'] }],
    },
    {
      Effect: 'Allow',
      Action: ['secretsmanager:GetSecretValue'],
      Resource: [...new Set(secretIds)].sort().map(toSecretArn),
    },
  ]
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: lambdaMayAssume,
      Policies: [
        {
          PolicyName: 'own-log-and-secrets',
          PolicyDocument: { Version: '2012-10-17', Statement: statements },
        },
      ],
    },
  }
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
