/** The request records of a run, read off what the functions write. */
export interface RecordBoard {
  /** Takes one line of a function's output; whatever is no request record is passed over. */
  readonly take: (line: string) => void
  /** Every line so far, the newest last; bounded. */
  readonly lines: () => readonly string[]
  /** The records so far, the newest last; bounded. */
  readonly latest: () => readonly unknown[]
  /** Tells of each new line that holds no metrics, a crash as well as a record; gives the way to stop it. */
  readonly onLogLine: (listener: (line: string) => void) => () => void
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
  const lineListeners = new Set<(line: string) => void>()
  return {
    take: (line) => {
      lines.push(line)
      if (lines.length > mostLines) lines.shift()
      const value = parseObject(line)
      if (value === undefined || !('_aws' in value)) {
        for (const listener of lineListeners) listener(line)
      }
      if (value === undefined || !('outcome' in value)) return
      records.push(value)
      if (records.length > mostRecords) records.shift()
      for (const listener of listeners) listener(value)
    },
    lines: () => lines,
    latest: () => records,
    onLogLine: (listener) => {
      lineListeners.add(listener)
      return () => lineListeners.delete(listener)
    },
    onRecord: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function parseObject(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
