import type { Sight } from './mock-places.ts'
import type { Figure } from './results.ts'
import { type Round, toFigure } from './statistics.ts'

/** What one fresh process measured of itself. */
export interface ColdTimes {
  /** By the wall clock, in milliseconds. */
  readonly startedAtMs: number
  readonly importMs: number
  readonly totalMs: number
}

/** One cold start, as the process and the slow mocks saw it. */
export interface ColdTrace {
  readonly times: ColdTimes
  readonly sights: readonly Sight[]
}

/** What the mocks see in a cold start. */
const steps: Readonly<Record<string, string>> = {
  'secret connected': 'a connection to Secrets Manager is open',
  'secret secured': 'its TLS stands',
  'secret asked': 'the secret is asked for',
  'secret answered': 'Secrets Manager has answered',
  'token connected': 'a connection to Cognito is open',
  'token secured': 'its TLS stands, too',
  'token asked': 'Cognito is asked',
  'token answered': 'Cognito has answered',
}
const imported = 'the import is done'
const whole = 'the exchange is answered'

/** Makes the time line of cold starts: when each thing happened, in milliseconds since the import began. */
export function toTimeLine(contestant: string, traces: readonly ColdTrace[]): Figure {
  const rounds = traces.map(toRound)
  const [first = {}] = rounds
  // In the order of the first start.
  const order = Object.keys(first).toSorted((one, other) => (first[one] ?? 0) - (first[other] ?? 0))
  const name = `time-line ${contestant}`
  const title = `a cold start over TLS, as slow as AWS, since the import began: ${contestant}`
  return toFigure(
    { name, title, unit: 'ms', reference: whole },
    rounds.map((round) => Object.fromEntries(order.map((step) => [step, round[step] ?? 0]))),
  )
}

function toRound({ times, sights }: ColdTrace): Round {
  const seen = Object.entries(steps).map(([what, step]) => {
    const atMs = sights.find((sight) => sight.what === what)?.atMs ?? Number.NaN
    return [step, atMs - times.startedAtMs] as const
  })
  return { ...Object.fromEntries(seen), [imported]: times.importMs, [whole]: times.totalMs }
}
