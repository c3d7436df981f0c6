import type { MiddlewareObj } from '@middy/core'
import { fail } from '../../core/causes/catalogue.ts'
import { type StepFailure, toStepCause, toStepFailure } from '../../core/causes/rotation.ts'
import { parseRotationEvent } from '../../core/rotation/event.ts'
import {
  type RotationRun,
  toRotationMetrics,
  toRotationRecord,
} from '../../core/rotation/report.ts'
import { toTargets } from '../../core/rotation/target.ts'
import type { Environment, Settings } from '../../core/settings/settings.ts'
import { openShell, type Shell } from '../shell.ts'
import { openRotator, type Rotator } from './rotator.ts'

/** The rotator under the settings of one environment, with what writes its records. */
export type ConfiguredRotator = Shell<{ readonly settings: Settings; readonly rotator: Rotator }>

/** What a rotation needs to know about its Lambda invocation. */
interface RotationContext {
  readonly getRemainingTimeInMillis?: () => number
}

/** Tells Secrets Manager that a step has failed: only a thrown error does. It names the cause, and no value. */
class StepFailed extends Error {
  constructor({ cause, evidence }: StepFailure) {
    const seen = evidence.length > 0 ? ` (${evidence.join(', ')})` : ''
    super(`${cause}${seen}: ${toStepCause(cause).fix}`)
    this.name = 'StepFailed'
    // Where it was thrown tells nothing, and Lambda would log it.
    this.stack = ''
  }
}

/** Opens the rotator from the environment of the functions; it never throws. */
export function openConfiguredRotator(environment: Environment): ConfiguredRotator {
  return openShell(environment, (settings, clock) => ({
    settings,
    rotator: openRotator(settings, clock),
  }))
}

/** Makes the step that an event asks for, or what the schedule asks for, and writes what came of it. */
export function openRotations(
  shell: ConfiguredRotator,
): (event: unknown, context: RotationContext) => Promise<void> {
  return async (event, context) => {
    const remainingMs = () => context.getRemainingTimeInMillis?.() ?? Number.POSITIVE_INFINITY
    if (shell.open === undefined) return refuse(shell, toStepFailure(fail('config_invalid')))
    const { settings, rotator } = shell.open
    const targets = toTargets(settings)
    const request = parseRotationEvent(event, targets)
    if (!request.ok) return refuse(shell, request)
    if (request.asks !== 'step') {
      const goal = request.asks === 'overlap_ends' ? 'end_overlap' : 'watch'
      // The schedule asks again, so that a failure ends nothing.
      for (const target of targets) {
        writeRun(shell, await rotator.run(target, goal, '', remainingMs))
      }
      return
    }
    const { target, step, token } = request
    const run = await rotator.run(target, step, token, remainingMs)
    writeRun(shell, run)
    if (run.failure !== undefined) throw new StepFailed(run.failure)
  }
}

/** Records a crash like any other failure, and lets Lambda see no more of it than its cause. */
export function crashRotation(shell: ConfiguredRotator): MiddlewareObj<unknown, void> {
  return {
    onError: (call) => {
      if (call.error instanceof StepFailed) return
      const failure = toStepFailure(fail('unforeseen'))
      writeRun(shell, toUnknownRun(failure))
      call.error = new StepFailed(failure)
    },
  }
}

function refuse(shell: ConfiguredRotator, failure: StepFailure): never {
  writeRun(shell, toUnknownRun(failure))
  throw new StepFailed(failure)
}

function toUnknownRun(failure: StepFailure): RotationRun {
  const nothing = { did: [], activeSecrets: undefined, totalMs: 0 }
  return { client: 'unknown', goal: 'unknown', failure, ...nothing }
}

function writeRun({ records, runbookUrl }: ConfiguredRotator, run: RotationRun): void {
  records.writeRotation({
    isWell: run.failure === undefined,
    record: toRotationRecord(run, runbookUrl),
    metrics: toRotationMetrics(run),
  })
}
