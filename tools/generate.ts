import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { reportedCases } from '../pages/cases/reported-cases.ts'
import { reportedNames } from '../pages/cases/reported-names.ts'
import { toCasesPage } from '../pages/cases-page.ts'
import { toFrontEndsPage } from '../pages/front-ends-page.ts'
import { toJsonText } from '../pages/json-text.ts'
import { toRecordSchema } from '../pages/record-schema.ts'
import { toRunbook } from '../pages/runbook.ts'
import { toSettingsPage } from '../pages/settings-page.ts'
import { readOutcomes } from './case-outcomes.ts'
import { readFrontEndFiles } from './front-end-files.ts'

const root = join(import.meta.dirname, '..')
const runbookFolder = 'docs/runbook'

/** Every file that is made from a table of the code, by its path from the project's root. */
export function generatedFiles(): Readonly<Record<string, string>> {
  const cases = { cases: reportedCases, outcomes: readOutcomes(), names: reportedNames }
  return {
    'docs/cases.md': toCasesPage(cases),
    'docs/front-ends.md': toFrontEndsPage(readFrontEndFiles()),
    'docs/record.schema.json': `${toJsonText(toRecordSchema())}\n`,
    'docs/settings.md': toSettingsPage(),
    ...Object.fromEntries(
      Object.entries(toRunbook()).map(([name, page]) => [`${runbookFolder}/${name}`, page]),
    ),
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

/**
 * Finds the pages of causes that are no more: every file of the runbook's folder is generated.
 *
 * @param names the files in that folder
 */
export function findLeftOver(names: readonly string[] = readdirSync(join(root, runbookFolder))) {
  const files = generatedFiles()
  return names.map((name) => `${runbookFolder}/${name}`).filter((path) => !(path in files))
}

function readCommitted(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8')
  } catch {
    return undefined
  }
}

function check(): void {
  const stale = [...findStale(), ...findLeftOver()]
  if (stale.length === 0) return
  console.error(`not up to date, run npm run generate: ${stale.join(', ')}`)
  process.exitCode = 1
}

function generate(): void {
  mkdirSync(join(root, runbookFolder), { recursive: true })
  for (const path of findLeftOver()) rmSync(join(root, path))
  for (const [path, content] of Object.entries(generatedFiles())) {
    writeFileSync(join(root, path), content)
    console.log(`wrote ${path}`)
  }
}

if (process.argv[1] === import.meta.filename) {
  if (process.argv.includes('--check')) check()
  else generate()
}
