import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Batch, BatchResult } from './batch.ts'

/** A contestant that runs in a process of its own. */
export interface RunningContestant {
  readonly run: (batch: Batch) => Promise<BatchResult>
  /** Ends the process and gives how many bytes it wrote to standard output, ever. */
  readonly close: () => Promise<number>
}

/**
 * Starts a contestant. Standard output goes through a pipe, as in Lambda, and is read at once: by a program that
 * takes next to no time for it, since on two processors it would take the time of a contestant or of the mocks.
 */
export async function startContestant(
  entry: string,
  env: Readonly<Record<string, string>>,
  nodeOptions: readonly string[] = [],
): Promise<RunningContestant> {
  const reader = spawn('wc', ['-c'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const read = text(reader.stdout)
  const child = fork(join(import.meta.dirname, 'contestant-process.ts'), [entry], {
    // What is measured comes after the start, which a test run need not pay for each time.
    env: { NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'], ...env },
    execArgv: [...nodeOptions],
    stdio: ['ignore', reader.stdin, 'inherit', 'ipc'],
  })
  // The contestant has the only end that writes from now on.
  reader.stdin.destroy()
  await waitForMessage(child, entry)
  return {
    run: async (batch) => {
      child.send(batch)
      return (await waitForMessage(child, entry)) as BatchResult
    },
    close: async () => {
      const closed = once(child, 'close')
      child.kill()
      await closed
      return Number(await read)
    },
  }
}

/** Waits for a message; throws where the process ends first. */
export function waitForMessage(child: ChildProcess, name: string): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  const onExit = (code: number | null) => reject(new Error(`${name} ended with ${code}`))
  child.once('exit', onExit)
  child.once('message', (message) => {
    child.off('exit', onExit)
    resolve(message)
  })
  return promise
}
