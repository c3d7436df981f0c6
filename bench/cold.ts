import { fork } from 'node:child_process'
import { waitForMessage } from './contestant.ts'
import type { PlaceName } from './mock-places.ts'
import type { Figure } from './results.ts'
import { byTheBook, type RunContext, us } from './run-context.ts'
import { type Round, toFigure } from './statistics.ts'
import { type ColdTimes, type ColdTrace, toTimeLine } from './time-line.ts'

const titles: Readonly<Record<PlaceName, string>> = {
  tls: 'cold over TLS',
  'tls-slow': 'cold over TLS, as slow as AWS',
  plain: 'cold without TLS',
  'plain-slow': 'cold without TLS, as slow as AWS',
}

/** Measures fresh processes: import, secret and first exchange. */
export async function measureCold(context: RunContext, place: PlaceName): Promise<Figure[]> {
  const rounds: Readonly<Record<string, ColdTimes>>[] = []
  const traces: Readonly<Record<string, ColdTrace[]>> = { [us]: [], [byTheBook]: [] }
  await context.world.look()
  for (let round = 0; round < context.plan.coldRounds; round += 1) {
    const names = round % 2 === 0 ? ([us, byTheBook] as const) : ([byTheBook, us] as const)
    const times: Record<string, ColdTimes> = {}
    for (const name of names) {
      const one = await startOnce(context, name, place)
      const { sights } = await context.world.look()
      times[name] = one
      traces[name]?.push({ times: one, sights })
    }
    rounds.push({ [us]: times[us] ?? noTimes, [byTheBook]: times[byTheBook] ?? noTimes })
    context.onRound()
  }
  const toRounds = (field: keyof ColdTimes): Round[] =>
    rounds.map((round) =>
      Object.fromEntries(Object.entries(round).map(([name, times]) => [name, times[field]])),
    )
  const [title, reference] = [titles[place], byTheBook]
  const name = `cold-${place}`
  return [
    toFigure(
      { name, title: `${title}: import, secret and first exchange`, unit: 'ms', reference },
      toRounds('totalMs'),
    ),
    toFigure(
      { name: `${name}-import`, title: `${title}: the import alone`, unit: 'ms', reference },
      toRounds('importMs'),
    ),
    // Only these mocks note what they see.
    ...(place === 'tls-slow'
      ? Object.entries(traces).map(([contestant, all]) => toTimeLine(contestant, all))
      : []),
  ]
}

const noTimes: ColdTimes = {
  ...{ startedAtMs: Number.NaN, importMs: Number.NaN, totalMs: Number.NaN },
}

async function startOnce(
  { world, handlers, coldProcess }: RunContext,
  name: typeof us | typeof byTheBook,
  place: PlaceName,
): Promise<ColdTimes> {
  const child = fork(coldProcess, [handlers[name]], {
    env: world.toEnvironment(place),
    execArgv: [],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  child.stdout?.resume()
  const exited = new Promise((resolve) => child.once('close', resolve))
  const times = (await waitForMessage(child, `${name}, cold`)) as ColdTimes
  await exited
  return times
}
