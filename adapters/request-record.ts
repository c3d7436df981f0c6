import { Logger, LogItem } from '@aws-lambda-powertools/logger'
import type { LogItemExtraInput, LogItemMessage } from '@aws-lambda-powertools/logger/types'
import { toCause } from '../core/causes/catalogue.ts'
import { toMetricLines, type WrittenRecord } from '../core/emf.ts'
import { toFewerSeries } from '../core/fewer-series.ts'
import { type MetricGroup, toMetrics } from '../core/metrics.ts'
import type { Outcome } from '../core/outcome.ts'
import { type Measures, type RequestRecord, toRecord } from '../core/record.ts'
import type { Settings } from '../core/settings/settings.ts'
import type { Clock } from './clock.ts'
import type { WriteLines } from './standard-output.ts'

/** Where records and metrics go. */
export interface RequestRecords {
  /**
   * Writes one record and its metrics: a success in one line, and a failure, whose record is longer, in two. It
   * never throws, so that no answer depends on it.
   */
  readonly write: (outcome: Outcome<unknown>, measures: Measures) => void
  /** Writes the doctor's records and metrics of one client; it never throws either. */
  readonly writeChecks: (checks: {
    readonly isWell: boolean
    readonly records: readonly RequestRecord[]
    readonly metrics: readonly MetricGroup[]
  }) => void
  /** Writes the record and metrics of one step of a rotation; it never throws either. */
  readonly writeRotation: (step: {
    readonly isWell: boolean
    readonly record: RequestRecord
    readonly metrics: readonly MetricGroup[]
  }) => void
  /** Writes the problems of refused settings, once, when the process begins. */
  readonly writeProblems: (problems: readonly string[]) => void
}

const mostProblems = 40

/**
 * Opens the request records over the Powertools logger. The level is fixed: a record is what operators
 * see of a request. Only Lambda's own advanced logging controls, which the template leaves alone, can
 * drop it.
 *
 * @param writeLines where records and metrics go
 */
export function openRequestRecords(
  settings: Pick<Settings, 'service' | 'runbookUrl' | 'watch'>,
  writeLines: WriteLines,
  clock: Pick<Clock, 'nowMs'>,
): RequestRecords {
  let lines: string[] = []
  const { service, watch } = settings
  const logger = openLogger(service, (line) => lines.push(line))
  const addMetrics = (groups: readonly MetricGroup[], into?: WrittenRecord) => {
    const counted = watch === 'small' ? toFewerSeries(groups) : groups
    addTo(lines, toMetricLines(counted, service, clock.nowMs(), into), into !== undefined)
  }
  const write = (...parts: readonly (() => void)[]) => {
    for (const addLines of parts) attempt(addLines)
    const made = lines
    lines = []
    if (made.length > 0) attempt(() => writeLines(made))
  }
  return {
    write: (outcome, measures) => {
      let written: WrittenRecord | undefined
      write(
        () => {
          const record = toRecord(outcome, measures, settings.runbookUrl)
          const before = lines.length
          logger[toLevel(outcome)]('request', record)
          const line = lines[before]
          if (outcome.result.ok && line !== undefined) written = { line, record }
        },
        () => addMetrics(toMetrics(outcome, measures), written),
      )
    },
    writeChecks: ({ isWell, records, metrics }) =>
      write(
        () => {
          for (const record of records) logger[isWell ? 'info' : 'error']('check', record)
        },
        () => addMetrics(metrics),
      ),
    writeRotation: ({ isWell, record, metrics }) =>
      write(
        () => logger[isWell ? 'info' : 'error']('rotation', record),
        () => addMetrics(metrics),
      ),
    writeProblems: (problems) =>
      write(() => {
        logger.error('settings refused', {
          problems: problems.slice(0, mostProblems),
          problem_count: problems.length,
        })
      }),
  }
}

/** Adds lines; the first one may be the last that there is, with more members. */
function addTo(lines: string[], made: readonly string[], goesOn: boolean): void {
  if (goesOn && made.length > 0) lines.pop()
  lines.push(...made)
}

/**
 * Opens a logger that hands its lines on. What it overrides is what Powertools leaves open to subclasses. Its own
 * `printLog` writes errors to standard error and indents in development mode, and records are one stream of
 * single lines. Its own items have more than tells anything: the time, which CloudWatch keeps with every line and
 * the metrics beside it name; the rate of a sampling that is off; and the id of a trace, which a caller may choose
 * and no trace belongs to.
 */
function openLogger(service: string, addLine: (line: string) => void): Logger {
  class LineLogger extends Logger {
    protected override createAndPopulateLogItem(
      level: number,
      message: LogItemMessage,
      [fields]: LogItemExtraInput,
    ): LogItem {
      const more = typeof fields === 'object' ? fields : undefined
      return new LogItem({ attributes: { level: levelNames[level], message, service, ...more } })
    }

    protected override printLog(_level: number, item: LogItem): void {
      // A record is flat, so that nothing in it needs the replacer of Powertools.
      addLine(JSON.stringify(item.getAttributes()))
    }
  }
  return new LineLogger({ serviceName: service, logLevel: 'INFO', sampleRateValue: 0 })
}

const levelNames: Readonly<Record<number, string>> = { 12: 'INFO', 16: 'WARN', 20: 'ERROR' }

/** What cannot be written is lost: the answer matters more than its record. */
function attempt(write: () => void): void {
  try {
    write()
  } catch {}
}

function toLevel({ result }: Outcome<unknown>): 'info' | 'warn' | 'error' {
  if (result.ok) return 'info'
  return toCause(result.cause).fault === 'caller' ? 'warn' : 'error'
}
