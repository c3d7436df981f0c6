import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CaseOutcome } from '../pages/cases-page.ts'

/** For each case by its id, the outcome of each of its ways. */
export type Outcomes = Readonly<Record<string, readonly CaseOutcome[]>>

/** The file with the outcomes of the last run, from which `docs/cases.md` is made. */
export const outcomesFile = join(import.meta.dirname, '..', 'docs', 'cases.json')

/** Reads the outcomes of the last run. */
export function readOutcomes(): Outcomes {
  const outcomes: Outcomes = JSON.parse(readFileSync(outcomesFile, 'utf8'))
  return outcomes
}
