import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { openRotatorOver } from '../adapters/rotation/rotator.ts'
import type { RotationParts } from '../adapters/rotation/runner.ts'
import { openSecretControl } from '../adapters/rotation/secret-control.ts'
import { failStep, type StepFailure } from '../core/causes/rotation.ts'
import { rotationSteps } from '../core/rotation/event.ts'
import type { PlannedAction } from '../core/rotation/plan.ts'
import { judgeWatched, toRunLine } from '../core/rotation/progress.ts'
import type { RotationRun } from '../core/rotation/report.ts'
import type { RotationStatus } from '../core/rotation/status.ts'
import { type Target, toSecretId } from '../core/rotation/target.ts'
import { Secret } from '../core/secret.ts'
import type { Settings } from '../core/settings/settings.ts'

/** What an action works with, and who hears of its progress. */
export interface ActionOrder {
  readonly target: Target
  readonly parts: RotationParts
  readonly settings: Settings
  readonly status: RotationStatus
  readonly kmsKeyId: string | undefined
  readonly onLine: (line: string) => void
}

type Act = (order: ActionOrder) => Promise<StepFailure | undefined>

const acts: Readonly<Record<PlannedAction, Act>> = {
  import: importSecret,
  rotate: rotateSecret,
  cancel: cancelRotation,
}

/** Does what was planned; undefined: it went well. */
export function runSecretAction(
  action: PlannedAction,
  order: ActionOrder,
): Promise<StepFailure | undefined> {
  return acts[action](order)
}

const forever = () => Number.POSITIVE_INFINITY

async function importSecret(order: ActionOrder): Promise<StepFailure | undefined> {
  const { target, status, onLine } = order
  const isKey = target.is === 'cookie_key'
  if (status.state === 'absent') {
    const key = isKey ? new Secret(randomBytes(32).toString('base64')) : undefined
    const failure = await makeSecret(order, key)
    if (failure !== undefined || isKey) return failure
  }
  if (isKey) return runSteps(order)
  const rotator = openRotatorOver(order.parts, order.settings)
  const last = await rotator.fill(target, (run) => onLine(toRunLine(run)))
  return last.failure
}

async function makeSecret(
  { target, kmsKeyId, onLine }: ActionOrder,
  value: Secret | undefined,
): Promise<StepFailure | undefined> {
  const control = openSecretControl()
  const made = await control.create(toSecretId(target), kmsKeyId, value)
  control.close()
  if (!made.ok) return made
  onLine('the secret is made')
  return undefined
}

function rotateSecret(order: ActionOrder): Promise<StepFailure | undefined> {
  return order.status.schedule.isOn ? watchRotation(order) : runSteps(order)
}

/** Runs the steps here, as Secrets Manager would, and continues what is under way. */
async function runSteps(order: ActionOrder): Promise<StepFailure | undefined> {
  const { target, parts, settings, onLine } = order
  const rotator = openRotatorOver(parts, settings)
  const token = findPendingId(order) ?? randomUUID()
  for (const step of rotationSteps) {
    const run: RotationRun = await rotator.run(target, step, token, forever)
    onLine(toRunLine(run))
    if (run.failure !== undefined) return run.failure
  }
  return undefined
}

function findPendingId({ status }: ActionOrder): string | undefined {
  return status.versions.find(
    ({ labels }) => labels.includes('AWSPENDING') && !labels.includes('AWSCURRENT'),
  )?.id
}

/** Longer than all four steps take when none of them has to be repeated, in milliseconds. */
const longestWatchMs = 900_000
const lookEveryMs = 2000
/** How long its version may not be seen at first: Secrets Manager makes it after its answer. */
const appearsWithinMs = 30_000

/** Lets Secrets Manager run the steps, and watches the labels. */
async function watchRotation(order: ActionOrder): Promise<StepFailure | undefined> {
  const { target, parts, onLine } = order
  const secretId = toSecretId(target)
  const token = findPendingId(order) ?? randomUUID()
  const control = openSecretControl()
  const begun = await control.rotate(secretId, token)
  control.close()
  if (!begun.ok) return begun
  onLine('Secrets Manager has started the rotation')
  const beganAtMs = parts.clock.spanMs()
  let isSeen = false
  for (;;) {
    const described = await parts.versions.describe(secretId)
    if (!described.ok) return described
    const watched = judgeWatched(described.value.labels, token)
    if (watched === 'done') return undefined
    if (watched === 'under_way' && !isSeen) onLine('a new version is pending')
    isSeen ||= watched === 'under_way'
    const spentMs = parts.clock.spanMs() - beganAtMs
    const isGone = watched === 'absent' && (isSeen || spentMs > appearsWithinMs)
    if (isGone) return failStep('rotation_version_missing', 'absent')
    if (spentMs > longestWatchMs) return failStep('rotation_not_spread', 'still_refused')
    await wait(lookEveryMs)
  }
}

async function cancelRotation(order: ActionOrder): Promise<StepFailure | undefined> {
  const { target, parts, settings, onLine } = order
  const run = await openRotatorOver(parts, settings).run(target, 'cancel', '', forever)
  onLine(toRunLine(run))
  return run.failure
}
