import type { Settings } from '../core/settings/settings.ts'
import { toDeploymentMark } from './deployment-mark.ts'
import { readMetricLine, toSeriesKey } from './metric-series.ts'
import { toSampleChecks } from './sample-checks.ts'
import { toExchange } from './sample-exchanges.ts'
import { openWrittenLines, type WrittenLines } from './written-lines.ts'

/** Sizes of what one kind of exchange writes, without the line breaks, which CloudWatch does not keep. */
export interface LoggedBytes {
  readonly exchanges: number
  readonly lines: number
  readonly recordBytes: number
  readonly metricBytes: number
  /** The most that one exchange wrote. */
  readonly mostBytes: number
}

/** What a run of exchanges wrote, and the series that CloudWatch would keep of it. */
export interface Measured {
  readonly success: LoggedBytes
  readonly failure: LoggedBytes
  /** How many series there are of each metric, the doctor's and the deployment's among them. */
  readonly series: Readonly<Record<string, number>>
}

type Tally = { -readonly [K in keyof LoggedBytes]: LoggedBytes[K] }

/** Runs so many exchanges through the code that writes, and adds up what comes out. */
export function measureWatching(
  settings: Pick<Settings, 'service' | 'runbookUrl' | 'clients'>,
  exchanges: number,
): Measured {
  const clients = [...settings.clients.values()].map(({ name }) => name)
  const output = openWrittenLines(settings)
  const [success, failure] = [openTally(), openTally()]
  const series = new Map<string, string>()
  const note = (lines: readonly string[]) => {
    for (const datum of lines.flatMap(readMetricLine)) series.set(toSeriesKey(datum), datum.name)
  }
  for (let index = 0; index < exchanges; index += 1) {
    const { outcome, measures } = toExchange(index, clients)
    const lines = output.write((records) => records.write(outcome, measures))
    addUp(outcome.result.ok ? success : failure, lines)
    note(lines.metrics)
  }
  for (const checks of toSampleChecks(clients, settings.runbookUrl)) {
    note(output.write((records) => records.writeChecks(checks)).metrics)
  }
  const { MetricData: marks = [] } = toDeploymentMark(settings.service)
  for (const { MetricName = '' } of marks) series.set(MetricName, MetricName)
  return { success, failure, series: countBy([...series.values()]) }
}

function openTally(): Tally {
  return { exchanges: 0, lines: 0, recordBytes: 0, metricBytes: 0, mostBytes: 0 }
}

function addUp(tally: Tally, { records, metrics }: WrittenLines): void {
  const [recordBytes, metricBytes] = [toBytes(records), toBytes(metrics)]
  tally.exchanges += 1
  tally.lines += records.length + metrics.length
  tally.recordBytes += recordBytes
  tally.metricBytes += metricBytes
  tally.mostBytes = Math.max(tally.mostBytes, recordBytes + metricBytes)
}

function toBytes(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0)
}

function countBy(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}
