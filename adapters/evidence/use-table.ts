import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import type { UseHistory, UseOutcome } from '../../core/diagnosis/use-history.ts'
import type { Clock } from '../clock.ts'
import { waitWithin } from '../time-limit.ts'

/** One row: what all sandboxes know of one code or refresh token. */
export interface UseRow {
  readonly end: (outcome: UseOutcome, waitMs: number) => Promise<void>
  /** All uses so far; undefined where they cannot be read. */
  readonly read: (waitMs: number) => Promise<UseHistory | undefined>
}

/** One use as the table stores it. */
export interface StoredUse {
  /** Stands for the code or refresh token. */
  readonly digest: string
  /** Stands for everything that Cognito compares at an exchange; only equal exchanges have the same. */
  readonly exchangeDigest: string
  readonly forgetAtMs: number
  readonly isCounted: boolean
}

/** The table that is shared by all sandboxes. */
export interface UseTable {
  /** Begins to write at once; the write goes on beside whatever the caller does next. */
  readonly begin: (use: StoredUse) => UseRow
}

type Item = Record<string, AttributeValue>

/** What counts such an end of a use; the others add nothing that anybody asks for. */
const counterByOutcome: { readonly [F in UseOutcome]?: string } = {
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
  const breaker = openCircuitBreaker(clock)
  return {
    begin: (use) => {
      if (!breaker.allowsCall()) return skippedRow
      const abort = new AbortController()
      const send = (command: UpdateItemCommand) =>
        client.send(command, { abortSignal: abort.signal })
      const begun = use.isCounted ? settle(() => send(toAdd(name, use, 'total'))) : undefined
      let isBegun = false
      void begun?.then(({ isDone }) => {
        isBegun = isDone
      })
      return {
        end: async (outcome, waitMs) => {
          if (begun === undefined) return
          const command = toEnd(name, use, outcome)
          // This write does not wait for the first one, which may still be in progress.
          const ended = command && settle(() => send(command))
          await settleWithin(waitMs, abort, () => Promise.all([begun, ended]))
          // A table that accepted the first write works, however slow the second one is.
          breaker.note(isBegun)
        },
        read: async (waitMs) => {
          const done = await settleWithin(waitMs, abort, async () => {
            if (begun !== undefined && !(await begun).isDone) return undefined
            const command = toRead(name, use.digest)
            const { Item } = await client.send(command, { abortSignal: abort.signal })
            return Item && toHistory(Item)
          })
          if (begun === undefined) breaker.note(done.isDone)
          return done.isDone ? done.value : undefined
        },
      }
    },
  }
}

/** Nothing is known while the circuit breaker is open. */
const skippedRow: UseRow = { end: async () => {}, read: async () => undefined }

/** Calls in a row that may fail before the table is left alone, and for how long in milliseconds. */
const mostFailures = 3
const pauseMs = 30_000

/** A table that hangs would make each exchange wait; after the pause, a single use tries it again. */
function openCircuitBreaker(clock: Clock) {
  let failures = 0
  let pausedUntilMs = 0
  return {
    allowsCall: () => {
      const isPaused = clock.spanMs() < pausedUntilMs
      if (!isPaused && failures >= mostFailures) pausedUntilMs = clock.spanMs() + pauseMs
      return !isPaused
    },
    note: (isWell: boolean) => {
      failures = isWell ? 0 : failures + 1
      if (isWell) pausedUntilMs = 0
      else if (failures >= mostFailures) pausedUntilMs = clock.spanMs() + pauseMs
    },
  }
}

function toEnd(name: string, use: StoredUse, outcome: UseOutcome): UpdateItemCommand | undefined {
  if (outcome === 'spent') return toNote(name, use)
  const counter = counterByOutcome[outcome]
  return counter === undefined ? undefined : toAdd(name, use, counter)
}

function toAdd(name: string, { digest, forgetAtMs }: StoredUse, counter: string) {
  return new UpdateItemCommand({
    TableName: name,
    Key: { digest: { S: digest } },
    UpdateExpression: 'ADD #counter :one SET forgetAt = :forget',
    ExpressionAttributeNames: { '#counter': counter },
    ExpressionAttributeValues: { ':one': { N: '1' }, ':forget': toSeconds(forgetAtMs) },
  })
}

/** The exchange that spent it. No timestamp, because the clocks of two sandboxes may differ. */
function toNote(name: string, { digest, exchangeDigest, forgetAtMs }: StoredUse) {
  return new UpdateItemCommand({
    TableName: name,
    Key: { digest: { S: digest } },
    UpdateExpression: 'SET spentBy = :exchange, forgetAt = :forget',
    ExpressionAttributeValues: {
      ':exchange': { S: exchangeDigest },
      ':forget': toSeconds(forgetAtMs),
    },
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

function toHistory(item: Item): UseHistory {
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

/** Drops every error of the table where it occurs, so that no rejection goes unhandled. */
async function settle<T>(call: () => Promise<T>): Promise<Settled<T>> {
  try {
    return { isDone: true, value: await call() }
  } catch {
    return { isDone: false }
  }
}

/** Aborts a call when its time is over, so that nothing keeps running. */
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
