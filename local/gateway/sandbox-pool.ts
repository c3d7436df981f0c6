import { openIdleSandboxes } from './idle-sandboxes.ts'
import {
  type FunctionSetting,
  type Outcome,
  type SandboxThread,
  startSandbox,
} from './sandbox-thread.ts'
import { openTurnstile } from './turnstile.ts'

/** All sandboxes of one function. */
export interface SandboxPool {
  invoke(event: string): Promise<Outcome>
  size(): number
  /** Ends the sandboxes, busy ones after their calls, so that every later call starts cold. */
  coolDown(): void
  end(): Promise<void>
}

// Many at once would slow each other down while loading, which does not happen on Lambda.
const mostStartsAtOnce = 4

// Lambda does not say how long it keeps one; minutes are usual.
const defaultIdleSeconds = 300

/**
 * Opens a pool without a sandbox; one is started whenever no warm one is idle, up to `concurrency`.
 *
 * @param idleSeconds how long a sandbox without a call is kept, as Lambda ends those that are not needed
 */
export function openSandboxPool(
  setting: FunctionSetting,
  concurrency: number,
  idleSeconds = defaultIdleSeconds,
): SandboxPool {
  const sandboxes = new Set<SandboxThread>()
  const ending = new Set<Promise<void>>()
  const idle = openIdleSandboxes(idleSeconds, (sandbox) => remove(sandbox))
  let outgoing: ReadonlySet<SandboxThread> = new Set()
  const starts = openTurnstile(mostStartsAtOnce)
  let waiting = 0
  let ended = false

  async function invoke(event: string): Promise<Outcome> {
    // Lambda prefers the sandbox that was used last.
    const warm = idle.take()
    if (!warm && sandboxes.size + waiting >= concurrency) return 'throttled'
    const sandbox = warm ?? (await start())
    if (!sandbox) return 'failed'
    const outcome = await sandbox.invoke(event)
    if (sandbox.isAlive() && !outgoing.has(sandbox) && !ended) idle.keep(sandbox)
    else remove(sandbox)
    return outcome
  }

  /** Starts a sandbox when it is its turn; undefined once the pool has ended. */
  async function start(): Promise<SandboxThread | undefined> {
    waiting += 1
    await starts.enter()
    waiting -= 1
    if (ended) {
      starts.leave()
      return undefined
    }
    const cold = startSandbox(setting)
    sandboxes.add(cold)
    void cold.started.then(starts.leave)
    return cold
  }

  function remove(sandbox: SandboxThread): void {
    sandboxes.delete(sandbox)
    const end = sandbox.end().finally(() => ending.delete(end))
    ending.add(end)
  }

  function coolDown(): void {
    for (const sandbox of idle.empty()) remove(sandbox)
    outgoing = new Set(sandboxes)
  }

  async function end(): Promise<void> {
    ended = true
    idle.empty()
    for (const sandbox of [...sandboxes]) remove(sandbox)
    await Promise.all(ending)
  }

  return { invoke, size: () => sandboxes.size, coolDown, end }
}
