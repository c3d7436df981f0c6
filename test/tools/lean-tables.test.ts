import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { causes } from '../../core/causes/catalogue.ts'
import { numberSettings } from '../../core/settings/table.ts'
import { lazyCauses } from '../../tools/lazy-causes.ts'
import { withoutPageFields } from '../../tools/page-fields.ts'
import { bundleOnce } from '../fixtures/bundled-functions.ts'

const root = join(import.meta.dirname, '..', '..')

/** Bundles the tables as the functions have them, and loads the bundle. */
async function loadBundled(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'lean-tables-'))
  t.after(() => rmSync(folder, { recursive: true }))
  await build({
    stdin: {
      contents: `export { causes } from './core/causes/catalogue.ts'
        export { numberSettings } from './core/settings/table.ts'
        export { clientFields } from './core/settings/client-fields.ts'`,
      resolveDir: root,
    },
    outfile: join(folder, 'tables.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    plugins: [lazyCauses(root), withoutPageFields(root)],
  })
  return import(pathToFileURL(join(folder, 'tables.mjs')).href)
}

test('the causes of a bundle are those of the catalogue, field by field', async (t) => {
  const bundled = await loadBundled(t)
  assert.deepEqual(JSON.parse(JSON.stringify(bundled.causes)), JSON.parse(JSON.stringify(causes)))
})

test('the settings of a bundle are as in the tables, without what pages say of them', async (t) => {
  const bundled = await loadBundled(t)
  const expected = Object.entries(numberSettings).map(([name, { meaning: _meaning, ...row }]) => [
    name,
    row,
  ])
  assert.deepEqual(bundled.numberSettings, Object.fromEntries(expected))
  const { name } = bundled.clientFields
  assert.deepEqual(Object.keys(name), ['required', 'parse'])
  assert.equal(name.parse('web'), 'web')
})

test('the functions carry no text of a cause or of a setting where they do not need it', async () => {
  const { outputFiles } = await bundleOnce()
  const code = outputFiles.filter(({ path }) => path.endsWith('.mjs'))
  for (const text of [causes.client_unknown.fix, numberSettings.deadlineMs.meaning]) {
    assert.ok(text.length > 0)
    assert.ok(code.every((file) => !file.text.includes(text)))
  }
})
