import { GCProfiler } from 'node:v8'
import type { Contestant, Ending } from './contestants/contestant.ts'
import { refusedCode, silentCode } from './deployment.ts'

/** Exchanges that one process is asked for. */
export interface Batch {
  readonly ending: Ending
  readonly count: number
  readonly atOnce: number
  /** Also counts what is allocated and collected, which takes a little time itself. */
  readonly countsHeap?: boolean
}

/** What a batch took. */
export interface BatchResult {
  readonly durationsMs: readonly number[]
  /** CPU time of the whole process, for one exchange. */
  readonly cpuMs: number
  /** The heap after a collection, where the process may ask for one. */
  readonly heapBytes: number
  /** What one exchange allocates on the heap, where the batch counts it. */
  readonly allocatedBytes: number
  /** What collecting it takes. */
  readonly collectionMs: number
}

/** Runs a batch; it throws where an exchange does not end as asked. */
export async function runBatch(contestant: Contestant, batch: Batch): Promise<BatchResult> {
  const durationsMs: number[] = []
  let left = batch.count
  const prefix = prefixes[batch.ending] ?? 'code-'
  const exchangeAll = async () => {
    while (left > 0) {
      left -= 1
      const code = `${prefix}${left}-${performance.now()}`
      const exchange = contestant.prepare(code, batch.ending !== 'refused')
      const startedAtMs = performance.now()
      const ending = await exchange()
      if (durationsMs.length < mostDurations) durationsMs.push(performance.now() - startedAtMs)
      if (ending !== batch.ending) throw new Error(`${ending} in the place of ${batch.ending}`)
    }
  }
  const stopCounting = batch.countsHeap ? countHeap() : () => ({ allocatedBytes: 0, gcMs: 0 })
  const before = process.cpuUsage()
  await Promise.all(Array.from({ length: batch.atOnce }, exchangeAll))
  const { user, system } = process.cpuUsage(before)
  const cpuMs = (user + system) / 1000 / batch.count
  const { allocatedBytes, gcMs } = stopCounting()
  globalThis.gc?.()
  return {
    ...{ durationsMs, cpuMs, heapBytes: process.memoryUsage().heapUsed },
    allocatedBytes: allocatedBytes / batch.count,
    collectionMs: gcMs / batch.count,
  }
}

const prefixes: { readonly [E in Ending]?: string } = {
  ...{ invalid_grant: refusedCode, timeout: silentCode },
}

/** Counts from now on; what it returns gives the sums. */
function countHeap() {
  const profiler = new GCProfiler()
  let usedBytes = process.memoryUsage().heapUsed
  profiler.start()
  return () => {
    const endBytes = process.memoryUsage().heapUsed
    let [allocatedBytes, gcMs] = [0, 0]
    for (const { beforeGC, afterGC, cost } of profiler.stop()?.statistics ?? []) {
      allocatedBytes += beforeGC.heapStatistics.usedHeapSize - usedBytes
      usedBytes = afterGC.heapStatistics.usedHeapSize
      gcMs += cost / 1000
    }
    return { allocatedBytes: allocatedBytes + endBytes - usedBytes, gcMs }
  }
}

/** A million durations would be counted as memory of the contestant. */
const mostDurations = 10_000
