import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
const osls = join(root, 'node_modules', 'osls', 'bin', 'serverless.js')
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** How a run of osls ended. */
export interface OslsEnd {
  readonly code: number
  /** Whether somebody ended this command meanwhile. */
  readonly isInterrupted: boolean
}

/**
 * Runs osls in a process of its own. A signal ends that and not this process, which then says how things stand. It may
 * come twice: a terminal sends it to every process, and `npm run` hands it on.
 */
export async function runOsls(words: readonly string[], env: NodeJS.ProcessEnv): Promise<OslsEnd> {
  const child = spawn(process.execPath, [osls, ...words], { cwd: root, env, stdio: 'inherit' })
  let isInterrupted = false
  const forward = (signal: NodeJS.Signals) => {
    isInterrupted = true
    child.kill(signal)
  }
  for (const signal of signals) process.on(signal, forward)
  const [code, ownSignal] = await once(child, 'exit')
  return { code: code ?? 1, isInterrupted: isInterrupted || ownSignal !== null }
}
