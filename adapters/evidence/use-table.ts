import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import type { Fate, Uses } from '../../core/diagnosis/use-memory.ts'
import type { Clock } from '../clock.ts'
import { waitWithin } from '../time-limit.ts'

/** One row: what all sandboxes know of one code or refresh token. */
export interface UseRow {
  readonly end: (fate: Exclude<Fate, 'open'>, waitMs: number) => Promise<void>
  /** All uses so far; undefined where they cannot be read. */
  readonly read: (waitMs: number) => Promise<Uses | undefined>
}

/** One use as the table is told of it. */
export interface TabledUse {
  /** Stands for the code or refresh token. */
  readonly digest: string
  /** Stands for the exchange; only alike exchanges have the same. */
  readonly mark: string
  readonly forgetAtMs: number
  readonly isCounted: boolean
}

/** The table that is shared by all sandboxes. */
export interface UseTable {
  /** Begins to write at once; the write goes on beside whatever the caller does next. */
  readonly begin: (use: TabledUse) => UseRow
}

type Item = Record<string, AttributeValue>

/** What counts such an end of a use; the others add nothing that anybody asks for. */
const counterByFate: { readonly [F in Fate]?: string } = {
  refused: 'refused',
  rotated_out: 'rotatedOut',
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
    begin: (use) => {
      if (rest.isOn()) return silentRow
      const abort = new AbortController()
      const send = (command: UpdateItemCommand) =>
        client.send(command, { abortSignal: abort.signal })
      const begun = use.isCounted ? settle(() => send(toAdd(name, use, 'total'))) : undefined
      let isBegun = false
      void begun?.then(({ isDone }) => {
        isBegun = isDone
      })
      return {
        end: async (fate, waitMs) => {
          if (begun === undefined) return
          const command = toEnd(name, use, fate)
          // The first note may still be under way: it does not hold this one up.
          const ended = command && settle(() => send(command))
          await settleWithin(waitMs, abort, () => Promise.all([begun, ended]))
          // A table that took the first note is well, however long it takes for the second.
          rest.note(isBegun)
        },
        read: async (waitMs) => {
          const done = await settleWithin(waitMs, abort, async () => {
            if (begun !== undefined && !(await begun).isDone) return undefined
            const command = toRead(name, use.digest)
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

function toEnd(name: string, use: TabledUse, fate: Fate): UpdateItemCommand | undefined {
  if (fate === 'spent') return toNote(name, use)
  const counter = counterByFate[fate]
  return counter === undefined ? undefined : toAdd(name, use, counter)
}

function toAdd(name: string, { digest, forgetAtMs }: TabledUse, counter: string) {
  return new UpdateItemCommand({
    TableName: name,
    Key: { digest: { S: digest } },
    UpdateExpression: 'ADD #counter :one SET forgetAt = :forget',
    ExpressionAttributeNames: { '#counter': counter },
    ExpressionAttributeValues: { ':one': { N: '1' }, ':forget': toSeconds(forgetAtMs) },
  })
}

/** Which exchange was seen to spend it: no clock, since those of two sandboxes need not agree. */
function toNote(name: string, { digest, mark, forgetAtMs }: TabledUse) {
  return new UpdateItemCommand({
    TableName: name,
    Key: { digest: { S: digest } },
    UpdateExpression: 'SET spentBy = :mark, forgetAt = :forget',
    ExpressionAttributeValues: { ':mark': { S: mark }, ':forget': toSeconds(forgetAtMs) },
  })
}

/** DynamoDB's time to live is in seconds. */
function toSeconds(ms: number): AttributeValue {
  return { N: `${Math.ceil(ms / 1000)}` }
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
    spentBy: item['spentBy']?.S,
    rotatedOut: toNumber(item, 'rotatedOut') > 0,
    revoked: toNumber(item, 'revoked') > 0,
  }
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

/** What is not done in time is given up, so that nothing runs on. */
function settleWithin<T>(
  waitMs: number,
  abort: AbortController,
  work: () => Promise<T>,
): Promise<Settled<T>> {
  return waitWithin(settle(work), waitMs, () => {
    abort.abort()
    return { isDone: false }
  })
}
