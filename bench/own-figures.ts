import { type RunningContestant, startContestant } from './contestant.ts'
import type { Figure } from './results.ts'
import { byTheBook, type RunContext, us } from './run-context.ts'
import { toFigure, toQuantile } from './statistics.ts'
import { interleave, toRounds } from './warm.ts'

const success = { ending: 'ok', atOnce: 1 } as const
const clientCounts = [1, 10, 100, 1_000]
/** How often the measurement of memory reports its progress. */
export const memorySlices = 20

/** Measures what the proxy takes to refuse a request itself: no peer does. */
export async function measureRefusal({ plan, world, handlers, onRound }: RunContext) {
  const contestant = await startContestant(handlers[us], world.toEnvironment('plain'))
  const batch = { ending: 'refused', atOnce: 1 } as const
  await contestant.run({ ...batch, count: plan.warmUp })
  const measured = await interleave(
    new Map([[us, contestant]]),
    () => contestant.run({ ...batch, count: plan.warmCount }),
    plan.warmRounds,
    onRound,
  )
  await contestant.close()
  return toFigure(
    { name: 'refusal', title: 'a refusal within the function: p50', unit: 'ms', reference: us },
    toRounds(measured, ({ durationsMs }) => toQuantile(durationsMs, 0.5)),
  )
}

/** Measures an exchange with more and more clients in the settings. */
export async function measureClients({ plan, world, handlers, onRound }: RunContext) {
  const contestants = new Map<string, RunningContestant>()
  for (const count of clientCounts) {
    const name = count === 1 ? '1 client' : `${count} clients`
    const contestant = await startContestant(handlers[us], world.toEnvironment('plain', count))
    await contestant.run({ ...success, count: plan.warmUp })
    contestants.set(name, contestant)
  }
  const run = (_name: string, contestant: RunningContestant) =>
    contestant.run({ ...success, count: plan.warmCount })
  const measured = await interleave(contestants, run, plan.warmRounds, onRound)
  for (const contestant of contestants.values()) await contestant.close()
  return toFigure(
    {
      name: 'clients',
      title: 'an exchange by the number of clients in the settings: p50',
      unit: 'ms',
      reference: '1 client',
    },
    toRounds(measured, ({ durationsMs }) => toQuantile(durationsMs, 0.5)),
  )
}

/** Measures the bytes that a warm success writes to standard output. */
export async function measureLoggedBytes(context: RunContext): Promise<Figure> {
  const { world, handlers, onRound } = context
  const write = async (name: typeof us | typeof byTheBook, count: number) => {
    const contestant = await startContestant(handlers[name], world.toEnvironment('plain'))
    await contestant.run({ ...success, count })
    return contestant.close()
  }
  const [few, many] = [10, 60]
  const bytes: Record<string, number> = {}
  for (const name of [us, byTheBook] as const) {
    // The difference leaves out what is written once.
    bytes[name] = ((await write(name, many)) - (await write(name, few))) / (many - few)
    onRound()
  }
  return toFigure(
    {
      name: 'logged-bytes',
      title: 'what a success writes to the log',
      unit: 'bytes',
      reference: byTheBook,
    },
    [bytes],
  )
}

/** Measures the heap after few and after many exchanges of one process, and reports the progress of the many. */
export async function measureMemory(
  { world, handlers, onRound }: RunContext,
  [few, many]: readonly [few: number, many: number],
): Promise<Figure> {
  const env = world.toEnvironment('plain')
  const contestant = await startContestant(handlers[us], env, ['--expose-gc'])
  const batch = { ending: 'ok', atOnce: 20 } as const
  const { heapBytes: before } = await contestant.run({ ...batch, count: few })
  let after = before
  for (let slice = 0; slice < memorySlices; slice += 1) {
    const count = (many - few) / memorySlices
    after = (await contestant.run({ ...batch, count })).heapBytes
    onRound()
  }
  await contestant.close()
  const reference = `after ${few} exchanges`
  const values = { [reference]: before / 1e6, [`after ${many} exchanges`]: after / 1e6 }
  return toFigure({ name: 'memory', title: 'the heap of the proxy', unit: 'MB', reference }, [
    values,
  ])
}
