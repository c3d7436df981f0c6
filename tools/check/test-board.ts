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
  const files = new Map<string, FileState>()
  const read = (file = '') => files.get(file) ?? empty
  const change = (file = '', toChanges: (state: FileState) => Partial<FileState>) =>
    files.set(file, { ...read(file), ...toChanges(read(file)) })
  const fail = (test: EventData.LocationInfo, title: string, text: string) => {
    const failure = `${toPlace(root, test)}  ${title}`
    change(test.file, ({ failed, failures, details }) => ({
      failed: failed + 1,
      failures: [...failures, failure],
      details: [...details, `${failure}\n${text}`],
    }))
  }
  return {
    pass: (test) => {
      const { passed, failed, skipped } = read(test.file)
      if (!isFile(test)) {
        const end = test.skip === undefined ? 'passed' : 'skipped'
        change(test.file, (state) => ({ [end]: state[end] + 1 }))
      } else if (passed + failed + skipped === 0) fail(test, 'the file', 'There is no test in it.')
    },
    fail: (test) => {
      const title = isFile(test) ? 'the file as a whole' : test.name
      if (!isAround(test)) fail(test, title, toErrorText(test.details.error))
    },
    complete: (test) => {
      if (isFile(test)) change(test.file, () => ({ seconds: test.details.duration_ms / 1000 }))
    },
    note: ({ file, message }) => change(file, ({ notes }) => ({ notes: [...notes, message] })),
    takeStderr: ({ file, message }) =>
      change(file, ({ stderr }) => ({ stderr: `${stderr}${message}` })),
    read,
  }
}
