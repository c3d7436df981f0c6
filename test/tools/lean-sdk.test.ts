import assert from 'node:assert/strict'
import { test } from 'node:test'
import { replacements } from '../../tools/replacements.ts'
import { bundleOnce } from '../fixtures/bundled-functions.ts'

test('every module of the SDK that is replaced is one that the functions would load', async () => {
  const { metafile } = await bundleOnce()
  for (const { module } of replacements)
    assert.ok(`node_modules/${module}` in metafile.inputs, module)
})

test('every replacement gives its reason in a sentence', () => {
  for (const { module, why } of replacements) assert.match(why, /^[A-Z].+\.$/, module)
})
