import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readBars, readMostUsd } from '../bench/budgets.ts'
import type { Results } from '../bench/results.ts'
import { switches } from '../local/switches.ts'
import { renewAlarmsPage } from '../pages/alarms-page.ts'
import { reportedCases } from '../pages/cases/reported-cases.ts'
import { reportedNames } from '../pages/cases/reported-names.ts'
import { unplayedReports } from '../pages/cases/unplayed-reports.ts'
import { renewCasesPage } from '../pages/cases-page.ts'
import { toCausePages } from '../pages/cause-pages.ts'
import { toCausesDeclarations } from '../pages/causes-declarations.ts'
import { toCausesDocument } from '../pages/causes-document.ts'
import { toCausesSchema } from '../pages/causes-schema.ts'
import { renewDeployPage } from '../pages/deploy-page.ts'
import { renewStartPage, toErrorFiles } from '../pages/errors/error-files.ts'
import { renewFrontEndsPage } from '../pages/front-ends-page.ts'
import { toJsonText } from '../pages/json-text.ts'
import { renewMoreLibrariesPage } from '../pages/more-libraries-page.ts'
import { renewOperationsPage } from '../pages/operations-page.ts'
import { renewPerformancePage, toPerformanceCharts } from '../pages/performance-page.ts'
import { toRecordSchema } from '../pages/record-schema/record-schema.ts'
import { renewRunbookIndex } from '../pages/runbook-index.ts'
import { renewScalePage } from '../pages/scale-page.ts'
import { renewSettingsPage } from '../pages/settings-page.ts'
import { toStackPage } from '../pages/stack/stack-page.ts'
import { toStageDeclarations } from '../pages/stage-declarations.ts'
import { toStageSchema } from '../pages/stage-schema.ts'
import { renewSecurityPage } from '../pages/strangers-table.ts'
import { readOutcomes } from './case-outcomes.ts'
import { bundleCausesModule } from './causes-module.ts'
import { readCommandLine } from './command-line.ts'
import { commands } from './commands.ts'
import { readFrontEndFiles } from './front-end-files.ts'

const root = join(import.meta.dirname, '..')
const runbookFolder = 'docs/runbook'
const errorsFolder = 'docs/errors'
/** Made once: nothing that they are made of changes while the process runs. */
const errorFiles = toErrorFiles(switches)

/** Gives the hand-written page with its generated parts as the code makes them now, by its path. */
const renewals: Readonly<Record<string, (page: string) => string>> = {
  'docs/README.md': renewStartPage,
  'docs/cases.md': (page) =>
    renewCasesPage(page, {
      cases: reportedCases,
      unplayed: unplayedReports,
      outcomes: readOutcomes(),
      names: reportedNames,
    }),
  'docs/deploy.md': renewDeployPage,
  'docs/front-ends.md': (page) => renewFrontEndsPage(page, readFrontEndFiles()),
  'docs/more-libraries.md': (page) => renewMoreLibrariesPage(page, readFrontEndFiles()),
  'docs/operations.md': renewOperationsPage,
  'docs/performance.md': (page) => renewPerformancePage(page, readResults(), readBars()),
  'docs/scale.md': (page) => renewScalePage(page, readResults(), readMostUsd()),
  'docs/settings.md': renewSettingsPage,
  'SECURITY.md': renewSecurityPage,
  [`${runbookFolder}/README.md`]: renewRunbookIndex,
  [`${runbookFolder}/an-alarm-fired.md`]: renewAlarmsPage,
}

/** Every file that is generated, whole or in parts, by its path from the project's root. */
export function generatedFiles(): Readonly<Record<string, string>> {
  const renewed = Object.entries(renewals).map(([path, renew]) => [
    path,
    renew(readCommitted(path) ?? ''),
  ])
  const ofCauses = Object.entries(toCausePages()).map(([name, page]) => [
    `${runbookFolder}/${name}`,
    page,
  ])
  const charts = Object.entries(toPerformanceCharts(readResults())).map(([path, chart]) => [
    `docs/${path}`,
    chart,
  ])
  return {
    ...Object.fromEntries(renewed),
    'docs/stack.md': toStackPage(),
    'cdk/stage-fields.ts': toStageDeclarations(),
    'stages/stage.schema.json': `${toJsonText(toStageSchema())}\n`,
    'docs/record.schema.json': `${toJsonText(toRecordSchema())}\n`,
    'docs/causes.json': `${toJsonText(toCausesDocument())}\n`,
    'docs/causes.schema.json': `${toJsonText(toCausesSchema())}\n`,
    'docs/causes.js': bundleCausesModule(),
    'docs/causes.d.ts': toCausesDeclarations(),
    ...Object.fromEntries(ofCauses),
    ...Object.fromEntries(charts),
    ...Object.fromEntries(
      Object.entries(errorFiles).map(([name, text]) => [`${errorsFolder}/${name}`, text]),
    ),
  }
}

/**
 * Finds the generated files that are missing or differ from what the code makes now.
 *
 * @param read gives the text that a path has, or undefined where there is none
 * @param files what the code makes now, for a caller that has made it already
 */
export function findStale(
  read: (path: string) => string | undefined = readCommitted,
  files: Readonly<Record<string, string>> = generatedFiles(),
): string[] {
  return Object.entries(files)
    .filter(([path, content]) => read(path) !== content)
    .map(([path]) => path)
}

/**
 * Finds the pages of removed causes and wordings: every file in their folders is generated, whole or in parts.
 *
 * @param paths the files in those folders
 * @param files what the code makes now, for a caller that has made it already
 */
export function findLeftOver(
  paths: readonly string[] = listGenerated(),
  files: Readonly<Record<string, string>> = generatedFiles(),
): string[] {
  return paths.filter((path) => !(path in files))
}

function listGenerated(): string[] {
  return [runbookFolder, errorsFolder].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
  )
}

function readCommitted(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8')
  } catch {
    return undefined
  }
}

/** What `npm run bench -- --write` measured last. */
function readResults(): Results {
  return JSON.parse(readFileSync(join(root, 'docs', 'performance.json'), 'utf8'))
}

function check(): void {
  const files = generatedFiles()
  const stale = [...findStale(readCommitted, files), ...findLeftOver(listGenerated(), files)]
  if (stale.length === 0) return
  console.error(`not up to date, run npm run generate: ${stale.join(', ')}`)
  process.exitCode = 1
}

function generate(): void {
  for (const folder of [runbookFolder, errorsFolder]) {
    mkdirSync(join(root, folder), { recursive: true })
  }
  for (const path of findLeftOver()) rmSync(join(root, path))
  const files = generatedFiles()
  const stale = findStale(readCommitted, files)
  for (const path of stale) {
    writeFileSync(join(root, path), files[path] ?? '')
    console.log(`wrote ${path}`)
  }
  if (stale.length === 0) console.log('everything is up to date')
}

if (process.argv[1] === import.meta.filename) {
  if (readCommandLine(commands.generate).options.check) check()
  else generate()
}
