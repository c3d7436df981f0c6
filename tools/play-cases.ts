// Replays the reported cases and stores their outcomes, from which the page is generated.
import { writeFileSync } from 'node:fs'
import { reportedCases } from '../pages/cases/reported-cases.ts'
import type { CaseOutcome } from '../pages/cases-page.ts'
import { openCaseStage } from '../test/fixtures/cases/stage.ts'
import { outcomesFile } from './case-outcomes.ts'

const stage = await openCaseStage(reportedCases)
const outcomes: Record<string, CaseOutcome[]> = {}
try {
  for (const one of reportedCases) {
    const played: CaseOutcome[] = []
    for (const index of one.ways.keys()) {
      const { outcome, isLate } = await stage.play(one, index)
      if (isLate) throw new Error(`${one.id} was explained too late: nothing else may be running`)
      played.push(outcome)
    }
    outcomes[one.id] = played
  }
} finally {
  await stage.close()
}
writeFileSync(outcomesFile, `${JSON.stringify(outcomes, null, 2)}\n`)
