import { Console } from 'node:console'
import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { toCause } from '../core/causes.ts'
import { type MetricGroup, metricNamespace, metrics, toMetrics } from '../core/metrics.ts'
import type { Outcome } from '../core/outcome.ts'
import { type Measures, toRecord } from '../core/record.ts'
import type { Settings } from '../core/settings.ts'

/** Where records and metrics go. */
export interface RequestRecords {
  /** Writes one record line and one metric line; it never throws, so that no answer depends on it. */
  readonly write: (outcome: Outcome, measures: Measures) => void
  /** Writes the problems of refused settings, once, when the process begins. */
  readonly writeProblems: (problems: readonly string[]) => void
}

const mostProblems = 40

/**
 * Opens the request records over the Powertools logger and metrics, on standard output. The level is
 * fixed: a record is what operators see of a request. Only Lambda's own advanced logging controls, which
 * the template leaves alone, can drop it.
 */
export function openRequestRecords(
  settings: Pick<Settings, 'service' | 'runbookUrl'>,
  writeLine: (line: string) => void,
): RequestRecords {
  const logger = new Logger({
    serviceName: settings.service,
    logLevel: 'INFO',
    sampleRateValue: 0,
  })
  // Powertools writes errors to standard error, and indents in its development mode; records are one
  // stream of single lines.
  Object.assign(logger, {
    console: new Console(process.stdout, process.stdout),
    logIndentation: 0,
  })
  return {
    write: (outcome, measures) => {
      attempt(() => {
        const record = toRecord(outcome, measures, settings.runbookUrl)
        logger[toLevel(outcome)]('token request', { ...record })
      })
      attempt(() => {
        writeLine(JSON.stringify(toMetricLine(toMetrics(outcome, measures), settings.service)))
      })
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

function toLevel({ result }: Outcome): 'info' | 'warn' | 'error' {
  if (result.ok) return 'info'
  return toCause(result.cause).fault === 'caller' ? 'warn' : 'error'
}

/** All groups in one line: each has directives of its own, so none takes on another's dimensions. */
function toMetricLine(groups: readonly MetricGroup[], service: string) {
  const lines = groups
    .filter((group) => group.values.length > 0)
    .map((group) => toEmf(group, service))
  const directives = lines.flatMap((line) => line._aws.CloudWatchMetrics)
  const [first] = lines
  return Object.assign({}, ...lines, {
    _aws: { Timestamp: first?._aws.Timestamp, CloudWatchMetrics: directives },
  })
}

function toEmf({ by, dimensions, values }: MetricGroup, service: string) {
  const emf = new Metrics({ namespace: metricNamespace, serviceName: service })
  for (const names of by) {
    emf.addDimensions(
      Object.fromEntries(names.map((name) => [name, dimensions[name] ?? 'unknown'])),
    )
  }
  for (const { name, value } of values) emf.addMetric(name, metrics[name].unit, value)
  return emf.serializeMetrics()
}
