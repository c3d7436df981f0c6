import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { StepFailure } from '../../core/causes/rotation.ts'
import type { Goal } from '../../core/rotation/choose.ts'
import { rotationSteps } from '../../core/rotation/event.ts'
import { probeTimeoutMs, toReadersMs, toStepMs } from '../../core/rotation/limits.ts'
import { toProof } from '../../core/rotation/proof.ts'
import type { RotationRun } from '../../core/rotation/report.ts'
import { type Target, toSecretId, toTargetName } from '../../core/rotation/target.ts'
import { toOverlapMs } from '../../core/secret-policy.ts'
import type { Settings } from '../../core/settings/settings.ts'
import type { Clock } from '../clock.ts'
import { openConnections } from '../http/connections.ts'
import { sendJunkCode } from '../junk-code.ts'
import { openPoolSecrets } from './pool-secrets.ts'
import { type RotationParts, runRotation } from './runner.ts'
import { openSecretVersions } from './secret-versions.ts'

/** Rotates the secrets of a deployment. */
export interface Rotator {
  /**
   * Brings one secret to a goal, within the time that is left.
   *
   * @param token the id of the version that the rotation makes; for a goal that makes none it is not used
   */
  readonly run: (
    target: Target,
    goal: Goal,
    token: string,
    remainingMs: () => number,
  ) => Promise<RotationRun>
  /**
   * Fills a secret without a usable AWSCURRENT, with what Cognito still describes or with a second secret of
   * its own; what works is left as it is. It ends with the first step that fails, and may be called again.
   */
  readonly fill: (target: Target, onRun: (run: RotationRun) => void) => Promise<RotationRun>
  readonly close: () => void
}

/** Opens a rotator with everything that it needs outside. */
export function openRotator(settings: Settings, clock: Clock): Rotator {
  const parts = openRotationParts(settings, clock)
  return { ...openRotatorOver(parts, settings), close: parts.close }
}

/** Opens everything outside that rotations need. */
export function openRotationParts(
  settings: Settings,
  clock: Clock,
): RotationParts & { readonly close: () => void } {
  const versions = openSecretVersions()
  const pool = openPoolSecrets()
  const connections = openConnections(clock, settings)
  return {
    ...{ versions, pool, clock },
    prove: async (client, secret) => {
      const sent = await sendJunkCode(client, secret, probeTimeoutMs, connections, clock)
      return toProof(sent.result)
    },
    wait: (ms) => wait(ms),
    close: () => {
      versions.close()
      pool.close()
      connections.close()
    },
  }
}

/** Opens a rotator over parts that are there. */
export function openRotatorOver(
  parts: RotationParts,
  settings: Pick<Settings, 'secretHardAgeSeconds' | 'secretSoftAgeSeconds' | 'secretTimeoutMs'>,
): Omit<Rotator, 'close'> {
  const { clock } = parts
  const task = {
    overlapMs: toOverlapMs(settings.secretHardAgeSeconds),
    readersMs: toReadersMs(settings),
  }
  const run: Rotator['run'] = (target, goal, token, remainingMs) => {
    const startedAtMs = clock.spanMs()
    const spentMs = () => clock.spanMs() - startedAtMs
    const mostMs = toStepMs(target.is)
    const leftMs = () => Math.min(remainingMs(), mostMs - spentMs())
    return runRotation({ ...task, target, goal, token, leftMs }, parts)
  }
  const fill: Rotator['fill'] = async (target, onRun) => {
    const forever = () => Number.POSITIVE_INFINITY
    const described = await parts.versions.describe(toSecretId(target))
    if (!described.ok) return toUnlooked(target, described)
    // What was begun is continued: its version may hold the one value that Cognito has.
    const pending = Object.entries(described.value.labels).find(([, labels]) =>
      labels.includes('AWSPENDING'),
    )
    const token = pending?.[0] ?? randomUUID()
    let last = await run(target, 'check', token, forever)
    if (last.failure?.cause !== 'rotation_current_rejected') return last
    for (const goal of rotationSteps) {
      last = await run(target, goal, token, forever)
      onRun(last)
      if (last.failure !== undefined) return last
    }
    return last
  }
  return { run, fill }
}

function toUnlooked(target: Target, failure: StepFailure): RotationRun {
  const client = toTargetName(target)
  return { client, goal: 'check', failure, did: [], activeSecrets: undefined, totalMs: 0 }
}
