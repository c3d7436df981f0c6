import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import type { Fate, Uses } from '../core/use-memory.ts'
import type { Clock } from './clock.ts'

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
export function openUseTable(name: string, clock: Clock): UseTable {
  const client = new DynamoDBClient({
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: longestCallMs,
      requestTimeout: longestCallMs,
      throwOnRequestTimeout: true,
    },
  })
  const rest = openRest(clock)
  return {
    begin: (digest, forgetAtMs, isCounted) => {
      if (rest.isOn()) return silentRow
      const abort = new AbortController()
      const send = (command: UpdateItemCommand) =>
        client.send(command, { abortSignal: abort.signal })
      const begun = isCounted
        ? settle(() => send(toAdd(name, digest, 'total', forgetAtMs)))
        : undefined
      let isBegun = false
      void begun?.then(({ isDone }) => {
        isBegun = isDone
      })
      return {
        end: async (fate, waitMs) => {
          if (begun === undefined) return
          const mark = markByFate[fate]
          const isInstant = mark === 'spentAt' || mark === 'rotatedOutAt'
          const toCommand = isInstant ? toNote : toAdd
          // The first mark may still be under way: it does not hold this one up.
          const ended =
            mark && settle(() => send(toCommand(name, digest, mark, forgetAtMs, clock.nowMs())))
          await settleWithin(waitMs, abort, () => Promise.all([begun, ended]))
          // A table that took the first mark is well, however long it takes for the second.
          rest.note(isBegun)
        },
        read: async (waitMs) => {
          const done = await settleWithin(waitMs, abort, async () => {
            if (begun !== undefined && !(await begun).isDone) return undefined
            const command = toRead(name, digest)
            const { Item } = await client.send(command, { abortSignal: abort.signal })
            return Item && toUses(Item)
          })
          if (begun === undefined) rest.note(done.isDone)
          return done.isDone ? done.value : undefined
        },
      }
    },
  }
}

/** What is known while the table rests: nothing. */
const silentRow: UseRow = { end: async () => {}, read: async () => undefined }

/** Calls in a row that may fail before the table is left alone, and for how long in milliseconds. */
const mostFailures = 3
const restMs = 30_000

/** A table that hangs would make each exchange wait; after the rest, a single use tries it again. */
function openRest(clock: Clock) {
  let failures = 0
  let endsAtMs = 0
  return {
    isOn: () => {
      const isOn = clock.spanMs() < endsAtMs
      if (!isOn && failures >= mostFailures) endsAtMs = clock.spanMs() + restMs
      return isOn
    },
    note: (isWell: boolean) => {
      failures = isWell ? 0 : failures + 1
      if (isWell) endsAtMs = 0
      else if (failures >= mostFailures) endsAtMs = clock.spanMs() + restMs
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
function toNote(name: string, digest: string, mark: string, forgetAtMs: number, nowMs: number) {
  return new UpdateItemCommand({
    TableName: name,
    Key: { digest: { S: digest } },
    UpdateExpression: 'SET #mark = if_not_exists(#mark, :now), forgetAt = :forget',
    ExpressionAttributeNames: { '#mark': mark },
    ExpressionAttributeValues: {
      ':now': { N: `${nowMs}` },
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

type Settled<T> = { readonly isDone: true; readonly value: T } | { readonly isDone: false }

/** Whatever the table throws is dropped where it arises, so that no rejection is left unheard. */
async function settle<T>(call: () => Promise<T>): Promise<Settled<T>> {
  try {
    return { isDone: true, value: await call() }
  } catch {
    return { isDone: false }
  }
}

/** Waits no longer than it may; what is not done by then is given up, so that nothing runs on. */
async function settleWithin<T>(
  waitMs: number,
  abort: AbortController,
  work: () => Promise<T>,
): Promise<Settled<T>> {
  const { promise: late, resolve } = Promise.withResolvers<Settled<T>>()
  const giveUp = () => {
    abort.abort()
    resolve({ isDone: false })
  }
  const timer = setTimeout(giveUp, Math.max(0, waitMs))
  const done = await Promise.race([settle(work), late])
  clearTimeout(timer)
  return done
}
