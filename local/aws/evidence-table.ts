import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import dynalite from 'dynalite'
import { listen } from '../listening.ts'
import { openRowSweeper } from './row-sweeper.ts'

/** A DynamoDB on loopback with the one table that remembers used codes and refresh tokens. */
export interface EvidenceTable {
  readonly url: string
  readonly name: string
  close(): Promise<void>
}

const name = 'token-proxy-evidence'
const sweepEveryMs = 30_000
/** Nearly ten minutes of the visitors' exchanges, as long as a code is remembered. */
const mostRows = 1000

/** Opens the table, empty and in memory; it is lost when it is closed. */
export async function openEvidenceTable(region: string, port: number): Promise<EvidenceTable> {
  const server = dynalite({ createTableMs: 0 })
  const untilAnswered = countWork(server)
  const { url, close } = await listen(server, port)
  const credentials = { accessKeyId: 'embedded', secretAccessKey: 'embedded' }
  const client = new DynamoDBClient({ region, endpoint: url, credentials })
  await createTable(client)
  const sweeper = openRowSweeper({ server, client, name, mostRows })
  let round = Promise.resolve()
  const timer = setInterval(() => {
    round = round.then(sweeper.sweep)
  }, sweepEveryMs).unref()
  return {
    url,
    name,
    close: async () => {
      clearInterval(timer)
      await round
      await untilAnswered()
      client.destroy()
      await close()
    },
  }
}

/**
 * Gives what waits until every request that has arrived is answered. The server goes on with one whose caller has
 * left, and would then write to a database that is closed.
 */
function countWork(server: Server): () => Promise<void> {
  const work = new Set<Promise<void>>()
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    request.once('end', () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      work.add(promise)
      void promise.then(() => work.delete(promise))
      // No event tells that a response has ended whose connection is gone.
      const end = response.end.bind(response)
      response.end = ((...given: Parameters<typeof end>) => {
        resolve()
        return end(...given)
      }) as typeof response.end
    })
  })
  return async () => {
    while (work.size > 0) await Promise.all(work)
  }
}

async function createTable(client: DynamoDBClient): Promise<void> {
  const command = new CreateTableCommand({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'digest', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'digest', KeyType: 'HASH' }],
  })
  await client.send(command)
}
