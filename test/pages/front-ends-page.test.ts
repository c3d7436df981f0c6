import assert from 'node:assert/strict'
import { test } from 'node:test'
import { libraries } from '../../pages/front-end-libraries.ts'
import { readFrontEndFiles } from '../../tools/front-end-files.ts'
import { pageAt } from '../fixtures/pages/generated-pages.ts'

const files = readFrontEndFiles()
const page = pageAt('docs/front-ends.md')

for (const { npm, file } of Object.values(libraries)) {
  test(`${npm} is shown whole, as the tests run it, with what differs from calling Cognito itself`, () => {
    assert.ok(page.includes((files.texts[file] ?? 'no file').trimEnd()))
    const [, section = ''] = page.split(`\n## ${npm}\n`)
    const [, diff = ''] = /```diff\n([\s\S]*?)\n```/.exec(section) ?? []
    assert.match(diff, /^- .*(?:issuer|domain)/m)
    assert.match(diff, /^\+ .*proxy/m)
    assert.ok(page.includes(`\`${npm}\` ${files.versions[npm]} |`))
  })
}

test('every file of the folder is shown, except for those that call Cognito itself', () => {
  const paths = Object.keys(files.texts).filter((path) => !path.startsWith('before/'))
  assert.ok(paths.length > Object.keys(libraries).length)
  for (const path of paths) assert.ok(page.includes((files.texts[path] ?? '').trimEnd()), path)
})

test('says where the addresses of discovery come from, and what a drop-in path refuses', () => {
  const [, section = ''] = page.split('\n## Discovery and the drop-in domain\n')
  assert.match(section, /`publicUrl`/)
  assert.match(section, /names a parameter twice is answered 400/)
})

test('each step that a library does not do has a row with the reason', () => {
  for (const { npm, missing } of Object.values(libraries)) {
    for (const { step, reason } of Object.values(missing)) {
      assert.ok(page.includes(`| ${npm} | ${step} | ${reason} |`), `${npm}: ${step}`)
    }
  }
})
