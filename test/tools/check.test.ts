import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { longestSeconds } from '../../tools/check/longest-files.ts'
import { toProcesses } from '../../tools/check/test-processes.ts'

const root = join(import.meta.dirname, '..', '..')
const check = join(root, 'tools', 'check.ts')
const head = "import assert from 'node:assert/strict'\nimport { test } from 'node:test'\n"

/** Runs test files in processes, which are given as text that knows the paths as `files`. */
const toScript = (processes: string) => `
import { toEnd } from ${JSON.stringify(new URL('../../tools/check/summary.ts', import.meta.url).href)}
import { runTests } from ${JSON.stringify(new URL('../../tools/check/test-run.ts', import.meta.url).href)}
const files = process.argv.slice(2)
const summary = await runTests(process.cwd(), ${processes})
console.log(toEnd([summary], 0))
process.exitCode = summary.failed === 0 ? 0 : 1`

type Texts = Readonly<Record<string, string>>

/** Runs files with these texts as `npm test -- FILE …` does, each in a process of its own. */
const run = (t: TestContext, texts: Texts, changes: object = {}) => runBy(t, check, texts, changes)

/** Runs files in one process, as `npm test` does where they may share one. */
const runTogether = (t: TestContext, texts: Texts) =>
  runProcesses(t, texts, "[{ title: 'shared', files }]")

