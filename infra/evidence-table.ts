import type { Resource } from './resource.ts'

/** The table's logical id, which the role and the environment refer to. */
export const evidenceTableId = 'EvidenceTable'

/**
 * Makes the table in which all sandboxes remember used codes and refresh tokens. It is billed per request, because
 * it is written once per exchange and read only after a failure. Without a key of the stage, AWS keeps its key.
 */
export function toEvidenceTable(kmsKey: string | undefined): Resource {
  const ownKey = kmsKey === undefined ? {} : { SSEType: 'KMS', KMSMasterKeyId: kmsKey }
  return {
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
      SSESpecification: { SSEEnabled: true, ...ownKey },
    },
  }
}
