/** The fields of a stage that name a key which the services of its Region use. */
export const keyFields = [
  'logsKmsKey',
  'evidenceTableKmsKey',
  'topicsKmsKey',
  'environmentKmsKey',
] as const
export type KeyField = (typeof keyFields)[number]

/** What the policy of a key must allow a service of AWS, beside what it allows the account. */
export interface KeyUse {
  readonly principal: string
  readonly actions: readonly string[]
  readonly condition: Readonly<Record<string, unknown>>
}

/**
 * Says what the policy of a key has to allow; undefined where the rights of the roles and of whoever deploys are
 * enough. Nothing else can allow it: a service that acts by itself has no role here.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function toKeyUse(field: KeyField, keyArn: string): KeyUse | undefined {
  const [, partition = '', , region = '', account = ''] = keyArn.split(':')
  const suffix = toServiceSuffix(region)
  if (field === 'logsKmsKey') {
    return {
      principal: `logs.${region}.${suffix}`,
      actions: [
        ...[
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncrypt*',
          'kms:GenerateDataKey*',
          'kms:Describe*',
        ],
      ],
      condition: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:*`,
        },
      },
    }
  }
  if (field !== 'topicsKmsKey') return undefined
  return {
    principal: 'cloudwatch.amazonaws.com',
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    condition: { StringEquals: { 'aws:SourceAccount': account } },
  }
}

/** Notes each key that the services of the stack cannot reach, because it is in another Region. */
export function noteForeignKeys(
  stage: Readonly<Record<KeyField, string | undefined> & { region: string }>,
  note: (problem: string) => void,
): void {
  for (const field of keyFields) {
    const region = stage[field]?.split(':')[3]
    if (region !== undefined && region !== stage.region) {
      note(`${field} must be a key in the Region of the stack`)
    }
  }
}

/** What the names of AWS's services end with in a Region, as keys and roles know them. */
export function toServiceSuffix(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
}
