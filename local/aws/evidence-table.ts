import { once } from 'node:events'
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import dynalite from 'dynalite'

/** A DynamoDB on loopback with the one table in which codes and refresh tokens spent are remembered. */
export interface EvidenceTable {
  readonly url: string
  readonly name: string
  close(): Promise<void>
}

const name = 'token-proxy-evidence'

/** Opens the table, empty and in memory; it is lost when it is closed. */
export async function openEvidenceTable(region: string, port: number): Promise<EvidenceTable> {
  const server = dynalite({ createTableMs: 0 })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const taken = typeof address === 'object' && address !== null ? address.port : port
  const url = `http://127.0.0.1:${taken}`
  await createTable(region, url)
  return {
    url,
    name,
    close: async () => {
      const closed = Promise.withResolvers<void>()
      server.close(() => closed.resolve())
      server.closeAllConnections()
      await closed.promise
    },
  }
}

async function createTable(region: string, endpoint: string): Promise<void> {
  const credentials = { accessKeyId: 'embedded', secretAccessKey: 'embedded' }
  const client = new DynamoDBClient({ region, endpoint, credentials })
  const command = new CreateTableCommand({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'digest', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'digest', KeyType: 'HASH' }],
  })
  await client.send(command)
  client.destroy()
}
