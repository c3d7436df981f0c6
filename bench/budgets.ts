import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Results } from './results.ts'

/** What one figure of one contestant may be at most. */
export interface Bar {
  readonly figure: string
  readonly contestant: string
  readonly of: 'ratio' | 'value'
  readonly most: number
  /** What stands in the way of a bar that is not reached, for the page. */
  readonly obstacle?: string
}

/** A bar with the median that was measured. */
export interface JudgedBar extends Bar {
  readonly title: string
  readonly measured: number
  readonly isMet: boolean
}

/** Reads the bars that a run is held to. */
export function readBars(): readonly Bar[] {
  return readBudgets().ratios
}

/** Reads what a million exchanges may cost in USD, without Cognito's own price. */
export function readMostUsd(): number {
  return readBudgets().dollarsPerMillion
}

function readBudgets(): { readonly ratios: readonly Bar[]; readonly dollarsPerMillion: number } {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'budgets.json'), 'utf8'))
}

/** Holds the medians of a run to the bars; a bar whose figure was not measured is left out. */
export function judgeBars(
  { figures }: Pick<Results, 'figures'>,
  bars: readonly Bar[],
): readonly JudgedBar[] {
  return bars.flatMap((bar) => {
    const figure = figures.find(({ name }) => name === bar.figure)
    const row = figure?.rows.find(({ contestant }) => contestant === bar.contestant)
    const spread = bar.of === 'ratio' ? row?.ratio : row?.value
    if (figure === undefined || spread === undefined) return []
    const measured = spread.median
    return [{ ...bar, title: figure.title, measured, isMet: measured <= bar.most }]
  })
}
