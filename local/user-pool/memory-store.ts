import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider'

/** One stored artifact, mutable so that a switch can age or use it without the provider's knowledge. */
export interface StoredEntry {
  readonly payload: AdapterPayload
  readonly expiresAtMs: number
  spentAtMs?: number
}

/** What the provider stores: codes, tokens, sessions, unfinished sign-ins. */
export interface MemoryStore {
  readonly adapterFor: AdapterFactory
  entry(model: string, id: string): StoredEntry | undefined
  /** Makes the sessions of now known to the pool of another Region; codes are not documented to be. */
  copySessionsTo(other: Pick<MemoryStore, 'put'>): void
  put(model: string, id: string, entry: StoredEntry): void
  /** The current number of entries of each kind of artifact. */
  sizes(): Readonly<Record<string, number>>
}

/** What a refresh needs. */
const sessionModels = ['RefreshToken', 'Grant']

export interface MemoryStoreOptions {
  readonly clock: () => number
  /** How long a replaced refresh token of this app client still works. */
  readonly graceMs: (clientId: string | undefined) => number
  /** Counted for each kind of artifact, so that many access tokens do not push out the sessions. */
  readonly maxEntriesPerModel?: number | undefined
}

// An hour of the visitors' sign-ins, with room to spare.
const defaultMaxEntriesPerModel = 5000

/**
 * Opens a store in memory that lets a replaced refresh token work on for the app client's grace. It is
 * bounded by age and by number: a new entry removes expired ones, and beyond the bound the one that was
 * used least recently.
 */
export function openMemoryStore(options: MemoryStoreOptions): MemoryStore {
  const models = new Map<string, Map<string, StoredEntry>>()
  const entriesOf = (model: string): Map<string, StoredEntry> => {
    const entries = models.get(model) ?? new Map<string, StoredEntry>()
    models.set(model, entries)
    return entries
  }
  return {
    adapterFor: (model) => openAdapter(entriesOf(model), model, options),
    entry: (model, id) => models.get(model)?.get(id),
    copySessionsTo: (other) => {
      for (const model of sessionModels) {
        for (const [id, entry] of entriesOf(model)) other.put(model, id, { ...entry })
      }
    },
    put: (model, id, entry) => {
      entriesOf(model).set(id, entry)
    },
    sizes: () => Object.fromEntries([...models].map(([model, entries]) => [model, entries.size])),
  }
}

function openAdapter(
  entries: Map<string, StoredEntry>,
  model: string,
  { clock, graceMs, maxEntriesPerModel = defaultMaxEntriesPerModel }: MemoryStoreOptions,
): Adapter {
  // A map keeps the order of insertion: what is put in again becomes the newest.
  const putLast = (id: string, entry: StoredEntry) => {
    entries.delete(id)
    entries.set(id, entry)
  }
  const findPayload = (id: string) => {
    const entry = entries.get(id)
    if (entry === undefined || entry.expiresAtMs <= clock()) return undefined
    putLast(id, entry)
    if (entry.spentAtMs === undefined) return entry.payload
    if (model !== 'RefreshToken') return { ...entry.payload, consumed: toSeconds(entry.spentAtMs) }
    // If it appeared as used, the provider would revoke the whole family, which Cognito does not.
    const graceEndsAtMs = entry.spentAtMs + graceMs(entry.payload.clientId)
    return clock() < graceEndsAtMs ? entry.payload : undefined
  }
  const findWhere = (matches: (payload: AdapterPayload) => boolean) =>
    [...entries.values()].find((entry) => matches(entry.payload))?.payload
  return {
    upsert: async (id, payload, expiresInSeconds = Number.POSITIVE_INFINITY) => {
      if (model === 'RefreshToken') endSiblings(entries, payload.grantId)
      putLast(id, { payload, expiresAtMs: clock() + expiresInSeconds * 1000 })
      removeOldest(entries, clock(), maxEntriesPerModel)
    },
    find: async (id) => findPayload(id),
    findByUid: async (uid) => findWhere((payload) => payload.uid === uid),
    findByUserCode: async (userCode) => findWhere((payload) => payload.userCode === userCode),
    consume: async (id) => {
      const entry = entries.get(id)
      if (entry !== undefined) entry.spentAtMs ??= clock()
    },
    destroy: async (id) => {
      entries.delete(id)
    },
    revokeByGrantId: async (grantId) => {
      for (const [id, entry] of entries) if (entry.payload.grantId === grantId) entries.delete(id)
    },
  }
}

/**
 * Ends, without a grace, what earlier uses of a replaced refresh token have brought: of several such
 * children, Cognito is reported to take only the newest.
 */
function endSiblings(entries: Map<string, StoredEntry>, grantId: string | undefined): void {
  for (const entry of entries.values()) {
    if (entry.payload.grantId === grantId) entry.spentAtMs ??= 0
  }
}

/** Stops at the first entry that is still valid: entries of one kind mostly expire in the order of their use. */
function removeOldest(entries: Map<string, StoredEntry>, nowMs: number, most: number): void {
  for (const [id, { expiresAtMs }] of entries) {
    if (expiresAtMs > nowMs && entries.size <= most) return
    entries.delete(id)
  }
}

function toSeconds(ms: number): number {
  return Math.floor(ms / 1000)
}
