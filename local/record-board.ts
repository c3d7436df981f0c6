/** The request records of a run, read off what the functions write. */
export interface RecordBoard {
  /** Takes one line of a function's output; whatever is no request record is passed over. */
  readonly take: (line: string) => void
  /** Every line so far, the newest last; bounded. */
  readonly lines: () => readonly string[]
  /** The records so far, the newest last; bounded. */
  readonly latest: () => readonly unknown[]
  /** Tells of each new record; gives the way to stop it. */
  readonly onRecord: (listener: (record: unknown) => void) => () => void
}

const mostRecords = 500
const mostLines = 20_000

/** Opens an empty board. */
export function openRecordBoard(): RecordBoard {
  const lines: string[] = []
  const records: unknown[] = []
  const listeners = new Set<(record: unknown) => void>()
  return {
    take: (line) => {
      lines.push(line)
      if (lines.length > mostLines) lines.shift()
      const record = toRecord(line)
      if (record === undefined) return
      records.push(record)
      if (records.length > mostRecords) records.shift()
      for (const listener of listeners) listener(record)
    },
    lines: () => lines,
    latest: () => records,
    onRecord: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function toRecord(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line)
    const isRecord = typeof value === 'object' && value !== null && 'outcome' in value
    return isRecord ? value : undefined
  } catch {
    return undefined
  }
}
