import {
  type FunctionSetting,
  type Outcome,
  type SandboxThread,
  startSandbox,
} from './sandbox-thread.ts'

/** All sandboxes of one function. */
export interface SandboxPool {
  invoke(event: string): Promise<Outcome>
  size(): number
  /** Ends the sandboxes that are idle, as Lambda does after a while: the next call finds a cold one. */
  coolDown(): void
  end(): Promise<void>
}

/** Opens a pool without a sandbox; one is started whenever no warm one is idle, up to `concurrency`. */
export function openSandboxPool(setting: FunctionSetting, concurrency: number): SandboxPool {
  const sandboxes = new Set<SandboxThread>()
  const ending = new Set<Promise<void>>()
  const idle: SandboxThread[] = []

  async function invoke(event: string): Promise<Outcome> {
    const sandbox = take()
    if (!sandbox) return 'throttled'
    const outcome = await sandbox.invoke(event)
    if (sandbox.isAlive()) idle.push(sandbox)
    else remove(sandbox)
    return outcome
  }

  function take(): SandboxThread | undefined {
    // Lambda prefers the sandbox that was busy last.
    const warm = idle.pop()
    if (warm || sandboxes.size >= concurrency) return warm
    const cold = startSandbox(setting)
    sandboxes.add(cold)
    return cold
  }

  function remove(sandbox: SandboxThread): void {
    sandboxes.delete(sandbox)
    const end = sandbox.end().finally(() => ending.delete(end))
    ending.add(end)
  }

  function coolDown(): void {
    for (const sandbox of idle.splice(0)) remove(sandbox)
  }

  async function end(): Promise<void> {
    for (const sandbox of [...sandboxes]) remove(sandbox)
    await Promise.all(ending)
  }

  return { invoke, size: () => sandboxes.size, coolDown, end }
}
