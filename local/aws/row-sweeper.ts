import type { IncomingMessage, Server } from 'node:http'
import { DeleteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { parseJson } from '../../core/json.ts'

/** Does what DynamoDB's time to live does and the embedded table does not, and bounds the number of rows. */
export interface RowSweeper {
  /** Deletes every expired row, and rows beyond the bound. */
  sweep(): Promise<void>
  /** The number of rows, as far as the sweeper knows. */
  count(): number
}

export interface SweptTable {
  readonly server: Server
  readonly client: DynamoDBClient
  readonly name: string
  /** The most rows that are kept; beyond that, the oldest are deleted. */
  readonly mostRows: number
}

/**
 * Opens a sweeper of a table whose rows have `digest` as key and `forgetAt` as end. It learns of rows from
 * the updates that the server receives: the server never closes the iterator of a scan, so every scan would
 * keep all rows of that moment in memory.
 */
export function openRowSweeper({ server, client, name, mostRows }: SweptTable): RowSweeper {
  const endsAtSeconds = new Map<string, number>()
  const note = (body: string) => {
    const update = toUpdate(parseJson(body))
    if (update === undefined) return
    // Inserting a row again makes it the newest.
    endsAtSeconds.delete(update.digest)
    endsAtSeconds.set(update.digest, update.forgetAtSeconds)
  }
  server.prependListener('request', (request: IncomingMessage) => {
    if (!String(request.headers['x-amz-target']).endsWith('.UpdateItem')) return
    // Listens in addition to the server, which reads the same request.
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => note(Buffer.concat(chunks).toString()))
  })
  return {
    sweep: async () => {
      const nowSeconds = Date.now() / 1000
      for (const [digest, endSeconds] of [...endsAtSeconds]) {
        if (endSeconds > nowSeconds && endsAtSeconds.size <= mostRows) continue
        endsAtSeconds.delete(digest)
        const Key = { digest: { S: digest } }
        await client.send(new DeleteItemCommand({ TableName: name, Key }))
      }
    },
    count: () => endsAtSeconds.size,
  }
}

function toUpdate(body: unknown) {
  const digest = readPath(body, 'Key', 'digest', 'S')
  const forgetAt = readPath(body, 'ExpressionAttributeValues', ':forget', 'N')
  if (typeof digest !== 'string') return undefined
  return { digest, forgetAtSeconds: Number(forgetAt ?? Number.POSITIVE_INFINITY) }
}

function readPath(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>(
    (at, name) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, name)
        ? Reflect.get(at, name)
        : undefined,
    value,
  )
}
