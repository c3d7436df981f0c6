import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from 'node:test'
import { toDetails, toUncovered } from './failure-text.ts'
import { type Summary, sumCounts, toLine } from './summary.ts'
import { openTestBoard, type TestBoard } from './test-board.ts'

/** Test files that share a line of the summary. */
export interface TestGroup {
  readonly title: string
  /** Absolute paths. */
  readonly files: readonly string[]
}

const preloads = ['test/loopback-only.ts', 'tools/check/hang-limit.ts']

/** A machine with many cores gains little beyond this: some files open a browser. */
const mostFilesAtOnce = 4

/**
 * Runs groups of test files in their order, each file in a process of its own that is kept on loopback.
 * Prints the details of failures as files end, and a line for each group. The processes share what they compile,
 * for this run only: much of it is made of temporary files, and would pile up.
 *
 * @param covers the files of which these tests have to reach every line, branch and function
 */
export async function runTests(
  root: string,
  groups: readonly TestGroup[],
  covers?: string,
): Promise<Summary> {
  const board = openTestBoard(root)
  const printer = openPrinter(groups, board)
  const files = groups.flatMap((group) => group.files)
  let uncovered: readonly string[] = []
  const cache = mkdtempSync(join(tmpdir(), 'token-proxy-compiled-'))
  const stream = run({
    files,
    cwd: root,
    // Most files wait as long as they compute.
    concurrency: Math.min(mostFilesAtOnce, availableParallelism() + 1),
    execArgv: preloads.flatMap((path) => ['--import', join(root, path)]),
    // What comes out of the cache has no exact coverage.
    ...(covers === undefined
      ? { env: { ...process.env, NODE_COMPILE_CACHE: cache } }
      : { coverage: true, coverageIncludeGlobs: covers }),
  })
  for await (const event of stream) {
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
  board.close(files.at(-1) ?? '')
  printer.end()
  rmSync(cache, { recursive: true, force: true, maxRetries: 3 })
  const states = files.map(board.read)
  return {
    ...sumCounts([...states, { passed: 0, failed: uncovered.length, skipped: 0 }]),
    failures: [
      ...states.flatMap((state) => state.failures),
      ...uncovered.map((place) => `not covered: ${place}`),
    ],
  }
}

/** Prints the results of each file and each group as soon as a later one starts. */
function openPrinter(groups: readonly TestGroup[], board: TestBoard) {
  const files = groups.flatMap((group) => group.files)
  let printed = 0
  const printTo = (end: number) => {
    for (const file of files.slice(printed, end)) {
      const details = toDetails(board.read(file))
      if (details !== '') console.log(details)
      const group = groups.find((one) => one.files.at(-1) === file)
      if (group !== undefined) printGroup(group)
    }
    printed = Math.max(printed, end)
  }
  const printGroup = (group: TestGroup) => {
    const states = group.files.map(board.read)
    const seconds = states.reduce((sum, state) => sum + state.seconds, 0)
    console.log(toLine(group.title, sumCounts(states), seconds, 'tests'))
  }
  return {
    reach: (file: string) => printTo(Math.max(printed, files.indexOf(file))),
    end: () => printTo(files.length),
  }
}
