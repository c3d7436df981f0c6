import { createHmac, hash, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type EarlierUse,
  judgeEarlierUse,
  type UseHistory,
  type UseOutcome,
  unused,
  withUseBegun,
  withUseEnded,
} from '../../core/diagnosis/use-history.ts'
import { chooseUseMemory, type UseMemory, useMemories } from '../../core/diagnosis/use-memory.ts'
import type { OAuthRequest } from '../../core/oauth-request.ts'
import type { Secret } from '../../core/secret.ts'
import type { Clock } from '../clock.ts'
import type { UseRow, UseTable } from './use-table.ts'

/** One use of a code or refresh token, from when it has left to its end. */
export interface Use {
  /** Records how it ended. If a table stores it, waits at most `waitMs` milliseconds; undefined for no wait. */
  readonly end: (outcome: UseOutcome, waitMs: number) => Promise<void> | undefined
  /** For a use that was refused: says what the other uses mean for it. */
  readonly earlier: (waitMs: number) => Promise<EarlierUse>
}

/** What is remembered of codes and refresh tokens: digests, never the values. */
export interface EarlierUses {
  readonly begin: (request: OAuthRequest, key: Secret) => Use
}

/** An exchange that used up its time still says so, within the margin that Lambda's own limit leaves. */
export const leastWriteMs = 100
/** Digests kept at once in each memory; the oldest go first. */
const mostDigests = 10_000
/** How many of them go together: to find the oldest, a map is walked over all that have gone before. */
const droppedAtOnce = 100
/** A code lives for five minutes; twice that covers every clock. */
const codeAgeMs = 600_000
const refreshTokenAgeMs = 86_400_000

/** How long another use of the same code may take to say how it ended, in milliseconds. */
const settlingMs = 150

interface Entry {
  uses: UseHistory
  memory: UseMemory
  readonly forgetAtMs: number
}

/** One memory for each kind: entries that anybody can make never push out those that Cognito confirmed. */
type Memories = Readonly<Record<UseMemory, Map<string, Entry>>>

/**
 * Opens the memory of a sandbox and, where there is a table, of all sandboxes together. The table is
 * written beside the call of Cognito; losing it loses nothing but certainty.
 */
export function openEarlierUses(clock: Clock, table: UseTable | undefined): EarlierUses {
  const memories: Memories = { accepted: new Map(), revoked: new Map(), unproved: new Map() }
  const toDigest = table === undefined ? openLocalDigests() : toSharedDigest
  return {
    begin: (request, key) => {
      const digest = toDigest(toUseText(request), key)
      const nowMs = clock.nowMs()
      const ageMs = request.grantType === 'authorization_code' ? codeAgeMs : refreshTokenAgeMs
      const known = recall(memories, digest)
      if (known !== undefined) forget(memories, digest, known)
      const entry: Entry =
        known !== undefined && known.forgetAtMs > nowMs
          ? known
          : { uses: unused, memory: 'unproved', forgetAtMs: nowMs + ageMs }
      entry.uses = withUseBegun(entry.uses)
      remember(memories, digest, entry)
      const exchangeText = toExchangeText(request)
      const exchangeDigest = exchangeText === '' ? '' : toDigest(exchangeText, key)
      const { forgetAtMs } = entry
      const row = table?.begin({
        digest,
        exchangeDigest,
        forgetAtMs,
        isCounted: isCounted(request),
      })
      return {
        end: (outcome, waitMs) => {
          entry.uses = withUseEnded(entry.uses, outcome, exchangeDigest)
          forget(memories, digest, entry)
          entry.memory = chooseUseMemory(entry.memory, outcome)
          remember(memories, digest, entry)
          return row?.end(outcome, waitMs)
        },
        earlier: async (waitMs) => {
          const here = judgeEarlierUse(entry.uses, exchangeDigest)
          if (row === undefined || isCertain(here)) return here
          const everywhere = await readTwice(row, clock, exchangeDigest, waitMs)
          return everywhere ?? (here === 'none' ? 'unknown' : here)
        },
      }
    },
  }
}

/** A use at the same moment may not have ended yet, so this waits briefly for it. */
async function readTwice(row: UseRow, clock: Clock, exchangeDigest: string, waitMs: number) {
  const read = async (limitMs: number) => {
    const uses = await row.read(limitMs)
    return uses && judgeEarlierUse(uses, exchangeDigest)
  }
  const startedAtMs = clock.spanMs()
  const first = await read(waitMs)
  const leftMs = waitMs - (clock.spanMs() - startedAtMs)
  if (first !== 'sent' || leftMs < 2 * settlingMs) return first
  await sleep(settlingMs)
  return (await read(leftMs - settlingMs)) ?? first
}

/** A refresh token that may never be replaced is used for months: a count of its uses tells nothing. */
function isCounted(request: OAuthRequest): boolean {
  return request.grantType !== 'refresh_token' || request.client.refreshTokenRotation === 'on'
}

function isCertain(earlier: EarlierUse): boolean {
  return earlier === 'spent' || earlier === 'rotated_out' || earlier === 'revoked'
}

function recall(memories: Memories, digest: string): Entry | undefined {
  for (const memory of useMemories) {
    const entry = memories[memory].get(digest)
    if (entry !== undefined) return entry
  }
  return undefined
}

/** Takes an entry out of its memory; what is put in again is the latest, since a map keeps that order. */
function forget(memories: Memories, digest: string, entry: Entry): void {
  memories[entry.memory].delete(digest)
}

/** Keeps an entry in the one memory that it belongs to by now. */
function remember(memories: Memories, digest: string, entry: Entry): void {
  const entries = memories[entry.memory]
  entries.set(digest, entry)
  if (entries.size <= mostDigests) return
  for (const oldest of entries.keys()) {
    if (entries.size <= mostDigests - droppedAtOnce) return
    entries.delete(oldest)
  }
}

/** What is used, named by its client; a refresh token is the same whether it is revoked or used to refresh. */
function toUseText(request: OAuthRequest): string {
  const { kind, value } = toSpendable(request)
  return `earlier use\n${kind}\n${request.client.clientId}\n${value.reveal()}`
}

function toSpendable(request: OAuthRequest) {
  if (request.grantType === 'authorization_code') return { kind: 'code', value: request.code }
  const value = request.grantType === undefined ? request.token : request.refreshToken
  return { kind: 'refresh token', value }
}

/** Everything that Cognito compares at an exchange of a code; empty for a token, which is used without more. */
function toExchangeText(request: OAuthRequest): string {
  if (request.grantType !== 'authorization_code') return ''
  const { client, code, redirectUri, codeVerifier } = request
  const parts = [client.clientId, code.reveal(), redirectUri, codeVerifier.reveal()]
  return `exchange\n${parts.join('\n')}`
}

/** Makes the digest of a text, keyed with the client secret where others have to make it, too. */
type ToDigest = (text: string, key: Secret) => string

/**
 * Digests for the table. They are keyed with the client secret: every sandbox can make them, and nobody who reads
 * the table can tell which code or token one stands for.
 */
const toSharedDigest: ToDigest = (text, key) =>
  createHmac('sha256', key.reveal()).update(text).digest('base64url')

/** Digests that never leave this process: with a salt that nobody else has, they need no more than one hash. */
function openLocalDigests(): ToDigest {
  const salt = randomBytes(32).toString('base64url')
  return (text) => hash('sha256', salt + text, 'base64url')
}
