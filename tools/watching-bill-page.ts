import { toCode, toCodeBlock, toPage, toTable } from '../runbook/markdown.ts'
import { toAccessLogBytes, toPlatformBytes } from './platform-lines.ts'
import type { LoggedBytes, Measured } from './watching-bill.ts'
import { prices, pricesAsOf, type Standing } from './watching-prices.ts'

/** The command that measures anew and writes the page. */
export const billCommand = 'node tools/run.mjs tools/measure-bill.ts'

/** CloudWatch Logs counts so much for a line beside its own bytes. */
const bytesBesideLine = 26
const million = 1_000_000
const bytesPerGb = 1e9

interface Bill {
  readonly measured: Measured
  readonly standing: Standing
  readonly clients: number
}

/** Writes the page on what watching costs. */
export function toBillPage(bill: Bill): string {
  const { measured, standing, clients } = bill
  const { success, failure } = measured
  const exchanges = (success.exchanges + failure.exchanges).toLocaleString('en')
  return `${toPage([
    '# What watching costs',
    `Measured with ${exchanges} exchanges, one in ten of them failed, with every cause, every grant and all ${clients} clients of ${toCode('stages/dev.json')}, written by the code that the functions write with. To measure anew, which writes this page:`,
    toCodeBlock('sh', billCommand),
    '## What is logged',
    toLoggedTable(success, failure),
    `A line is counted without its line break. CloudWatch Logs adds ${bytesBesideLine} bytes to each for the bill, and two more writers are there whatever the proxy does: Lambda's own lines ${toCode('START')}, ${toCode('END')} and ${toCode('REPORT')}, about ${toPlatformBytes()} bytes for a request, and the access log of the HTTP API, about ${toAccessLogBytes()}. A doctor's round writes two short lines for each client that is well.`,
    '## Metric series',
    toSeriesTable(measured),
    'A series is billed for the hours in which it gets a value, so this is the most: every cause met in every hour, by a request and by the doctor. A healthy deployment has the series without a cause and a few with one. Each further client adds two.',
    '## The bill',
    toStandingTable(measured, standing),
    toTrafficTable(success, failure),
    `With ${pricesAsOf}; a GB is taken as ten to the ninth bytes. Look up your Region's:`,
    toPriceTable(),
    'Compressed and kept for 30 days, logs cost a hundredth of what taking them in does. Notifications by e-mail and the few queries of an incident cost next to nothing; queries on a dashboard that is kept open read the logs again with each refresh.',
  ])}\n`
}

function toLoggedTable(success: LoggedBytes, failure: LoggedBytes): string {
  const toRow = (name: string, bytes: LoggedBytes) => [
    name,
    `${toMean(bytes.recordBytes, bytes)}`,
    `${toMean(bytes.metricBytes, bytes)}`,
    `**${toMean(toLogged(bytes), bytes)}**`,
    `${bytes.mostBytes}`,
  ]
  return toTable(
    ['bytes of one exchange', 'record, mean', 'metrics, mean', 'both, mean', 'both, most'],
    [toRow('succeeded', success), toRow('failed', failure)],
  )
}

function toSeriesTable({ series }: Measured): string {
  const rows = Object.entries(series).map(([name, count]) => [toCode(name), `${count}`])
  return toTable(['metric', 'series'], [...rows, ['**all**', `**${sumUp(series)}**`]])
}

function toStandingTable({ series }: Measured, standing: Standing): string {
  const { alarms, alarmMetrics, composites, dashboards } = standing
  const rows = [
    [`${sumUp(series)} metric series, at most`, sumUp(series) * prices.seriesPerMonth.usd],
    [
      `${alarms} alarms, which read ${alarmMetrics} metrics`,
      alarmMetrics * prices.alarmMetricPerMonth.usd,
    ],
    [`${composites} composite alarms`, composites * prices.compositePerMonth.usd],
    [`${dashboards} dashboard`, dashboards * prices.dashboardPerMonth.usd],
  ] as const
  const all = rows.reduce((sum, [, usd]) => sum + usd, 0)
  return toTable(
    ['a month, whatever the traffic', 'USD'],
    [...rows.map(([what, usd]) => [what, toUsd(usd)]), ['**all**', `**${toUsd(all)}**`]],
  )
}

function toTrafficTable(success: LoggedBytes, failure: LoggedBytes): string {
  const toRow = (name: string, bytes: number, lines: number) => {
    const gb = ((bytes + lines * bytesBesideLine) * million) / bytesPerGb
    return [name, gb.toFixed(2), toUsd(gb * prices.ingestedGb.usd)]
  }
  const toOwn = (name: string, bytes: LoggedBytes) =>
    toRow(name, toLogged(bytes) / bytes.exchanges, bytes.lines / bytes.exchanges)
  return toTable(
    ['a million exchanges', 'GB logged', 'USD'],
    [
      toOwn('that succeed', success),
      toOwn('that fail', failure),
      toRow("Lambda's own lines for them", toPlatformBytes(), 3),
      toRow('their access log', toAccessLogBytes(), 1),
    ],
  )
}

function toPriceTable(): string {
  return toTable(
    ['price of', 'USD'],
    Object.values(prices).map(({ of, usd }) => [of, `${usd}`]),
  )
}

/** The number of all series. */
export function sumUp(series: Measured['series']): number {
  return Object.values(series).reduce((sum, count) => sum + count, 0)
}

/** What all exchanges of one kind logged. */
export function toLogged({ recordBytes, metricBytes }: LoggedBytes): number {
  return recordBytes + metricBytes
}

function toMean(bytes: number, { exchanges }: LoggedBytes): number {
  return Math.round(bytes / exchanges)
}

function toUsd(usd: number): string {
  return usd.toFixed(2)
}
