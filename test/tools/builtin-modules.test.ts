import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from '../../local/built-functions.ts'

const folder = ensureBuilt()

test('no function loads the fetch of Node.js, which none of them calls', () => {
  for (const name of globSync('*.mjs', { cwd: folder })) {
    const address = pathToFileURL(join(folder, name)).href
    const script = `await import('${address}')
      console.log(JSON.stringify(process.moduleLoadList))`
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      env: {},
      encoding: 'utf8',
    })
    const loaded: readonly string[] = JSON.parse(output.trim().split('\n').at(-1) ?? '')
    assert.ok(loaded.includes('NativeModule tls'), `${name} loads what it calls`)
    assert.deepEqual(
      loaded.filter((module) => module.includes('undici')),
      [],
      name,
    )
  }
})

test('no bundle imports a module of Node.js as an ES module, not even at its first call', () => {
  const bundles = globSync('**/*.mjs', { cwd: folder })
  const importing = bundles.filter((name) =>
    /\b(?:import\(|from\s*|import\s*)["'](?:node:)?[\w/]+["']/.test(
      readFileSync(join(folder, name), 'utf8'),
    ),
  )
  assert.deepEqual(importing, [])
  assert.ok(bundles.length > 4)
})
