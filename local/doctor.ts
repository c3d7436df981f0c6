import { doctorTimeoutSeconds } from '../core/doctor/round.ts'
import { openSandboxPool } from './gateway/sandbox-pool.ts'

/** The built function `doctor`, run as Lambda would. */
export interface LocalDoctor {
  /** Returns the round of the function's answer; undefined if it has none. */
  invoke(event: object): Promise<unknown>
  close(): Promise<void>
}

/** A second call at the same time starts a second sandbox. */
const sandboxes = 2
/** It is rarely called, and its sandbox takes as much memory as any other. */
const idleSeconds = 5

/** Opens the doctor; its output goes where that of the other functions goes. */
export function openLocalDoctor(
  functionsFolder: string,
  env: Readonly<Record<string, string>>,
  onOutput: (line: string) => void,
  timeoutSeconds = doctorTimeoutSeconds,
): LocalDoctor {
  const setting = { functionsFolder, env, onOutput, functionName: 'doctor', timeoutSeconds }
  const pool = openSandboxPool(setting, sandboxes, idleSeconds)
  return {
    invoke: async (event) => {
      const outcome = await pool.invoke(JSON.stringify(event))
      return typeof outcome === 'string' ? undefined : JSON.parse(outcome.payload)
    },
    close: () => pool.end(),
  }
}
