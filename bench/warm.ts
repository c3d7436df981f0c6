import type { Batch, BatchResult } from './batch.ts'
import { type RunningContestant, startContestant } from './contestant.ts'
import type { PlaceName } from './mock-places.ts'
import type { PartName } from './plan.ts'
import type { Figure } from './results.ts'
import { bare, byTheBook, everybody, type RunContext, us } from './run-context.ts'
import { type Round, toFigure, toQuantile } from './statistics.ts'

/** Contestants with what was measured of each, round by round. */
type Measured = readonly Readonly<Record<string, BatchResult>>[]

/** A measurement of warm processes. */
export interface WarmTrial {
  readonly name: PartName
  readonly title: string
  readonly place: PlaceName
  readonly batch: Batch
  readonly rounds: number
  readonly warmUp: number
  /** Whether allocation and garbage collection are figures, too. */
  readonly countsHeap?: boolean
}

const toP50: ToValue = ({ durationsMs }) => toQuantile(durationsMs, 0.5)
const toP99: ToValue = ({ durationsMs }) => toQuantile(durationsMs, 0.99)
const toCpu: ToValue = ({ cpuMs }) => cpuMs
const toAllocated: ToValue = ({ allocatedBytes }) => allocatedBytes
const toCollection: ToValue = ({ collectionMs }) => collectionMs

type ToValue = (result: BatchResult) => number

/**
 * Measures everybody in warm processes: p50, p99, CPU time, allocation and garbage collection of an exchange, and
 * the connections that the first exchanges open, all in one go. A contestant that waits for its turn longer than
 * it keeps idle connections opens new ones; a turn begins with some exchanges that only do that.
 */
export async function measureWarm(context: RunContext, trial: WarmTrial): Promise<Figure[]> {
  const connections: Record<string, number> = {}
  const contestants = new Map<string, RunningContestant>()
  const { world, handlers } = context
  const count = async () => (await world.look()).connections[trial.place] ?? 0
  for (const name of everybody) {
    const entry = name === us || name === byTheBook ? handlers[name] : name
    const env = world.toEnvironment(trial.place)
    // A connection may be opened before the first exchange, and arrive at any time until that is answered.
    const before = await count()
    const contestant = await startContestant(entry, env)
    contestants.set(name, contestant)
    const { batch, warmUp } = trial
    // A success first: a batch with many at once would find no secret.
    await contestant.run({ ...batch, count: 1, atOnce: 1 })
    await contestant.run({ ...batch, count: warmUp })
    connections[name] = (await count()) - before
  }
  const { batch, rounds } = trial
  const run = async (contestant: RunningContestant, countsHeap: boolean) => {
    await contestant.run({ ...batch, count: batch.atOnce })
    return contestant.run({ ...batch, countsHeap })
  }
  const measured = await interleave(
    contestants,
    (_name, contestant) => run(contestant, false),
    rounds,
    context.onRound,
  )
  const heapRounds = trial.countsHeap ? 1 : 0
  const heaps = await interleave(contestants, (_name, one) => run(one, true), heapRounds)
  for (const contestant of contestants.values()) await contestant.close()
  return toFigures(trial, measured, heaps, connections)
}

/** Runs every contestant once in each round; who is first moves on from round to round. */
export async function interleave(
  contestants: ReadonlyMap<string, RunningContestant>,
  run: (name: string, contestant: RunningContestant) => Promise<BatchResult>,
  rounds: number,
  onRound: () => void = () => {},
): Promise<Measured> {
  const entries = [...contestants]
  const measured: Readonly<Record<string, BatchResult>>[] = []
  for (let round = 0; round < rounds; round += 1) {
    const first = round % entries.length
    const results: Record<string, BatchResult> = {}
    for (const [name, contestant] of [...entries.slice(first), ...entries.slice(0, first)]) {
      results[name] = await run(name, contestant)
    }
    measured.push(Object.fromEntries(entries.flatMap(([name]) => toEntry(name, results[name]))))
    onRound()
  }
  return measured
}

function toEntry<Value>(name: string, value: Value | undefined): [string, Value][] {
  return value === undefined ? [] : [[name, value]]
}

/** Takes one value of each contestant in each round. */
export function toRounds(measured: Measured, toValue: ToValue): Round[] {
  return measured.map((round) =>
    Object.fromEntries(Object.entries(round).map(([name, result]) => [name, toValue(result)])),
  )
}

function toFigures(
  { name, title, warmUp }: WarmTrial,
  measured: Measured,
  heaps: Measured,
  connections: Round,
): Figure[] {
  const make = (end: string, what: string, unit: Figure['unit'], rounds: readonly Round[]) =>
    toFigure({ name: `${name}-${end}`, title: `${title}: ${what}`, unit, reference: bare }, rounds)
  return [
    make('p50', 'p50', 'ms', toRounds(measured, toP50)),
    make('p99', 'p99', 'ms', toRounds(measured, toP99)),
    make('cpu', 'CPU time of an exchange', 'ms', toRounds(measured, toCpu)),
    ...(heaps.length === 0
      ? []
      : [
          make('allocated', 'allocated by an exchange', 'bytes', toRounds(heaps, toAllocated)),
          make('gc', 'garbage collection of an exchange', 'ms', toRounds(heaps, toCollection)),
        ]),
    make('connections', `new connections in the first ${warmUp + 1} exchanges`, 'connections', [
      connections,
    ]),
  ]
}
