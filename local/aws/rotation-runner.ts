import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { findByStage, nowSeconds, planRotation, type StoredSecret } from './secrets/versions.ts'

/** In the order in which Secrets Manager calls them. */
export const rotationSteps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const

export type RotationStep = (typeof rotationSteps)[number]

/** The event of the rotation function. */
export interface RotationEvent {
  readonly Step: RotationStep
  /** The secret's ARN. */
  readonly SecretId: string
  /** The id of the version that is made. */
  readonly ClientRequestToken: string
  /** Identifies the source of the request. */
  readonly RotationToken: string
}

/** The Lambda function that rotates secrets. */
export interface RotationFunction {
  readonly arn: string
  /** Resolves to whether the function ended without an error. */
  readonly invoke: (event: RotationEvent) => Promise<boolean>
  /** The delays before each retry of the whole rotation; after the last one, Secrets Manager gives up. */
  readonly retryDelaysMs: readonly number[]
}

/** The progress of a rotation. */
export interface RotationProgress {
  readonly secretName: string
  readonly versionId: string
  readonly startedAtMs: number
  readonly state: 'running' | 'waiting' | 'done' | 'failed' | 'cancelled'
  /** The current or last step. */
  readonly step: RotationStep
  /** Counts from 1. */
  readonly attempt: number
  /** The failed steps so far, in order. */
  readonly failedSteps: readonly RotationStep[]
}

export interface RotationRunner {
  readonly functionArn: string | undefined
  /** Starts a rotation, or the part of it that `steps` names, unless one is already running for the secret. */
  begin(secret: StoredSecret, arn: string, versionId: string, steps?: readonly RotationStep[]): void
  /** Stops a running rotation after its current step; returns the version that it was creating. */
  cancel(secret: StoredSecret): string | undefined
  isRunning(secret: StoredSecret): boolean
  /** The newest rotation of each secret, by the secret's name. */
  readonly progress: ReadonlyMap<string, RotationProgress>
  /** Resolves once no rotation is running. */
  settled(): Promise<void>
  close(): Promise<void>
}

interface Run {
  readonly secret: StoredSecret
  readonly arn: string
  readonly versionId: string
  readonly steps: readonly RotationStep[]
  readonly ending: AbortController
}

/**
 * Opens what runs rotations as Secrets Manager does: one step after another, and after a failed step the
 * whole again from its first step, with the same version.
 *
 * @param onProgress takes each change
 */
export function openRotationRunner(
  rotate: RotationFunction | undefined,
  onProgress: (progress: RotationProgress) => void = () => {},
): RotationRunner {
  const runs = new Map<string, Run & { readonly ended: Promise<void> }>()
  const progress = new Map<string, RotationProgress>()
  const report = ({ secret, versionId }: Run, change: Partial<RotationProgress>) => {
    const { name: secretName } = secret
    const known = progress.get(secretName) ?? toStart(secretName, versionId)
    const next = { ...known, ...change }
    progress.set(secretName, next)
    onProgress(next)
  }
  const settled = async () => {
    while (runs.size > 0) await Promise.all([...runs.values()].map(({ ended }) => ended))
  }
  const begin: RotationRunner['begin'] = (secret, arn, versionId, steps = rotationSteps) => {
    if (rotate === undefined || runs.has(secret.name)) return
    const run: Run = { secret, arn, versionId, steps, ending: new AbortController() }
    progress.delete(secret.name)
    const ended = runRotation(run, rotate, report).finally(() => runs.delete(secret.name))
    runs.set(secret.name, { ...run, ended })
  }
  const cancel: RotationRunner['cancel'] = ({ name }) => {
    const run = runs.get(name)
    run?.ending.abort()
    return run?.versionId
  }
  const close = async () => {
    for (const { secret } of runs.values()) cancel(secret)
    await settled()
  }
  const isRunning = ({ name }: StoredSecret) => runs.has(name)
  return { functionArn: rotate?.arn, begin, cancel, isRunning, progress, settled, close }
}

function toStart(secretName: string, versionId: string): RotationProgress {
  return {
    ...{ secretName, versionId, startedAtMs: Date.now(), state: 'running' },
    ...{ step: rotationSteps[0], attempt: 1, failedSteps: [] },
  }
}

async function runRotation(
  run: Run,
  rotate: RotationFunction,
  report: (run: Run, change: Partial<RotationProgress>) => void,
): Promise<void> {
  const { signal } = run.ending
  const failedSteps: RotationStep[] = []
  report(run, { state: 'running' })
  for (const [index, delayMs] of [0, ...rotate.retryDelaysMs].entries()) {
    if (index > 0) report(run, { state: 'waiting', failedSteps: [...failedSteps] })
    await wait(delayMs, undefined, { signal, ref: false }).catch(() => {})
    const failed = await runSteps(run, rotate, (step) =>
      report(run, { state: 'running', attempt: index + 1, step }),
    )
    if (signal.aborted) return report(run, { state: 'cancelled' })
    if (failed === undefined) return report(run, { state: finish(run) ? 'done' : 'failed' })
    failedSteps.push(failed)
  }
  report(run, { state: 'failed', failedSteps })
}

/** Returns the step that failed. */
async function runSteps(
  { arn, versionId, steps, ending }: Run,
  rotate: RotationFunction,
  onStep: (step: RotationStep) => void,
): Promise<RotationStep | undefined> {
  for (const Step of steps) {
    if (ending.signal.aborted) return undefined
    onStep(Step)
    const event = { Step, SecretId: arn, ClientRequestToken: versionId }
    if (!(await rotate.invoke({ ...event, RotationToken: randomUUID() }))) return Step
  }
  return undefined
}

/** Returns whether the labels are those that a rotation may end with. */
function finish({ secret, versionId, steps }: Run): boolean {
  if (steps.length < rotationSteps.length) return true
  const pending = findByStage(secret, 'AWSPENDING')
  const current = findByStage(secret, 'AWSCURRENT')
  if (current?.id !== versionId || (pending !== undefined && pending !== current)) return false
  if (secret.rotation === undefined) return true
  secret.rotation.lastRotatedAtSeconds = nowSeconds()
  planRotation(secret.rotation)
  return true
}
