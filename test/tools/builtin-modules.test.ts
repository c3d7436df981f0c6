import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { buildFunctions, builtFunctions } from '../../tools/build.ts'

test('no function loads the fetch of Node.js, which none of them calls', async () => {
  for (const name of await buildFunctions()) {
    const address = pathToFileURL(join(builtFunctions, `${name}.mjs`)).href
    const script = `await import('${address}')
      console.log(JSON.stringify(process.moduleLoadList))`
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      env: {},
      encoding: 'utf8',
    })
    const loaded: readonly string[] = JSON.parse(output.trim().split('\n').at(-1) ?? '')
    assert.ok(loaded.includes('NativeModule https'), `${name} loads what it calls`)
    assert.deepEqual(
      loaded.filter((module) => module.includes('undici')),
      [],
      name,
    )
  }
})
