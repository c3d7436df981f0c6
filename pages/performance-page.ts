import { type Bar, judgeBars } from '../bench/budgets.ts'
import type { Figure, Results } from '../bench/results.ts'
import { us } from '../bench/run-context.ts'
import { toNumber, toRange } from '../bench/table.ts'
import { toCode, toTable } from '../runbook/markdown.ts'
import { toBarChart } from './bar-chart.ts'
import { renewParts } from './generated-parts.ts'

const chartFolder = 'performance'

/** The figures that have a chart: those that a person who signs in waits for. */
const charted = ['cold-tls', 'cold-tls-slow', 'warm-tls-p50', 'burst-tls-p50', 'invalid-grant-p50']

/** Renews `docs/performance.md` from the results of one run. */
export function renewPerformancePage(page: string, results: Results, bars: readonly Bar[]): string {
  return renewParts(page, {
    bars: toBars(results, bars),
    run: toRun(results),
    figures: results.figures.map(toSection).join('\n\n'),
    packages: toPackages(results),
  })
}

/** The charts of the page, by their paths within `docs/`. */
export function toPerformanceCharts({ figures }: Results): Readonly<Record<string, string>> {
  return Object.fromEntries(
    figures
      .filter(({ name }) => charted.includes(name))
      .map((figure) => [`${chartFolder}/${figure.name}.svg`, toChart(figure)]),
  )
}

function toChart({ title, unit, rows }: Figure): string {
  const bars = rows.map(({ contestant, value }) => ({
    label: contestant,
    text: `${toNumber(value.median)} ${unit}`,
    ...value,
    isOurs: contestant === us,
  }))
  return toBarChart(title.replaceAll('`', ''), bars)
}

function toBars(results: Results, bars: readonly Bar[]): string {
  const rows = judgeBars(results, bars).map((bar) => [
    `${bar.title}${bar.contestant === us ? '' : `, ${bar.contestant}`}`,
    `${bar.of === 'ratio' ? `over ${toReference(results, bar.figure)}` : toUnit(results, bar.figure)}`,
    `≤ ${bar.most}`,
    `${toNumber(bar.measured)}`,
    bar.isMet ? 'met' : `missed: ${bar.obstacle ?? 'not taken apart yet'}`,
  ])
  return toTable(['figure', 'as', 'bar', 'measured', 'verdict'], rows)
}

function toReference({ figures }: Results, name: string): string {
  return figures.find((figure) => figure.name === name)?.reference ?? ''
}

function toUnit({ figures }: Results, name: string): string {
  return figures.find((figure) => figure.name === name)?.unit ?? ''
}

function toRun({ command, machine, versions }: Results): string {
  const rows = [...Object.entries(machine), ...Object.entries(versions)]
  return toTable(
    ['what', 'value'],
    [['command', command.split('; ').map(toCode).join(', then ')], ...rows],
  )
}

function toSection(figure: Figure): string {
  const { name, title, unit, reference, rows } = figure
  const chart = charted.includes(name) ? [`![${title}](${chartFolder}/${name}.svg)`, ''] : []
  const table = toTable(
    ['', unit, `over ${reference}`],
    rows.map(({ contestant, value, ratio }) => [
      contestant,
      toRange(value),
      ratio === undefined ? '' : toRange(ratio),
    ]),
  )
  return [`### ${title}`, '', ...chart, table].join('\n')
}

function toPackages({ bytesByPackage, importMsByPackage }: Results): string {
  const names = new Set([...Object.keys(bytesByPackage), ...Object.keys(importMsByPackage)])
  const wholeMs = Object.values(importMsByPackage).reduce((sum, ms) => sum + ms, 0)
  const rows = [...names].map((name) => [
    toCode(name),
    `${bytesByPackage[name] ?? ''}`,
    `${((100 * (importMsByPackage[name] ?? 0)) / wholeMs).toFixed(1)} %`,
  ])
  return toTable(['package, folder or else', 'bytes', 'time of the import'], rows)
}
