import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { relative } from 'node:path'
import { test } from 'node:test'
import { ensureBuilt } from '../../local/built-functions.ts'
import { bundleOnce } from '../fixtures/bundled-functions.ts'

const folder = ensureBuilt()

test('a function loads one file at its start besides its own', async () => {
  const { metafile } = await bundleOnce()
  const entries = Object.entries(metafile.outputs).filter(([, { entryPoint = '' }]) =>
    entryPoint.startsWith('functions/'),
  )
  assert.equal(entries.length, globSync('*.mjs', { cwd: folder }).length)
  for (const [path] of entries) {
    const loaded = new Set([path])
    // Grows while it is walked.
    for (const one of loaded) {
      for (const { kind, path: imported } of metafile.outputs[one]?.imports ?? []) {
        if (kind === 'import-statement') loaded.add(imported)
      }
    }
    assert.ok(loaded.size <= 2, `${path} loads ${[...loaded].join(', ')}`)
  }
})

test('the files have the same names in every process that builds them', async () => {
  const { outputFiles } = await bundleOnce()
  const built = globSync('**/*.{mjs,json}', { cwd: folder })
  const bundled = outputFiles.map(({ path }) => relative(folder, path))
  assert.deepEqual(bundled.toSorted(), built.toSorted())
})
