import { globSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type CommandCheck, runCommand } from './check/command.ts'
import { type Summary, sumCounts, toEnd } from './check/summary.ts'
import { toProcesses } from './check/test-processes.ts'
import { runTests } from './check/test-run.ts'
import { readCommandLine } from './command-line.ts'
import { commands } from './commands.ts'

const root = join(import.meta.dirname, '..')
const bin = (name: string, ...path: string[]) => join(root, 'node_modules', name, ...path)
/** In one thread it checks a file once that several would check each: the other cores have tests to run. */
const tsc = [bin('typescript', 'bin', 'tsc'), '--singleThreaded']
const typesKnown = bin('.cache', 'types.tsbuildinfo')
const build: CommandCheck = { title: 'build', args: ['tools/build.ts'] }

/** Everything but the build and the tests. */
const otherChecks: readonly CommandCheck[] = [
  { title: 'format and lint', args: [bin('@biomejs', 'biome', 'bin', 'biome'), 'ci', '.'] },
  // What has not changed since the last run is not checked again.
  { title: 'types', args: [...tsc, '--incremental', '--tsBuildInfoFile', typesKnown] },
  { title: 'types of the demo page', args: [...tsc, '-p', 'local/front-end/page'] },
  { title: 'types of the CDK construct', args: [...tsc, '-p', 'cdk'] },
  { title: 'types of the examples', args: [...tsc, '-p', 'examples'] },
  { title: 'types of the native example', args: [...tsc, '-p', 'examples/native'] },
  { title: 'generated files are fresh', args: ['tools/generate.ts', '--check'] },
]

const findFiles = (pattern: string) =>
  globSync(pattern, { cwd: root })
    .map((file) => join(root, file))
    .sort()

/** Runs every check, or only the test files that are named. */
async function check(named: readonly string[]): Promise<readonly Summary[]> {
  const files = named.map((file) => resolve(root, file))
  if (files.length > 0) return [await runTests(root, toProcesses(root, files))]
  // The tests run what is built.
  const built = await runCommand(root, build)
  const core = findFiles('test/core/**/*.test.ts')
  const others = findFiles('test/**/*.test.ts').filter((file) => !core.includes(file))
  // One check after the other beside the tests: all at once, they would only wait for each other.
  const [checks, tests] = await Promise.all([
    runOthers(core),
    runTests(root, toProcesses(root, others)),
  ])
  return [built, ...checks, tests]
}

/** Runs everything but the build and the tests that run what is built. */
async function runOthers(core: readonly string[]): Promise<readonly Summary[]> {
  const summaries: Summary[] = []
  for (const command of otherChecks) summaries.push(await runCommand(root, command))
  const process = { title: 'core, every branch', files: core }
  return [...summaries, await runTests(root, [process], 'core/**/*.ts')]
}

/** Runs the tests that are too long for every day. */
async function checkLong(): Promise<readonly Summary[]> {
  const built = await runCommand(root, build)
  return [built, await runTests(root, toProcesses(root, findFiles('test/**/*.long.ts')))]
}

/** Runs what the command line asks for; the word `--long` is of package.json. */
function checkAsked(): Promise<readonly Summary[]> {
  const [first, ...words] = process.argv.slice(2)
  if (first === '--long') {
    readCommandLine(commands['test:long'], words)
    return checkLong()
  }
  return check(readCommandLine(commands.test).args[0])
}

// esbuild and the TypeScript compiler are written in Go: they are faster by a tenth to a fifth where they collect
// garbage less often.
process.env['GOGC'] ??= '400'
const startedAtMs = performance.now()
const summaries = await checkAsked()
console.log(toEnd(summaries, (performance.now() - startedAtMs) / 1000))
process.exitCode = sumCounts(summaries).failed === 0 ? 0 : 1
