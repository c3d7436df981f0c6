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
  { title: 'types of the CDK construct', args: [tsc, '-p', 'cdk'] },
  { title: 'types of the examples', args: [tsc, '-p', 'examples'] },
  { title: 'types of the native example', args: [tsc, '-p', 'examples/native'] },
  { title: 'generated files are fresh', args: ['tools/generate.ts', '--check'] },
]

/**
 * The folders of test/ whose files take longest. They start first, so that no core is idle at the end, and side by
 * side: some compute while others wait.
 */
const longest = ['browser', 'infra', 'conformance', 'end-to-end']

/**
 * Folders of test/ whose files share processes, and how many: what takes long is split. Their tests leave nothing
 * behind. The first that fits counts.
 */
const shared: Readonly<Record<string, number>> = {
  core: 1,
  pages: 1,
  runbook: 1,
  'infra/template': 1,
  infra: 1,
  adapters: 1,
  browser: 4,
  'conformance/alarms': 1,
  'conformance/cookie': 1,
  'conformance/diagnosis': 1,
  'conformance/doctor': 1,
  'conformance/rotation': 1,
  conformance: 4,
  'local/cloudwatch': 1,
  local: 1,
  tools: 1,
  bench: 1,
}

/** What a process has only one of: a file that changes it runs alone. */
const ofProcess = /\bprocess\.env\b|\bmock\b/

const find = (pattern: string) =>
  globSync(pattern, { cwd: root })
    .map((file) => join(root, file))
    .sort()

/** Test files by folder of test/: first, side by side, those that take longest, then one after the other. */
function groupByFolder(files: readonly string[]): readonly (readonly TestGroup[])[] {
  const toFolder = (file: string) =>
    dirname(relative(root, file)).split(sep)[1] ?? 'the project as a whole'
  const groups = [...Map.groupBy(files, toFolder)].map(([title, files]) => ({
    title,
    processes: toProcesses(files),
  }))
  const isLong = ({ title }: TestGroup) => longest.includes(title)
  const others = groups.filter((group) => !isLong(group))
  return [groups.filter(isLong), ...others.map((group) => [group])]
}

/** Puts files together that may share a process. */
function toProcesses(files: readonly string[]): readonly (readonly string[])[] {
  const toFolder = (file: string) =>
    Object.keys(shared).find((name) => file.startsWith(`${join(root, 'test', name)}${sep}`))
  const isAlone = (file: string) =>
    toFolder(file) === undefined || ofProcess.test(readFileSync(file, 'utf8'))
  const together = Map.groupBy(
    files.filter((file) => !isAlone(file)),
    (file) => toFolder(file) ?? '',
  )
  return [
    ...[...together].flatMap(([folder, all]) => split(all, shared[folder] ?? 1)),
    ...files.filter(isAlone).map((file) => [file]),
  ]
}

/** Deals files out to so many processes, in turns: neighbours often take equally long. */
function split(files: readonly string[], count: number): readonly (readonly string[])[] {
  return [...Map.groupBy(files, (file) => files.indexOf(file) % count).values()]
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
      runTests(root, [[{ title: 'core, every branch', processes: [core] }]], 'core/**/*.ts'),
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
