import type { EventData } from 'node:test'
import { type Traces, toErrorText, toPlace } from './failure-text.ts'
import type { Counts } from './summary.ts'

/** What is known of one test file. */
export interface FileState extends Counts, Traces {
  readonly seconds: number
  /** Each as `PATH:LINE  TITLE`. */
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
  readonly read: (file: string) => FileState
}

type Ended = EventData.TestPass | EventData.TestFail | EventData.TestComplete

const counts = { passed: 0, failed: 0, skipped: 0, seconds: 0 }
const empty: FileState = { ...counts, failures: [], details: [], notes: [], stderr: '' }

/** The runner reports each file as a test around the tests that are in it. */
const isFile = ({ name, file, nesting }: Ended) => nesting === 0 && name === file

/** A test around others fails where one of them does: that one is counted and shown. */
const isAround = ({ details: { error } }: EventData.TestFail) =>
  'failureType' in error && error.failureType === 'subtestsFailed'

/** Opens a board for one run. */
export function openTestBoard(root: string): TestBoard {
  const { read, change } = openFileStates()
  // A test names the file that declares it, which may be a fixture; whose process it ran in is known once
  // that process is reported to have ended.
  let open: ((file: string) => void)[] = []
  const close = (file: string) => {
    for (const take of open) take(file)
    open = []
  }
  const fail = (file: string, test: EventData.LocationInfo, title: string, text: string) => {
    const failure = `${toPlace(root, test)}  ${title}`
    change(file, ({ failed, failures, details }) => ({
      failed: failed + 1,
      failures: [...failures, failure],
      details: [...details, `${failure}\n${text}`],
    }))
  }
  return {
    pass: (test) => {
      const end = test.skip === undefined ? 'passed' : 'skipped'
      if (!isFile(test)) {
        open.push((file) => change(file, (state) => ({ [end]: state[end] + 1 })))
        return
      }
      close(test.name)
      const { passed, failed, skipped } = read(test.name)
      if (passed + failed + skipped > 0) return
      fail(test.name, test, 'the file', 'There is no test in it.')
    },
    fail: (test) => {
      const text = toErrorText(test.details.error)
      if (isFile(test)) close(test.name)
      if (isAround(test)) return
      if (isFile(test)) fail(test.name, test, 'the file as a whole', text)
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
    read,
  }
}

function openFileStates() {
  const files = new Map<string, FileState>()
  const read = (file: string) => files.get(file) ?? empty
  const change = (file: string, toChanges: (state: FileState) => Partial<FileState>) => {
    files.set(file, { ...read(file), ...toChanges(read(file)) })
  }
  return { read, change }
}
