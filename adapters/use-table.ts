import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import type { Fate, Uses } from '../core/use-memory.ts'

/** One row: what all sandboxes know of one code or refresh token. */
export interface UseRow {
  readonly end: (fate: Exclude<Fate, 'open'>, waitMs: number) => Promise<void>
  /** All uses so far; undefined where they cannot be read. */
  readonly read: (waitMs: number) => Promise<Uses | undefined>
}

/** The table that is shared by all sandboxes. */
export interface UseTable {
  /** Begins to write at once; the write goes on beside whatever the caller does next. */
  readonly begin: (digest: string, forgetAtMs: number, isCounted: boolean) => UseRow
}

type Item = Record<string, AttributeValue>

/** What the end of a use adds to the row; the others add nothing that anybody asks for. */
const markByFate: { readonly [F in Fate]?: string } = {
  refused: 'refused',
  spent: 'spentAt',
  rotated_out: 'rotatedOutAt',
  revoked: 'revoked',
}
const longestCallMs = 1000

/**
 * Opens the table through the SDK. This file is a chunk of its own, loaded only where a table is
 * configured. A call that fails or comes too late is dropped: less certainty, never a failure.
 */
export function openUseTable(name: string): UseTable {
  const client = new DynamoDBClient({
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: longestCallMs,
      requestTimeout: longestCallMs,
      throwOnRequestTimeout: true,
    },
  })
  return {
    begin: (digest, forgetAtMs, isCounted) => {
      const abort = new AbortController()
      const add = (mark: string) =>
        client.send(toAdd(name, digest, mark, forgetAtMs), { abortSignal: abort.signal })
      const note = (mark: string) =>
        client.send(toNote(name, digest, mark, forgetAtMs), { abortSignal: abort.signal })
      const begun = isCounted ? settle(() => add('total')) : undefined
      return {
        end: async (fate, waitMs) => {
          const mark = isCounted ? markByFate[fate] : undefined
          await within(waitMs, abort, async () => {
            await begun
            if (mark === 'spentAt' || mark === 'rotatedOutAt') await note(mark)
            else if (mark !== undefined) await add(mark)
          })
        },
        read: (waitMs) =>
          within(waitMs, abort, async (signal) => {
            if (isCounted && (await begun) === undefined) return undefined
            const { Item } = await client.send(toRead(name, digest), { abortSignal: signal })
            return Item && toUses(Item)
          }),
      }
    },
  }
}

function toAdd(name: string, digest: string, mark: string, forgetAtMs: number) {
  return new UpdateItemCommand({
    TableName: name,
    Key: { digest: { S: digest } },
    UpdateExpression: 'ADD #mark :one SET forgetAt = :forget',
    ExpressionAttributeNames: { '#mark': mark },
    ExpressionAttributeValues: {
      ':one': { N: '1' },
      // DynamoDB's time to live is in seconds.
      ':forget': { N: `${Math.ceil(forgetAtMs / 1000)}` },
    },
  })
}

/** The instant at which a use was seen to end well; the first one stays. */
function toNote(name: string, digest: string, mark: string, forgetAtMs: number) {
  return new UpdateItemCommand({
    TableName: name,
    Key: { digest: { S: digest } },
    UpdateExpression: 'SET #mark = if_not_exists(#mark, :now), forgetAt = :forget',
    ExpressionAttributeNames: { '#mark': mark },
    ExpressionAttributeValues: {
      ':now': { N: `${Date.now()}` },
      ':forget': { N: `${Math.ceil(forgetAtMs / 1000)}` },
    },
  })
}

function toRead(name: string, digest: string) {
  return new GetItemCommand({
    TableName: name,
    Key: { digest: { S: digest } },
    ConsistentRead: true,
  })
}

function toUses(item: Item): Uses {
  return {
    total: toNumber(item, 'total'),
    refused: toNumber(item, 'refused'),
    spentAtMs: toInstant(item, 'spentAt'),
    rotatedOutAtMs: toInstant(item, 'rotatedOutAt'),
    revoked: toNumber(item, 'revoked') > 0,
  }
}

function toInstant(item: Item, name: string): number | undefined {
  const text = item[name]?.N
  return text === undefined ? undefined : Number(text)
}

function toNumber(item: Item, name: string): number {
  return Number(item[name]?.N ?? 0)
}

/** Whatever the table throws is dropped where it arises, so that no rejection is left unheard. */
async function settle<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch {
    return undefined
  }
}

/** Waits no longer than it may; what is not done by then is given up, so that nothing runs on. */
async function within<T>(
  waitMs: number,
  abort: AbortController,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>()
  const giveUp = () => {
    abort.abort()
    resolve(undefined)
  }
  const timer = setTimeout(giveUp, Math.max(0, waitMs))
  const done = await Promise.race([settle(() => work(abort.signal)), late])
  clearTimeout(timer)
  return done
}
