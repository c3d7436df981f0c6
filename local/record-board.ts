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
  /** Reports each new line without its metrics, crashes included; returns a function that ends the subscription. */
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
      if (value === undefined || !('outcome' in value)) {
        if (value === undefined || !('_aws' in value)) told.logLine.tell(line)
        return
      }
      const record = withoutMetrics(value)
      told.logLine.tell('_aws' in value ? JSON.stringify(record) : line)
      records.push(record)
      if (records.length > mostRecords) records.shift()
      told.record.tell(record)
    },
    lines: () => lines,
    latest: () => records,
    onLine: told.line.add,
    onLogLine: told.logLine.add,
    onRecord: told.record.add,
  }
}

/** What a line says besides the metrics that CloudWatch reads of it. */
function withoutMetrics(line: object): object {
  if (!('_aws' in line)) return line
  // The fields of a record begin with a small letter, and the names of metrics with a capital one.
  const fields = Object.entries(line).filter(([name]) => /^[a-z]/.test(name))
  return Object.fromEntries(fields)
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
