import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toCasesPage } from '../infra/cases-page.ts'
import { toFrontEndsPage } from '../infra/front-ends-page.ts'
import { toRunbook } from '../infra/runbook.ts'
import { toSettingsPage } from '../infra/settings-page.ts'
import { readOutcomes } from '../test/cases/outcomes.ts'
import { reportedCases } from '../test/cases/reported-cases.ts'
import { reportedNames } from '../test/cases/reported-names.ts'
import { readFrontEndFiles } from './front-end-files.ts'

const root = join(import.meta.dirname, '..')

/** Every file that is made from a table of the code, by its path from the project's root. */
export function generatedFiles(): Readonly<Record<string, string>> {
  const cases = { cases: reportedCases, outcomes: readOutcomes(), names: reportedNames }
  return {
    'docs/cases.md': toCasesPage(cases),
    'docs/front-ends.md': toFrontEndsPage(readFrontEndFiles()),
    'docs/runbook.md': toRunbook(),
    'docs/settings.md': toSettingsPage(),
  }
}

/**
 * Finds the generated files that are missing or differ from what the code makes now.
 *
 * @param read gives the text that a path has, or undefined where there is none
 */
export function findStale(read: (path: string) => string | undefined = readCommitted): string[] {
  return Object.entries(generatedFiles())
    .filter(([path, content]) => read(path) !== content)
    .map(([path]) => path)
}

function readCommitted(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8')
  } catch {
    return undefined
  }
}

function check(): void {
  const stale = findStale()
  if (stale.length === 0) return
  console.error(`not up to date, run npm run generate: ${stale.join(', ')}`)
  process.exitCode = 1
}

function generate(): void {
  for (const [path, content] of Object.entries(generatedFiles())) {
    writeFileSync(join(root, path), content)
    console.log(`wrote ${path}`)
  }
}

if (process.argv[1] === import.meta.filename) {
  if (process.argv.includes('--check')) check()
  else generate()
}
