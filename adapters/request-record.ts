import { Console } from 'node:console'
import { Logger } from '@aws-lambda-powertools/logger'
import { toCause } from '../core/causes/catalogue.ts'
import { toMetricLines } from '../core/emf.ts'
import { type MetricGroup, toMetrics } from '../core/metrics.ts'
import type { Outcome } from '../core/outcome.ts'
import { type Measures, type RequestRecord, toRecord } from '../core/record.ts'
import type { Settings } from '../core/settings/settings.ts'
import type { Clock } from './clock.ts'

/** Where records and metrics go. */
export interface RequestRecords {
  /** Writes one record line and its metrics; it never throws, so that no answer depends on it. */
  readonly write: (outcome: Outcome<unknown>, measures: Measures) => void
  /** Writes the doctor's records and metrics of one client; it never throws either. */
  readonly writeChecks: (checks: {
    readonly isWell: boolean
    readonly records: readonly RequestRecord[]
    readonly metrics: readonly MetricGroup[]
  }) => void
  /** Writes the problems of refused settings, once, when the process begins. */
  readonly writeProblems: (problems: readonly string[]) => void
}

const mostProblems = 40

/**
 * What Powertools would add to every line without telling anything: the time, which CloudWatch keeps with
 * every line and the metrics beside it name; the rate of a sampling that is off; and the id of a trace,
 * which a caller may choose and no trace belongs to.
 */
const unusedFields: ReadonlySet<string> = new Set(['timestamp', 'sampling_rate', 'xray_trace_id'])

/**
 * Opens the request records over the Powertools logger, on standard output. The level is fixed: a record
 * is what operators see of a request. Only Lambda's own advanced logging controls, which the template
 * leaves alone, can drop it.
 *
 * @param writeLine takes each line of metrics
 */
export function openRequestRecords(
  settings: Pick<Settings, 'service' | 'runbookUrl'>,
  writeLine: (line: string) => void,
  clock: Pick<Clock, 'nowMs'>,
): RequestRecords {
  const logger = new Logger({
    serviceName: settings.service,
    logLevel: 'INFO',
    sampleRateValue: 0,
    jsonReplacerFn: (key, value) => (unusedFields.has(key) ? undefined : value),
  })
  // Powertools writes errors to standard error, and indents in its development mode; records are one
  // stream of single lines.
  Object.assign(logger, {
    console: new Console(process.stdout, process.stdout),
    logIndentation: 0,
  })
  const writeMetrics = (groups: readonly MetricGroup[]) => {
    for (const line of toMetricLines(groups, settings.service, clock.nowMs())) writeLine(line)
  }
  return {
    write: (outcome, measures) => {
      attempt(() => {
        const record = toRecord(outcome, measures, settings.runbookUrl)
        logger[toLevel(outcome)]('request', { ...record })
      })
      attempt(() => writeMetrics(toMetrics(outcome, measures)))
    },
    writeChecks: (checks) => {
      attempt(() => {
        const level = checks.isWell ? 'info' : 'error'
        for (const record of checks.records) logger[level]('check', { ...record })
      })
      attempt(() => writeMetrics(checks.metrics))
    },
    writeProblems: (problems) => {
      attempt(() => {
        logger.error('settings refused', {
          problems: problems.slice(0, mostProblems),
          problem_count: problems.length,
        })
      })
    },
  }
}

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
