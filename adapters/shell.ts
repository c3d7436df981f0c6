import { type Environment, parseSettings, type Settings } from '../core/settings/settings.ts'
import { textSettings } from '../core/settings/table.ts'
import { type Clock, systemClock } from './clock.ts'
import { openRequestRecords, type RequestRecords } from './request-record.ts'
import { openStandardOutput, type WriteLines } from './standard-output.ts'

interface WithSettings {
  readonly settings: Settings
}

/** Everything that outlives a request in one process, made once and passed on. */
export interface Shell<Parts extends WithSettings = WithSettings> {
  readonly clock: Clock
  readonly records: RequestRecords
  readonly runbookUrl: string
  /** Undefined where the settings were refused: then nothing is opened. */
  readonly open: Parts | undefined
  /** True for the first request of the process only. */
  readonly takeColdStart: () => boolean
}

/**
 * Opens the shell of a function from its environment; it never throws, and reports bad settings once.
 *
 * @param openParts opens what this function alone needs, once the settings are found usable
 */
export function openShell<Parts extends WithSettings>(
  environment: Environment,
  openParts: (settings: Settings, clock: Clock) => Parts,
  clock: Clock = systemClock,
  writeLines: WriteLines = openStandardOutput(),
): Shell<Parts> {
  const parsed = parseSettings(environment)
  const names = parsed.ok
    ? parsed.settings
    : { ...parsed, runbookUrl: textSettings.runbookUrl.byDefault }
  const records = openRequestRecords(names, writeLines, clock)
  if (!parsed.ok) records.writeProblems(parsed.problems)
  let isCold = true
  return {
    clock,
    records,
    runbookUrl: names.runbookUrl,
    open: parsed.ok ? openParts(parsed.settings, clock) : undefined,
    takeColdStart: () => {
      const wasCold = isCold
      isCold = false
      return wasCold
    },
  }
}
