import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const bin = (name: string, ...path: string[]) => join(root, 'node_modules', name, ...path)
const guard = ['--import', join(root, 'test', 'loopback-only.ts')]
const coreTests = globSync('test/core/**/*.test.ts', { cwd: root })
const otherTests = globSync('test/**/*.test.ts', { cwd: root }).filter(
  (file) => !coreTests.includes(file),
)
const coverage = [
  '--experimental-test-coverage',
  '--test-coverage-include=core/**/*.ts',
  ...['lines', 'branches', 'functions'].map((kind) => `--test-coverage-${kind}=100`),
]

/** Every check of the project, cheapest first; each is a command of its own. */
const checks: readonly (readonly [title: string, ...command: string[]])[] = [
  ['format and lint', bin('@biomejs', 'biome', 'bin', 'biome'), 'ci', '.'],
  ['types', bin('typescript', 'bin', 'tsc')],
  ['types of the demo page', bin('typescript', 'bin', 'tsc'), '-p', 'local/front-end/page'],
  ['types of the examples', bin('typescript', 'bin', 'tsc'), '-p', 'examples'],
  ['types of the native example', bin('typescript', 'bin', 'tsc'), '-p', 'examples/native'],
  ['generated files are fresh', 'tools/generate.ts', '--check'],
  ['build', 'tools/build.ts'],
  ['core, every branch', ...guard, '--test', ...coverage, ...coreTests],
  ['everything else', ...guard, '--test', '--test-concurrency=2', ...otherTests],
]

for (const [title, ...command] of checks) {
  console.log(`\n── ${title}`)
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' })
  if (status !== 0) {
    console.error(`\n${title}: failed`)
    process.exit(1)
  }
}
console.log('\nall checks passed')
