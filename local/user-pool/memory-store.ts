import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider'

/** One stored artefact, open to change so that a switch can age or spend it unseen by the provider. */
export interface StoredEntry {
  readonly payload: AdapterPayload
  readonly expiresAtMs: number
  spentAtMs?: number
}

/** What the provider remembers: codes, tokens, sessions, half-done sign-ins. */
export interface MemoryStore {
  readonly adapterFor: AdapterFactory
  entry(model: string, id: string): StoredEntry | undefined
}

export interface MemoryStoreOptions {
  readonly clock: () => number
  /** How long a replaced refresh token of this app client still works. */
  readonly graceMs: (clientId: string | undefined) => number
}

// Per kind of artefact: a long benchmark must not drive out the sessions with its access tokens.
const maxEntriesPerModel = 20_000

/** Opens a store in memory that lets a replaced refresh token work on for the app client's grace. */
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
  }
}

function openAdapter(
  entries: Map<string, StoredEntry>,
  model: string,
  { clock, graceMs }: MemoryStoreOptions,
): Adapter {
  const find = (id: string) => {
    const entry = entries.get(id)
    if (entry === undefined || entry.expiresAtMs <= clock()) return undefined
    if (entry.spentAtMs === undefined) return entry.payload
    if (model !== 'RefreshToken') return { ...entry.payload, consumed: toSeconds(entry.spentAtMs) }
    // Shown as spent, it would make the provider revoke the whole family, which Cognito does not.
    const graceEndsAtMs = entry.spentAtMs + graceMs(entry.payload.clientId)
    return clock() < graceEndsAtMs ? entry.payload : undefined
  }
  const findWhere = (matches: (payload: AdapterPayload) => boolean) =>
    [...entries.values()].find((entry) => matches(entry.payload))?.payload
  return {
    upsert: async (id, payload, expiresInSeconds = Number.POSITIVE_INFINITY) => {
      entries.set(id, { payload, expiresAtMs: clock() + expiresInSeconds * 1000 })
      if (entries.size > maxEntriesPerModel) entries.delete(entries.keys().next().value ?? id)
    },
    find: async (id) => find(id),
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

function toSeconds(ms: number): number {
  return Math.floor(ms / 1000)
}
