// Plays the reported cases and keeps what became of them, for the page that is generated of it.
import { writeFileSync } from 'node:fs'
import type { CaseOutcome } from '../infra/cases-page.ts'
import { outcomesFile } from '../test/cases/outcomes.ts'
import { reportedCases } from '../test/cases/reported-cases.ts'
import { openCaseStage } from '../test/cases/stage.ts'

const stage = await openCaseStage(reportedCases)
const outcomes: Record<string, CaseOutcome[]> = {}
try {
  for (const one of reportedCases) {
    const played: CaseOutcome[] = []
    for (const index of one.ways.keys()) played.push(await stage.play(one, index))
    outcomes[one.id] = played
  }
} finally {
  await stage.close()
}
writeFileSync(outcomesFile, `${JSON.stringify(outcomes, null, 2)}\n`)
