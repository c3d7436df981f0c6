import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Metafile } from 'esbuild'
import { allowedLicences, listBundledPackages, toNotices } from '../../tools/third-party-notices.ts'
import { bundleOnce } from '../fixtures/bundled-functions.ts'

const root = join(import.meta.dirname, '..', '..')
const permission =
  /Permission is hereby granted, free of charge|TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION/

test('the notices list every package in the bundles, with an allowed licence and its text', async () => {
  const { metafile } = await bundleOnce()
  const bundled = Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.keys(inputs))
    .filter((input) => input.includes('node_modules/'))
  // Found by another way than the build's: up from the file to the nearest package.json with a version.
  const expected = new Set(bundled.map(toNameAndVersion))
  const notices = toNotices(listBundledPackages(metafile, root))
  const sections = notices.split('='.repeat(80)).slice(1)
  const found = sections.flatMap((section) => {
    const [heading = '', text = ''] = section.split('-'.repeat(80))
    assert.match(text, permission, heading)
    return heading.trim().split('\n')
  })
  for (const line of found) {
    assert.ok(allowedLicences.includes(/\(([^)]+)\)$/.exec(line)?.[1] ?? ''), line)
  }
  assert.deepEqual(
    found.map((line) => line.replace(/ \([^)]+\)$/, '')).sort(),
    [...expected].sort(),
  )
  assert.ok(expected.size > 10)
})

test('a text that packages share is written once, below all of their names', () => {
  const mit = { licence: 'MIT', text: 'Do as you like.' }
  const packages = [
    { ...mit, name: 'a', version: '1.0.0' },
    { name: 'b', version: '2.0.0', licence: 'ISC', text: 'Other words.' },
    { ...mit, name: 'c', version: '3.0.0' },
  ]
  const notices = toNotices(packages)
  assert.match(notices, /a 1\.0\.0 \(MIT\)\nc 3\.0\.0 \(MIT\)\n-+\n\nDo as you like\.\n/)
  assert.equal(notices.split('Do as you like.').length, 2)
})

const cases = [
  { title: 'its own text', files: { 'LICENSE.txt': 'Own words.' }, text: /^Own words\.$/ },
  {
    title: 'its notices behind its licence',
    files: { NOTICE: 'Made by X.', LICENSE: 'Own words.' },
    text: /^Own words\.\n\nMade by X\.$/,
  },
  {
    title: 'the standard text and its author where it carries none',
    files: {},
    text: /names Ann as its author[\s\S]*Permission is hereby granted, free of charge/,
  },
]
for (const { title, files, text } of cases) {
  test(`a package is given ${title}`, (t) => {
    const { metafile, folder } = makePackage(t, { license: 'MIT', author: { name: 'Ann' } }, files)
    assert.match(listBundledPackages(metafile, folder)[0]?.text ?? '', text)
  })
}

for (const license of ['GPL-3.0-only', 'MIT OR GPL-2.0-only', undefined]) {
  test(`a package with the licence ${license} stops the build`, (t) => {
    const { metafile, folder } = makePackage(t, { license }, { LICENSE: 'Own words.' })
    assert.throws(
      () => listBundledPackages(metafile, folder),
      /^Error: @x\/y 1\.2\.3 has the licence/,
    )
  })
}

/** A package in a folder of its own, nested in another, and a metafile in which its code was bundled. */
function makePackage(t: TestContext, described: object, files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'token-proxy-notices-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const own = join('node_modules', 'z', 'node_modules', '@x', 'y')
  mkdirSync(join(folder, own), { recursive: true })
  const manifest = JSON.stringify({ name: '@x/y', version: '1.2.3', ...described })
  for (const [name, text] of Object.entries({ 'package.json': manifest, ...files })) {
    writeFileSync(join(folder, own, name), text)
  }
  const list = join('node_modules', 'spdx-license-list', 'licenses')
  mkdirSync(join(folder, list), { recursive: true })
  writeFileSync(join(folder, list, 'MIT.json'), readFileSync(join(root, list, 'MIT.json')))
  const inputs = { [`${own}/index.js`]: { bytesInOutput: 1 }, 'core/own.ts': { bytesInOutput: 1 } }
  const output = { bytes: 2, inputs, imports: [], exports: [] }
  const metafile: Metafile = { inputs: {}, outputs: { 'out.mjs': output } }
  return { metafile, folder }
}

function toNameAndVersion(input: string): string {
  for (let folder = join(input, '..'); folder !== '.'; folder = join(folder, '..')) {
    const manifest = readManifest(join(root, folder, 'package.json'))
    if (manifest?.version !== undefined) return `${manifest.name} ${manifest.version}`
  }
  throw new Error(`${input} is in no package`)
}

function readManifest(file: string): { name?: string; version?: string } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
