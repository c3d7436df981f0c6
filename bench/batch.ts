import type { Contestant, Ending } from './contestants/contestant.ts'
import { refusedCode } from './deployment.ts'

/** Exchanges that one process is asked for. */
export interface Batch {
  readonly ending: Ending
  readonly count: number
  readonly atOnce: number
}

/** What a batch took. */
export interface BatchResult {
  readonly durationsMs: readonly number[]
  /** CPU time of the whole process, for one exchange. */
  readonly cpuMs: number
  /** The heap after a collection, where the process may ask for one. */
  readonly heapBytes: number
}

/** Runs a batch; it throws where an exchange does not end as asked. */
export async function runBatch(contestant: Contestant, batch: Batch): Promise<BatchResult> {
  const durationsMs: number[] = []
  let left = batch.count
  const prefix = batch.ending === 'invalid_grant' ? refusedCode : 'code-'
  const exchangeAll = async () => {
    while (left > 0) {
      left -= 1
      const startedAtMs = performance.now()
      const code = `${prefix}${left}-${startedAtMs}`
      const ending = await contestant.exchange(code, batch.ending !== 'refused')
      if (durationsMs.length < mostDurations) durationsMs.push(performance.now() - startedAtMs)
      if (ending !== batch.ending) throw new Error(`${ending} in the place of ${batch.ending}`)
    }
  }
  const before = process.cpuUsage()
  await Promise.all(Array.from({ length: batch.atOnce }, exchangeAll))
  const { user, system } = process.cpuUsage(before)
  const cpuMs = (user + system) / 1000 / batch.count
  globalThis.gc?.()
  return { durationsMs, cpuMs, heapBytes: process.memoryUsage().heapUsed }
}

/** A million durations would be counted as memory of the contestant. */
const mostDurations = 10_000
