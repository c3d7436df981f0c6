import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { type CommandCheck, runCommand } from './check/command.ts'
import { type Summary, sumCounts, toEnd } from './check/summary.ts'
import { runTests, type TestGroup } from './check/test-run.ts'
import { readCommandLine } from './command-line.ts'
import { commands } from './commands.ts'

const root = join(import.meta.dirname, '..')
const bin = (name: string, ...path: string[]) => join(root, 'node_modules', name, ...path)
const tsc = bin('typescript', 'bin', 'tsc')
const typesKnown = bin('.cache', 'types.tsbuildinfo')
const build: CommandCheck = { title: 'build', args: ['tools/build.ts'] }

/** Everything but the build and the tests. */
const otherChecks: readonly CommandCheck[] = [
  { title: 'format and lint', args: [bin('@biomejs', 'biome', 'bin', 'biome'), 'ci', '.'] },
  // What has not changed since the last run is not checked again.
  { title: 'types', args: [tsc, '--incremental', '--tsBuildInfoFile', typesKnown] },
  { title: 'types of the demo page', args: [tsc, '-p', 'local/front-end/page'] },
  { title: 'types of the examples', args: [tsc, '-p', 'examples'] },
  { title: 'types of the native example', args: [tsc, '-p', 'examples/native'] },
  { title: 'generated files are fresh', args: ['tools/generate.ts', '--check'] },
]

/** The folders of test/ whose files take longest: they start first, so that no core is idle at the end. */
const longest = ['browser', 'infra', 'conformance', 'end-to-end']

/** Folders of test/ whose files run in one process: their tests leave nothing behind. The first that fits counts. */
const shared = [
  'core',
  'pages',
  'runbook',
  'infra/template',
  'infra',
  'adapters',
  'conformance/alarms',
  'conformance/cookie',
  'conformance/diagnosis',
  'conformance/doctor',
  'conformance/rotation',
  'conformance',
  'local/cloudwatch',
  'local',
]

/** What a process has only one of: a file that changes it runs alone. */
const ofProcess = /\bprocess\.env\b|\bmock\b/

const find = (pattern: string) =>
  globSync(pattern, { cwd: root })
    .map((file) => join(root, file))
    .sort()

/** Test files by folder of test/, those that take longest first. */
function groupByFolder(files: readonly string[]): readonly TestGroup[] {
  const toFolder = (file: string) =>
    dirname(relative(root, file)).split(sep)[1] ?? 'the project as a whole'
  const toPlace = ({ title }: TestGroup) => {
    const place = longest.indexOf(title)
    return place === -1 ? longest.length : place
  }
  const groups = Map.groupBy(files, toFolder)
  return [...groups]
    .map(([title, files]) => ({ title, processes: toProcesses(files) }))
    .toSorted((one, other) => toPlace(one) - toPlace(other))
}

/** Puts files together that may share a process. */
function toProcesses(files: readonly string[]): readonly (readonly string[])[] {
  const toProcess = (file: string) => {
    const folder = shared.find((name) => file.startsWith(`${join(root, 'test', name)}${sep}`))
    return folder === undefined || ofProcess.test(readFileSync(file, 'utf8')) ? file : folder
  }
  return [...Map.groupBy(files, toProcess).values()]
}

/** Runs every check, or only the test files that are named. */
async function check(named: readonly string[]): Promise<readonly Summary[]> {
  const files = named.map((file) => resolve(root, file))
  if (files.length > 0) return [await runTests(root, groupByFolder(files))]
  // The tests run what is built.
  const built = await runCommand(root, build)
  const core = find('test/core/**/*.test.ts')
  const others = find('test/**/*.test.ts').filter((file) => !core.includes(file))
  return [
    built,
    ...(await Promise.all([
      ...otherChecks.map((command) => runCommand(root, command)),
      runTests(root, [{ title: 'core, every branch', processes: [core] }], 'core/**/*.ts'),
    ])),
    await runTests(root, groupByFolder(others)),
  ]
}

/** Runs the tests that are too long for every day. */
async function checkLong(): Promise<readonly Summary[]> {
  const built = await runCommand(root, build)
  return [built, await runTests(root, groupByFolder(find('test/**/*.long.ts')))]
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

const startedAtMs = performance.now()
const summaries = await checkAsked()
console.log(toEnd(summaries, (performance.now() - startedAtMs) / 1000))
process.exitCode = sumCounts(summaries).failed === 0 ? 0 : 1
