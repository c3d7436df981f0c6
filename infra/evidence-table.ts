import type { Resource } from './resource.ts'

/** The table's name in the template, by which the role and the environment refer to it. */
export const evidenceTableId = 'EvidenceTable'

/**
 * The table in which all sandboxes remember the codes and refresh tokens already used. It is billed by
 * the request, since it is written once for an exchange and read only after a failure.
 */
export const evidenceTable: Resource = {
  Type: 'AWS::DynamoDB::Table',
  // It holds digests that expire within a day: losing them costs certainty and nothing else, and
  // a table that outlived its stack would only be billed. So there is no backup of it either.
  DeletionPolicy: 'Delete',
  UpdateReplacePolicy: 'Delete',
  Properties: {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'digest', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'digest', KeyType: 'HASH' }],
    TimeToLiveSpecification: { AttributeName: 'forgetAt', Enabled: true },
    SSESpecification: { SSEEnabled: true },
  },
}