function runProcesses(t: TestContext, texts: Texts, processes: string) {
  const folder = mkdtempSync(join(tmpdir(), 'token-proxy-together-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'together.ts'), toScript(processes))
  return runBy(t, join(folder, 'together.ts'), texts, {})
}

function runBy(t: TestContext, script: string, texts: Texts, changes: object) {
  const folder = mkdtempSync(join(tmpdir(), 'token-proxy-check-'))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text)
  const tests = Object.keys(texts).filter((name) => name.endsWith('.test.ts'))
  // The runner refuses to run where it sees that it runs in a test already.
  const { NODE_TEST_CONTEXT: _, ...given } = process.env
  const env = { ...given, ...changes }
  const args = [script, ...tests.map((name) => join(folder, name))]
  const options = { cwd: root, encoding: 'utf8', env } as const
  const { status, stdout } = spawnSync(process.execPath, args, options)
  return { status, text: stdout, lines: stdout.trimEnd().split('\n') }
}

test('a run without a failure says in one line what ran, and closes with the counts', (t) => {
  const { status, lines } = run(t, {
    'a.test.ts': `${head}test('one', () => {})\ntest('two', { skip: true }, () => {})`,
    'b.test.ts': `${head}console.log('chatter')\ntest('three', () => {})`,
  })
  assert.equal(status, 0)
  assert.match(lines[0] ?? '', /^✓ .* 3 tests, 1 skipped +\d+\.\d s$/)
  assert.equal(lines.at(-1), '2 passed, 0 failed, 1 skipped')
  assert.equal(lines.length, 5)
})

test('a failed test is shown with its place, its error, its seed and what its file complained of', (t) => {
  const { status, text, lines } = run(t, {
    'a.test.ts': `${head}
test('goes well', () => {})
test('adds up', async (t) => {
  t.diagnostic('SEED=42')
  console.error('what the file complained of')
  await t.test('within', () => assert.deepEqual({ sum: 1 }, { sum: 2 }))
})`,
  })
  assert.equal(status, 1)
  assert.match(text, /^✗ .*a\.test\.ts:8 {2}within$/m)
  assert.match(text, /^ {4}\+ {3}sum: 1\n {4}- {3}sum: 2$/m)
  assert.match(text, /SEED=42/)
  assert.match(text, /what the file complained of/)
  assert.doesNotMatch(text, /goes well|node:internal/)
  const failed = lines.slice(lines.indexOf('Failed:') + 1, -2)
  assert.equal(failed.length, 1)
  assert.match(failed[0] ?? '', /a\.test\.ts:8 {2}within$/)
  assert.equal(lines.at(-1), '1 passed, 1 failed')
})

test('a test that a fixture declares counts in the file that has called it', (t) => {
  const fixture = `${head}export const declare = () => test('declared elsewhere', () => assert.fail('x'))`
  const { status, text, lines } = run(t, {
    'a.test.ts': `${head}test('first', () => {})`,
    'b.test.ts': `import { declare } from './b-fixture.ts'\ndeclare()`,
    'c.test.ts': `${head}test('last', () => {})`,
    'b-fixture.ts': fixture,
  })
  assert.equal(status, 1)
  assert.match(text, /^✗ .*b-fixture\.ts:3 {2}declared elsewhere {2}\(.*b\.test\.ts\)$/m)
  assert.equal(text.match(/^[✓✗] .* tests/gm)?.length, 1)
  assert.equal(lines.at(-1), '2 passed, 1 failed')
})

for (const [says, text, shown] of [
  ['cannot be loaded', "import './missing.ts'", /Cannot find module/],
  ['has no test in it', 'export {}', /There is no test in it\./],
  [
    'goes wrong after its tests',
    `${head}test('x', () => {})\nsetTimeout(() => assert.fail('late'))`,
    /late/,
  ],
  ['ends its process', `${head}test('x', () => process.exit(3))`, /the file as a whole/],
] as const) {
  test(`a file that ${says} fails`, (t) => {
    const { status, text: output, lines } = run(t, { 'a.test.ts': text })
    assert.equal(status, 1)
    assert.match(output, shown)
    assert.match(lines.at(-1) ?? '', /^\d passed, 1 failed$/)
  })
}

test('a file that hangs is ended and fails, and those after it run', (t) => {
  const hanging = `${head}test('never ends', () => new Promise((end) => setTimeout(end, 1e9)))`
  const files = { 'a.test.ts': hanging, 'b.test.ts': `${head}test('ends', () => {})` }
  const { status, text, lines } = run(t, files, { HANG_MINUTES: '0.2' })
  assert.equal(status, 1)
  assert.match(text, /ended, because it still ran after 0\.2 minutes/)
  assert.match(lines.at(-1) ?? '', /^1 passed, [12] failed$/)
})

test('files that share a process count, fail and note each on its own', (t) => {
  const { status, text, lines } = runTogether(t, {
    'a.test.ts': `${head}
import { after, beforeEach } from 'node:test'
let times = 0
beforeEach(() => { times += 1 })
after(() => console.error(\`the hook ran \${times} times\`))
test('goes well', (t) => t.diagnostic('SEED=1'))
test('is left out', { skip: true }, () => {})`,
    'b.test.ts': `import { declare } from './b-fixture.ts'\ndeclare()`,
    'c.test.ts': 'export {}',
    'd.test.ts': "import './missing.ts'",
    'e.test.ts': `${head}test('last', (t) => { t.diagnostic('SEED=5'); assert.fail('y') })`,
    'b-fixture.ts': `${head}export const declare = () => test('declared elsewhere', () => assert.fail('x'))`,
  })
  assert.equal(status, 1)
  assert.match(text, /^✗ .*b-fixture\.ts:3 {2}declared elsewhere {2}\(.*b\.test\.ts\)$/m)
  assert.match(text, /^✗ .*c\.test\.ts.* {2}the file\n.*There is no test in it\./m)
  assert.match(text, /^✗ .*d\.test\.ts:1 {2}the file as a whole\n.*Cannot find module/m)
  assert.match(text, /^✗ .*e\.test\.ts:3 {2}last$/m)
  assert.match(text, /SEED=5/)
  assert.doesNotMatch(text, /SEED=1/)
  assert.match(text, /the hook ran 1 times/)
  assert.match(text, /^✗ shared +6 tests, 4 failed, 1 skipped +\d+\.\d s$/m)
  assert.equal(lines.at(-1), '1 passed, 4 failed, 1 skipped')
})

test('a file that ends a process which others share fails the run', (t) => {
  const { status, lines } = runTogether(t, {
    'a.test.ts': `${head}test('first', () => {})`,
    'b.test.ts': `${head}test('x', () => process.exit(0))`,
    'c.test.ts': `${head}test('never reached', () => {})`,
  })
  assert.equal(status, 1)
  const failed = lines.slice(lines.indexOf('Failed:') + 1, -2).join('\n')
  assert.match(failed, /b\.test\.ts:1 {2}the file\n.*c\.test\.ts:1 {2}the file$/)
})

test('each title has one line, whatever the order of its processes', (t) => {
  const texts = {
    'a.test.ts': `${head}test('one', () => {})`,
    'b.test.ts': `${head}test('two', () => assert.fail('x'))`,
    'c.test.ts': `${head}test('three', () => {})`,
    'd.test.ts': `${head}test('four', () => {})\ntest('five', () => {})`,
  }
  const processes = ['odd', 'even', 'odd', 'even'].map(
    (title, index) => `{ title: '${title}', files: [files[${index}]] }`,
  )
  const { status, lines } = runProcesses(t, texts, `[${processes}]`)
  assert.equal(status, 1)
  const shown = lines.filter((line) => line.includes(' tests')).map((line) => line.split(/ {2,}/))
  assert.deepEqual(
    shown.map(([title, count]) => [title, count]),
    [
      ['✓ odd', '2 tests'],
      ['✗ even', '3 tests, 1 failed'],
    ],
  )
})

test('the files that are said to take longest are there, and start first', () => {
  const names = Object.keys(longestSeconds)
  const files = globSync('test/**/*.{test,long}.ts', { cwd: root }).map((file) => join(root, file))
  const processes = toProcesses(root, files)
  assert.deepEqual(
    names.filter((name) => !files.includes(join(root, 'test', name))),
    [],
  )
  assert.deepEqual(processes.flatMap((one) => one.files).toSorted(), files.toSorted())
  const [first] = processes
  assert.ok(first?.files.some((file) => names.some((name) => file.endsWith(name))))
})
