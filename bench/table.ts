import type { JudgedBar } from './budgets.ts'
import type { Figure, Spread } from './results.ts'

/** Writes a number with three digits that count. */
export function toNumber(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))
  return value.toFixed(Math.min(digits, 3))
}

/** Writes a median with its quartiles. */
export function toRange({ median, p25, p75 }: Spread): string {
  return p25 === p75 ? toNumber(median) : `${toNumber(median)} (${toNumber(p25)}–${toNumber(p75)})`
}

/** The text of a figure for a terminal. */
export function toTerminalTable({ title, unit, reference, rows }: Figure): string {
  const cells = [
    ['', unit, `over ${reference}`],
    ...rows.map(({ contestant, value, ratio }) => [
      contestant,
      toRange(value),
      ratio === undefined ? '' : toRange(ratio),
    ]),
  ]
  const widths = [0, 1, 2].map((column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  )
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [title, ...lines.map((line) => `  ${line}`)].join('\n')
}

/** The sentence for a bar. */
export function toBarLine({ title, contestant, of, most, measured, isMet }: JudgedBar): string {
  const what = of === 'ratio' ? 'ratio' : 'value'
  const verdict = isMet ? 'met   ' : 'MISSED'
  return `${verdict}  ${title}, ${contestant}: ${what} ${toNumber(measured)}, at most ${most}`
}
