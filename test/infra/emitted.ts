import type { Stage } from '../../infra/stage.ts'
import { toDeploymentMark } from '../../tools/deployment-mark.ts'
import { type Datum, readMetricLine, toSeriesKey } from '../../tools/metric-series.ts'
import { toSampleChecks } from '../../tools/sample-checks.ts'
import { toExchange, toWholeRun } from '../../tools/sample-exchanges.ts'
import { openWrittenLines } from '../../tools/written-lines.ts'

/** The fields of the lines in one log group, each with its texts where these come from a closed set. */
export type LogFields = ReadonlyMap<string, ReadonlySet<string>>

/** What the functions of one stage emit, read off what they write. */
export interface Emitted {
  /** The unit of every series. */
  readonly units: ReadonlyMap<string, string>
  /** By the name of the function. */
  readonly fields: Readonly<Record<'oauth2' | 'doctor', LogFields>>
}

/** Runs every cause with every client, and every check, through the code that writes. */
export function readEmitted({ settings }: Stage): Emitted {
  const clients = [...settings.clients.values()].map(({ name }) => name)
  // The field for the link is there only where there is a runbook.
  const runbookUrl = settings.runbookUrl || 'https://runbook.example'
  const output = openWrittenLines({ ...settings, runbookUrl })
  const lines = { oauth2: [] as string[], doctor: [] as string[] }
  const units = new Map<string, string>()
  const note = (name: keyof typeof lines, written: ReturnType<typeof output.write>) => {
    lines[name].push(...written.records, ...written.metrics)
    for (const datum of written.metrics.flatMap(readMetricLine)) noteUnit(units, datum)
  }
  for (let index = 0; index < toWholeRun(clients); index += 1) {
    const { outcome, measures } = toExchange(index, clients)
    note(
      'oauth2',
      output.write((records) => records.write(outcome, measures)),
    )
  }
  for (const checks of toSampleChecks(clients, runbookUrl)) {
    note(
      'doctor',
      output.write((records) => records.writeChecks(checks)),
    )
  }
  const refused = output.write((records) => records.writeProblems(['a problem']))
  for (const name of ['oauth2', 'doctor'] as const) note(name, refused)
  for (const datum of readMark(settings.service)) noteUnit(units, datum)
  return { units, fields: { oauth2: readFields(lines.oauth2), doctor: readFields(lines.doctor) } }
}

function noteUnit(units: Map<string, string>, datum: Datum): void {
  units.set(toSeriesKey(datum), datum.unit)
}

function readMark(service: string): readonly Datum[] {
  const { Namespace = '', MetricData = [] } = toDeploymentMark(service)
  return MetricData.map(({ MetricName = '', Unit = '', Dimensions = [] }) => ({
    ...{ namespace: Namespace, name: MetricName, unit: Unit },
    dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
  }))
}

function readFields(lines: readonly string[]): LogFields {
  const fields = new Map<string, Set<string>>()
  for (const line of lines) {
    const read: Readonly<Record<string, unknown>> = JSON.parse(line)
    for (const [name, value] of Object.entries(read)) {
      const texts = fields.get(name) ?? new Set()
      fields.set(name, texts)
      for (const item of [value].flat()) if (typeof item === 'string') texts.add(item)
    }
  }
  return fields
}
