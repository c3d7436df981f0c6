import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findLeftOver, findStale, generatedFiles } from '../../tools/generate.ts'

const files = generatedFiles()

test('the committed files are what the code makes now', () => {
  assert.deepEqual(findStale(), [])
})

test('a file that differs in one character is stale, and it alone', () => {
  for (const changed of Object.keys(files)) {
    const read = (path: string) => (path === changed ? `${files[path]} ` : files[path])
    assert.deepEqual(findStale(read, files), [changed])
  }
})

test('a file that is missing is stale', () => {
  assert.deepEqual(
    findStale(() => undefined, files),
    Object.keys(files),
  )
})

test('the folders of causes and wordings contain nothing else, and an obsolete page is found', () => {
  assert.deepEqual(findLeftOver(), [])
  for (const folder of ['docs/runbook', 'docs/errors']) {
    const gone = `${folder}/gone.md`
    assert.deepEqual(findLeftOver([`${folder}/README.md`, gone], files), [gone])
  }
})

test('the same code makes the same files', () => {
  assert.deepEqual(generatedFiles(), files)
})

test('every file ends in one line break and has no space at the end of a line', () => {
  for (const [path, content] of Object.entries(files)) {
    assert.match(content, /[^\n]\n$/, path)
    assert.doesNotMatch(content, /[ \t]$/m, path)
  }
})
