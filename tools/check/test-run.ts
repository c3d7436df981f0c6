import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from 'node:test'
import { toDetails, toUncovered } from './failure-text.ts'
import { writeEntry } from './shared-process.ts'
import { type Summary, sumCounts, toLine } from './summary.ts'
import { openTestBoard, type TestBoard } from './test-board.ts'

/** A process of the run. */
export interface TestProcess {
  /** Processes with the same title share a line of the summary. */
  readonly title: string
  /**
   * The files that run in it, one after the other: absolute paths. Only tests that leave nothing behind which
   * another could meet share a process; starting one for each would take longer than they do.
   */
  readonly files: readonly string[]
}

/** A process with the file that it starts from. */
interface StartedProcess extends TestProcess {
  readonly entry: string
}

const preloads = ['test/loopback-only.ts', 'tools/check/hang-limit.ts']

/** Where every core is busy, more threads that collect garbage only take time from the tests. */
const singleThreadedGc = '--single-threaded-gc'

/** Room in megabytes for what is soon garbage: with less of it, a short process collects it again and again. */
const youngMegabytes = 16

/** With fewer, two cores are idle now and then: a file also waits. A machine with many gains little beyond this. */
const mostFilesAtOnce = 5

/**
 * Runs test files in processes that are kept on loopback, some at a time, in the given order. Prints the details of
 * failures as processes end, and a line for each title. The processes share what they compile, for this run only
 * unless somebody names a place for it: much of it is made of temporary files, and would pile up.
 *
 * @param covers the files of which these tests have to reach every line, branch and function
 */
export async function runTests(
  root: string,
  given: readonly TestProcess[],
  covers?: string,
): Promise<Summary> {
  const folder = mkdtempSync(join(tmpdir(), 'token-proxy-tests-'))
  const processes = given.map((one, index) => ({ ...one, entry: toEntry(one, index, folder) }))
  const files = processes.flatMap((one) => one.files)
  const board = openTestBoard(root, files)
  const printer = openPrinter(processes, board)
  let uncovered: readonly string[] = []
  for await (const event of start(root, processes, folder, covers)) {
    if (event.type === 'test:pass') board.pass(event.data)
    if (event.type === 'test:fail') board.fail(event.data)
    if (event.type === 'test:complete') board.complete(event.data)
    if (event.type === 'test:diagnostic') board.note(event.data)
    if (event.type === 'test:stderr') board.takeStderr(event.data)
    // Files run side by side, and their events come in the order of the files all the same.
    if (event.type === 'test:summary' && event.data.file !== undefined) {
      printer.reach(event.data.file)
      board.close(event.data.file)
    }
    if (event.type === 'test:coverage') uncovered = toUncovered(root, event.data.summary)
  }
  board.close(processes.at(-1)?.entry ?? '')
  printer.end()
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  const states = printer.readAll()
  return {
    ...sumCounts([...states, { passed: 0, failed: uncovered.length, skipped: 0 }]),
    failures: [
      ...states.flatMap((state) => state.failures),
      ...uncovered.map((place) => `not covered: ${place}`),
    ],
  }
}

function start(
  root: string,
  processes: readonly StartedProcess[],
  folder: string,
  covers: string | undefined,
) {
  const { NODE_COMPILE_CACHE: cache = join(folder, 'compiled'), ...env } = process.env
  return run({
    files: processes.map(({ entry }) => entry),
    cwd: root,
    concurrency: Math.min(mostFilesAtOnce, 2 * availableParallelism() + 1),
    execArgv: [
      singleThreadedGc,
      `--min-semi-space-size=${youngMegabytes}`,
      ...preloads.flatMap((path) => ['--import', join(root, path)]),
    ],
    // What comes out of the cache has no exact coverage.
    ...(covers === undefined
      ? { env: { ...env, NODE_COMPILE_CACHE: cache } }
      : { env, coverage: true, coverageIncludeGlobs: covers }),
  })
}

function toEntry({ title, files }: TestProcess, index: number, folder: string): string {
  const [first = '', ...others] = files
  return others.length === 0 ? first : writeEntry(folder, `${title} ${index + 1}`, files)
}

/** Prints the results of each process, and those of each group after its last, as soon as a later one starts. */
function openPrinter(processes: readonly StartedProcess[], board: TestBoard) {
  let printed = 0
  const readAll = (all: readonly StartedProcess[]) =>
    [...new Set(all.flatMap(({ entry, files }) => [...files, entry]))].map(board.read)
  const printTo = (end: number) => {
    for (const [index, one] of [...processes.entries()].slice(printed, end)) {
      if (one.files.length > 1) one.files.forEach(board.finish)
      // What a process wrote to standard error may be of any of its files.
      const { stderr } = board.read(one.entry)
      const details = readAll([one]).map((state) => toDetails({ ...state, stderr }))
      if (details.join('') !== '') console.log(details.join(''))
      const isLast = processes.slice(index + 1).every(({ title }) => title !== one.title)
      if (isLast) printGroup(one.title)
    }
    printed = Math.max(printed, end)
  }
  const printGroup = (title: string) => {
    const all = processes.filter((one) => one.title === title)
    const seconds = all.reduce((sum, { entry }) => sum + board.read(entry).seconds, 0)
    console.log(toLine(title, sumCounts(readAll(all)), seconds, 'tests'))
  }
  const indexOf = (file: string) => processes.findIndex(({ entry }) => entry === file)
  return {
    reach: (file: string) => printTo(Math.max(printed, indexOf(file))),
    end: () => printTo(processes.length),
    readAll: () => readAll(processes),
  }
}
