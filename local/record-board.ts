/** The request records of a run, read from the output of the functions. */
export interface RecordBoard {
  /** Takes one line of a function's output; lines that are no request records are ignored. */
  readonly take: (line: string) => void
  /** The last lines, newest last. */
  readonly lines: () => readonly string[]
  /** The last records, newest last. */
  readonly latest: () => readonly unknown[]
  /** Reports each new line of any kind; returns a function that ends the subscription. */
  readonly onLine: (listener: (line: string) => void) => () => void
  /** Reports each new line without metrics, crashes included; returns a function that ends the subscription. */
  readonly onLogLine: (listener: (line: string) => void) => () => void
  /** Reports each new record; returns a function that ends the subscription. */
  readonly onRecord: (listener: (record: unknown) => void) => () => void
}

const mostRecords = 500
const mostLines = 2000

/** Opens an empty board. */
export function openRecordBoard(): RecordBoard {
  const lines: string[] = []
  const records: unknown[] = []
  const told = { line: openListeners(), logLine: openListeners(), record: openListeners<unknown>() }
  return {
    take: (line) => {
      lines.push(line)
      if (lines.length > mostLines) lines.shift()
      told.line.tell(line)
      const value = parseObject(line)
      if (value === undefined || !('_aws' in value)) told.logLine.tell(line)
      if (value === undefined || !('outcome' in value)) return
      records.push(value)
      if (records.length > mostRecords) records.shift()
      told.record.tell(value)
    },
    lines: () => lines,
    latest: () => records,
    onLine: told.line.add,
    onLogLine: told.logLine.add,
    onRecord: told.record.add,
  }
}

function openListeners<Told = string>() {
  const listeners = new Set<(told: Told) => void>()
  return {
    add: (listener: (told: Told) => void) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    tell: (told: Told) => {
      for (const listener of listeners) listener(told)
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
