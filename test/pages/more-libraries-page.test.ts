import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type MoreLibrary, moreLibraries, serverLibraries } from '../../pages/more-libraries.ts'
import { readFrontEndFiles } from '../../tools/front-end-files.ts'
import { pageAt } from '../fixtures/pages/generated-pages.ts'

const files = readFrontEndFiles()
const page = pageAt('docs/more-libraries.md')
const all: readonly MoreLibrary[] = [
  ...Object.values(moreLibraries),
  ...Object.values(serverLibraries),
]

for (const { npm, file, shown } of all) {
  test(`${npm} has a section with the ${shown} of the file that the tests run`, () => {
    const text = files.moreTexts[file] ?? 'no file'
    const [, section = ''] = page.split(`<!-- generated: ${npm} -->`)
    const [code = ''] = /```tsx?\n[\s\S]*?\n```/.exec(section) ?? []
    const lines = code.split('\n').slice(1, -1).join('\n')
    assert.ok(text.includes(lines))
    assert.match(lines, shown === 'whole' ? /^import / : /^export const configuration/)
    assert.ok(page.includes(`\`${npm}\` ${files.versions[npm]} |`))
  })
}

test('every file of the folder belongs to a library of the page', () => {
  const listed = all.map(({ file }) => file).sort()
  assert.deepEqual(Object.keys(files.moreTexts).sort(), listed)
})
