import type { SandboxThread } from './sandbox-thread.ts'

/** The warm sandboxes of one function that wait for a call. */
export interface IdleSandboxes {
  /** Returns the one that was used last. */
  take(): SandboxThread | undefined
  keep(sandbox: SandboxThread): void
  /** Returns all of them, and keeps none. */
  empty(): readonly SandboxThread[]
}

interface Waiting {
  readonly sandbox: SandboxThread
  readonly timer: NodeJS.Timeout
}

/**
 * Opens an empty set of sandboxes.
 *
 * @param onEnd takes each sandbox that no call needed within `idleSeconds`
 */
export function openIdleSandboxes(
  idleSeconds: number,
  onEnd: (sandbox: SandboxThread) => void,
): IdleSandboxes {
  const waiting: Waiting[] = []
  const release = ({ sandbox, timer }: Waiting): SandboxThread => {
    clearTimeout(timer)
    return sandbox
  }
  return {
    take: () => {
      const newest = waiting.pop()
      return newest && release(newest)
    },
    keep: (sandbox) => {
      const onTime = () => {
        // The one that has waited longest is first, so it is always the next to expire.
        waiting.shift()
        onEnd(sandbox)
      }
      waiting.push({ sandbox, timer: setTimeout(onTime, idleSeconds * 1000).unref() })
    },
    empty: () => waiting.splice(0).map(release),
  }
}
