import type { RotationFunction } from '../aws/rotation-runner.ts'
import { openSandboxPool } from '../gateway/sandbox-pool.ts'

/** The built function `rotate`, run as Lambda would. */
export interface LocalRotateFunction extends Pick<RotationFunction, 'invoke'> {
  /** Calls it as the schedule does; it ends the overlaps that are over. */
  readonly invokeOnSchedule: () => Promise<void>
  readonly close: () => Promise<void>
}

const functionName = 'rotate'
const rotateTimeoutSeconds = 600
const sandboxes = 2
/** It is rarely called, and its sandbox takes as much memory as any other. */
const idleSeconds = 5

/** Opens the function; no sandbox is there before it is called. */
export function openRotateFunction(
  functionsFolder: string,
  env: Readonly<Record<string, string>>,
  onOutput: (line: string) => void,
): LocalRotateFunction {
  const setting = { functionsFolder, env, onOutput, functionName }
  const pool = openSandboxPool(
    { ...setting, timeoutSeconds: rotateTimeoutSeconds },
    sandboxes,
    idleSeconds,
  )
  const invoke = async (event: object) =>
    typeof (await pool.invoke(JSON.stringify(event))) !== 'string'
  return {
    invoke,
    invokeOnSchedule: async () => {
      await invoke({ source: 'aws.events', 'detail-type': 'Scheduled Event' })
    },
    close: () => pool.end(),
  }
}
