import { systemClock } from '../adapters/clock.ts'
import { openRequestRecords, type RequestRecords } from '../adapters/request-record.ts'
import type { Settings } from '../core/settings/settings.ts'

/** What was written to standard output for one thing that happened. */
export interface WrittenLines {
  readonly records: readonly string[]
  readonly metrics: readonly string[]
}

/**
 * Opens the very code that the functions write records and metrics with, and catches what it writes.
 *
 * Calls of `write` must not overlap: standard output is turned aside while one runs.
 */
export function openWrittenLines(settings: Pick<Settings, 'service' | 'runbookUrl'>): {
  readonly write: (make: (records: RequestRecords) => void) => WrittenLines
} {
  let metrics: string[] = []
  const opened = openRequestRecords(settings, (line) => metrics.push(line), systemClock)
  return {
    write: (make) => {
      metrics = []
      const records = catchOutput(() => make(opened))
      return { records, metrics }
    },
  }
}

function catchOutput(run: () => void): readonly string[] {
  const chunks: string[] = []
  const { write } = process.stdout
  process.stdout.write = (chunk: string | Uint8Array) => {
    chunks.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString())
    return true
  }
  try {
    run()
  } finally {
    process.stdout.write = write
  }
  return chunks.join('').split('\n').filter(Boolean)
}
