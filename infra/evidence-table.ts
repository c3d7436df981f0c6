import type { Resource } from './resource.ts'

/** The table's logical id, which the role and the environment refer to. */
export const evidenceTableId = 'EvidenceTable'

/**
 * The table in which all sandboxes remember used codes and refresh tokens. It is billed per request, because
 * it is written once per exchange and read only after a failure.
 */
export const evidenceTable: Resource = {
  Type: 'AWS::DynamoDB::Table',
  // It contains digests that expire within a day. Losing them only makes diagnoses less certain, so there is
  // no backup, and the table is deleted with its stack.
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
