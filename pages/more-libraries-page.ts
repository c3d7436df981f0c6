import { toCode, toCodeBlock, toPage, toTable } from '../runbook/markdown.ts'
import { type FrontEndFiles, toBlocks } from './front-ends-page.ts'
import { renewParts } from './generated-parts.ts'
import { type MoreLibrary, moreLibraries, serverLibraries } from './more-libraries.ts'

const marks = { itself: '✓', lines: '*with lines*', never: 'no' } as const

/** Renews `docs/more-libraries.md`. */
export function renewMoreLibrariesPage(page: string, files: FrontEndFiles): string {
  const all = [...Object.values(moreLibraries), ...Object.values(serverLibraries)]
  return renewParts(page, {
    browser: toOverview(Object.values(moreLibraries), files),
    server: toOverview(Object.values(serverLibraries), files),
    ...Object.fromEntries(all.map((library) => [library.npm, toSection(library, files)])),
  })
}

function toOverview(all: readonly MoreLibrary[], { versions }: FrontEndFiles): string {
  const rows = all.map(({ npm, refresh, revoke, signOut }) => [
    `${toCode(npm)} ${versions[npm] ?? ''}`,
    ...[refresh, revoke, signOut].map((way) => marks[way]),
  ])
  return toTable(['library', 'refresh', 'revoke', 'sign out'], rows)
}

function toSection({ file, shown }: MoreLibrary, { moreTexts }: FrontEndFiles): string {
  const text = moreTexts[file] ?? ''
  const language = file.endsWith('x') ? 'tsx' : 'ts'
  const [configuration = ''] = toBlocks(text)
  return toPage([
    `From ${toCode(`examples/more-libraries/${file}`)}:`,
    toCodeBlock(language, shown === 'whole' ? text.trimEnd() : configuration),
  ])
}
