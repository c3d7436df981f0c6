import { type AttributeValue, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import type { EvidenceTable } from '../../local/aws/evidence-table.ts'

export type Row = Readonly<Record<string, AttributeValue>>

/** Looks into the evidence table, as somebody with full access to it could. */
export interface TableRows {
  read(): Promise<readonly Row[]>
  close(): void
}

export function openTableRows({ url, name }: EvidenceTable): TableRows {
  const client = new DynamoDBClient({
    endpoint: url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'reader', secretAccessKey: 'reader' },
  })
  const read = async () => (await client.send(new ScanCommand({ TableName: name }))).Items ?? []
  return { read, close: () => client.destroy() }
}
