import { randomUUID } from 'node:crypto'
import { awsError, type Input, type OperationResult, textOf } from './protocol.ts'

/** What the embedded functions wrote, as CloudWatch Logs gives it back. */
export interface LogEvents {
  /** Takes one line of a function's output. */
  readonly take: (line: string) => void
  /** Answers FilterLogEvents, the oldest first. */
  readonly filter: (input: Input) => OperationResult
}

/** The one form of a pattern that is understood: a field of a JSON line that is a text. */
const equality = /^\{ \$\.(\w+) = "([^"]*)" \}$/
const linesKept = 2000
const pageSize = 50

/**
 * Opens the log groups of one stage. Each has the lines of all functions. Unlike AWS's, they have a line at once, and
 * forget after 2000.
 *
 * @param stage that of the embedded world is the one that `npm start` suggests to make
 */
export function openLogEvents(stage = 'local', nowMs: () => number = Date.now): LogEvents {
  const ownGroups = ['oauth2', 'metadata'].map((name) => `/aws/lambda/token-proxy-${stage}-${name}`)
  const events: { readonly atMs: number; readonly text: string }[] = []
  return {
    take: (text) => {
      events.push({ atMs: nowMs(), text })
      if (events.length > linesKept) events.shift()
    },
    filter: (input) => {
      const group = textOf(input, 'logGroupName') ?? ''
      if (!ownGroups.includes(group)) {
        return awsError('ResourceNotFoundException', 'The specified log group does not exist.')
      }
      const [, field, value] = equality.exec(textOf(input, 'filterPattern') ?? '') ?? []
      if (field === undefined) {
        return awsError(
          'InvalidParameterException',
          'Only { $.FIELD = "TEXT" } is understood here.',
        )
      }
      const sinceMs = Number(input['startTime'] ?? 0)
      const from = Number(input['nextToken'] ?? 0)
      const those = events.filter(
        ({ atMs, text }) => atMs >= sinceMs && readField(text, field) === value,
      )
      const more = those.length > from + pageSize ? { nextToken: `${from + pageSize}` } : {}
      const shown = those.slice(from, from + pageSize).map(({ atMs, text }) => ({
        ...{ eventId: randomUUID(), logStreamName: 'local', timestamp: atMs },
        message: `${text}\n`,
      }))
      return { output: { events: shown, ...more } }
    },
  }
}

function readField(line: string, field: string): unknown {
  try {
    return Object(JSON.parse(line))[field]
  } catch {
    return undefined
  }
}
