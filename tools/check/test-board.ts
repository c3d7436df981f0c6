import { relative } from 'node:path'
import type { EventData } from 'node:test'
import { type Traces, toErrorText, toPlace } from './failure-text.ts'
import type { Counts } from './summary.ts'

/** What is known of one test file. */
export interface FileState extends Counts, Traces {
  readonly seconds: number
  /** Each as `PATH:LINE  TITLE`, with the test file in parentheses where another file declares the test. */
  readonly failures: readonly string[]
}

/** Takes the events of a test run and keeps what they say of each file. */
export interface TestBoard {
  readonly pass: (test: EventData.TestPass) => void
  readonly fail: (test: EventData.TestFail) => void
  readonly complete: (test: EventData.TestComplete) => void
  readonly note: (note: EventData.TestDiagnostic) => void
  readonly takeStderr: (output: EventData.TestStderr) => void
  /** Ends a file: what was reported since the one before it ended is its own. */
  readonly close: (file: string) => void
  /** Takes it that a process which files share has ended: a file whose end was not reported fails. */
  readonly finish: (file: string) => void
  readonly read: (file: string) => FileState
}

type Ended = EventData.TestPass | EventData.TestFail | EventData.TestComplete

const counts = { passed: 0, failed: 0, skipped: 0, seconds: 0 }
const empty: FileState = { ...counts, failures: [], details: [], notes: [], stderr: '' }

/** A test around others fails where one of them does: that one is counted and shown. */
const isAround = ({ details: { error } }: EventData.TestFail) =>
  'failureType' in error && error.failureType === 'subtestsFailed'

/**
 * Opens a board for one run.
 *
 * @param files the test files, each of which has to have a test in it
 */
export function openTestBoard(root: string, files: readonly string[]): TestBoard {
  const { read, change, fail } = openFileStates(root)
  // The runner reports each process as a test around its tests, and files that share one as suites within.
  const isTestFile = (name: string) => files.includes(name)
  const isFile = ({ name, file, nesting }: Ended) =>
    nesting === 0 && (name === file || isTestFile(name))
  // A test names the file that declares it, which may be a fixture; whose process it ran in is known once
  // that process is reported to have ended.
  let open: ((file: string) => void)[] = []
  const ended = new Set<string>()
  const close = (file: string) => {
    for (const take of open) take(file)
    open = []
  }
  const end = (file: string) => {
    close(file)
    ended.add(file)
  }
  return {
    pass: (test) => {
      const kind = test.skip === undefined ? 'passed' : 'skipped'
      if (!isFile(test)) {
        open.push((file) => change(file, (state) => ({ [kind]: state[kind] + 1 })))
        return
      }
      end(test.name)
      const { passed, failed, skipped } = read(test.name)
      if (passed + failed + skipped > 0 || !isTestFile(test.name)) return
      fail(test.name, { file: test.name }, 'the file', 'There is no test in it.')
    },
    fail: (test) => {
      const text = toErrorText(test.details.error)
      if (isFile(test)) end(test.name)
      if (isAround(test)) return
      if (isFile(test)) fail(test.name, { file: test.name }, 'the file as a whole', text)
      else open.push((file) => fail(file, test, test.name, text))
    },
    complete: (test) => {
      if (isFile(test)) change(test.name, () => ({ seconds: test.details.duration_ms / 1000 }))
    },
    note: ({ message }) =>
      open.push((file) => change(file, ({ notes }) => ({ notes: [...notes, message] }))),
    takeStderr: ({ file, message }) =>
      change(file, ({ stderr }) => ({ stderr: `${stderr}${message}` })),
    close,
    finish: (file) => {
      if (ended.has(file)) return
      fail(file, { file }, 'the file', 'The process that it shares ended before it did.')
    },
    read,
  }
}

function openFileStates(root: string) {
  const files = new Map<string, FileState>()
  const read = (file: string) => files.get(file) ?? empty
  const change = (file: string, toChanges: (state: FileState) => Partial<FileState>) => {
    files.set(file, { ...read(file), ...toChanges(read(file)) })
  }
  const fail = (file: string, test: EventData.LocationInfo, title: string, text: string) => {
    const isDeclaredElsewhere = test.file !== undefined && test.file !== file
    const declarer = isDeclaredElsewhere ? `  (${relative(root, file)})` : ''
    const failure = `${toPlace(root, test)}  ${title}${declarer}`
    change(file, ({ failed, failures, details }) => ({
      failed: failed + 1,
      failures: [...failures, failure],
      details: [...details, `${failure}\n${text}`],
    }))
  }
  return { read, change, fail }
}
