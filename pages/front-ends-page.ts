import { languages, type UserAdvice, userTexts } from '../core/causes/user-advice.ts'
import { toCode, toCodeBlock, toPage, toTable } from '../runbook/markdown.ts'
import { columns, type Library, libraries } from './front-end-libraries.ts'
import { renewParts } from './generated-parts.ts'
import { toLineDiff } from './line-diff.ts'

/** What the page shows: the files that the tests run. */
export interface FrontEndFiles {
  /** The files of `examples/libraries/`, by their path there. */
  readonly texts: Readonly<Record<string, string>>
  /** The files of `examples/more-libraries/`, by their name. */
  readonly moreTexts: Readonly<Record<string, string>>
  /** The installed versions, by the name in the npm registry. */
  readonly versions: Readonly<Record<string, string>>
}

/** Renews `docs/front-ends.md`. */
export function renewFrontEndsPage(page: string, files: FrontEndFiles): string {
  const sections = Object.values(libraries).map((library) => [
    library.npm,
    toSection(library, files),
  ])
  return renewParts(page, {
    overview: toOverview(files),
    'settings.ts': toCodeBlock('ts', (files.texts['settings.ts'] ?? '').trimEnd()),
    ...Object.fromEntries(sections),
    gaps: toGaps(),
    'sentences for users': toSentences(),
  })
}

function toOverview({ versions }: FrontEndFiles): string {
  const rows = Object.values(libraries).map((library: Library) => [
    `${toCode(library.npm)} ${versions[library.npm] ?? ''}`,
    ...columns.map((column) => toMark(library, column)),
    { everything: 'everything', error: 'only `error`', status: 'only the status' }[library.tells],
  ])
  const head = ['library', ...columns, 'reports of a failure']
  return toTable(head, rows)
}

function toMark({ missing }: Library, column: string): string {
  const isMissing = Object.values(missing).some((step) => step.column === column)
  return isMissing ? '*with lines*' : '✓'
}

function toSection(library: Library, { texts }: FrontEndFiles): string {
  const [before = '', after = ''] = [texts[`before/${library.file}`], texts[library.file]]
  const language = library.file.endsWith('x') ? 'tsx' : 'ts'
  const further = Object.keys(texts).filter(
    (path) => path !== library.file && after.includes(`'./${path}'`) && path !== 'settings.ts',
  )
  return toPage([
    toCodeBlock('diff', toConfigurationDiff(before, after)),
    `The whole file, ${toCode(`examples/libraries/${library.file}`)}:`,
    toCodeBlock(language, after.trimEnd()),
    ...further.map((path) =>
      toPage([
        `And ${toCode(`examples/libraries/${path}`)}:`,
        toCodeBlock('ts', (texts[path] ?? '').trimEnd()),
      ]),
    ),
  ])
}

/** The file before contains only the configuration, with which the file after starts. */
function toConfigurationDiff(before: string, after: string): string {
  const old = toBlocks(before)
  return toLineDiff(old.join('\n\n'), toBlocks(after).slice(0, old.length).join('\n\n'))
}

/** What follows the imports of a file, split at empty lines. */
export function toBlocks(text: string): readonly string[] {
  return text
    .trimEnd()
    .split('\n\n')
    .filter((block) => !block.startsWith('import '))
}

function toSentences(): string {
  const ids = Object.keys(userTexts) as readonly UserAdvice[]
  const rows = ids.flatMap((id) =>
    languages.map((language, index) => [
      index === 0 ? toCode(id) : '',
      language,
      userTexts[id][language],
    ]),
  )
  return toTable(['advice', 'language', 'sentence'], rows)
}

function toGaps(): string {
  const rows = Object.values(libraries).flatMap(({ npm, missing }: Library) =>
    Object.values(missing).map(({ step, reason, instead }) => [npm, step, reason, instead]),
  )
  return toTable(['library', 'step', 'why not', 'what to do instead'], rows)
}
