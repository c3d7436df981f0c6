import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { replacements } from '../../tools/replacements.ts'
import { bundleOnce } from '../fixtures/bundled-functions.ts'

const packages = join(import.meta.dirname, '..', '..', 'node_modules')

test('every module of the SDK that is replaced is one that the functions would load', async () => {
  const { metafile } = await bundleOnce()
  for (const { module } of replacements)
    assert.ok(`node_modules/${module}` in metafile.inputs, module)
})

test('every replacement gives its reason in a sentence', () => {
  for (const { module, why } of replacements) assert.match(why, /^[A-Z].+\.$/, module)
})

test('every edit of a module finds what it changes in the version that is installed', () => {
  const edits = replacements.flatMap(({ module, by }) =>
    'edit' in by ? [{ module, edit: by.edit }] : [],
  )
  assert.ok(edits.length > 0)
  for (const { module, edit } of edits) {
    const source = readFileSync(join(packages, module), 'utf8')
    assert.notEqual(edit(source), source, module)
  }
})
