import { doctorTimeoutSeconds } from '../core/doctor/round.ts'
import { openSandboxPool } from './gateway/sandbox-pool.ts'

/** The built function `doctor`, run as Lambda would. */
export interface LocalDoctor {
  /** Gives the round that the function returned; undefined where it returned none. */
  invoke(event: object): Promise<unknown>
  close(): Promise<void>
}

/** A second call at the same time starts a second sandbox. */
const sandboxes = 2
/** It is rarely called, and a sandbox of its takes as much memory as any other. */
const idleSeconds = 5

/** Opens the doctor; what it writes goes where the other functions' lines go. */
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
