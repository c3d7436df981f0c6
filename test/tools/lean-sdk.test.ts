import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleFunctions } from '../../tools/build.ts'
import { replacements } from '../../tools/replacements.ts'

test('every module of the SDK that is replaced is one that the functions would load', async () => {
  const { metafile } = await bundleFunctions()
  for (const { module } of replacements)
    assert.ok(`node_modules/${module}` in metafile.inputs, module)
})

test('every replacement gives its reason in a sentence', () => {
  for (const { module, why } of replacements) assert.match(why, /^[A-Z].+\.$/, module)
})
