import { randomBytes } from 'node:crypto'
import { fail } from '../../core/causes/catalogue.ts'
import { type StepFailure, toStepFailure } from '../../core/causes/rotation.ts'
import type { Change, Question, Task } from '../../core/rotation/action.ts'
import { isRace } from '../../core/rotation/call-error.ts'
import { choices, type Goal } from '../../core/rotation/choose.ts'
import { type Deed, type RotationRun, toDeed } from '../../core/rotation/report.ts'
import type { Proof, Seen, ValueAlias } from '../../core/rotation/seen.ts'
import { toVersionText } from '../../core/rotation/stored-version.ts'
import { type Target, toSecretId, toTargetName } from '../../core/rotation/target.ts'
import { Secret } from '../../core/secret.ts'
import type { Client } from '../../core/settings/settings.ts'
import type { Clock } from '../clock.ts'
import type { PoolSecrets } from './pool-secrets.ts'
import type { SecretVersions, StepResult } from './secret-versions.ts'
import { type Look, openView, type View } from './view.ts'

/** Everything outside that a rotation needs, one for each service. */
export interface RotationParts {
  readonly versions: SecretVersions
  readonly pool: PoolSecrets
  /** Asks the token endpoint what it thinks of a secret. */
  readonly prove: (client: Client, secret: Secret) => Promise<Proof>
  readonly clock: Pick<Clock, 'nowMs' | 'spanMs'>
  readonly wait: (ms: number) => Promise<void>
}

/** One thing that is wanted of one secret. */
export interface RotationOrder extends Task {
  readonly target: Target
  readonly goal: Goal
  /** Milliseconds until the invocation must be over. */
  readonly leftMs: () => number
}

/** More than any goal needs between two waits: whoever needs so many makes no progress. */
const mostActions = 24

/**
 * Does what is wanted, one action at a time: it looks, decides, acts and looks again. Nothing is kept from
 * one action to the next but answers, so that to be killed is no more than to be called again.
 */
export async function runRotation(
  order: RotationOrder,
  parts: RotationParts,
): Promise<RotationRun> {
  const { target, goal } = order
  const startedAtMs = parts.clock.spanMs()
  const run = openRun(order, parts)
  const failure = await run.toEnd()
  return {
    client: toTargetName(target),
    goal,
    failure,
    did: run.did,
    activeSecrets: target.is === 'client' ? run.active() : undefined,
    totalMs: parts.clock.spanMs() - startedAtMs,
  }
}

interface Run {
  readonly order: RotationOrder
  readonly parts: RotationParts
  readonly view: View
  readonly did: Deed[]
  look: Look | undefined
  addedId: string | undefined
  described: Seen['described']
  readonly proofs: Map<ValueAlias, Proof>
}

function openRun(order: RotationOrder, parts: RotationParts) {
  const view = openView(order.target, order.token, parts)
  const did: Deed[] = []
  const run: Run = {
    ...{ order, parts, view, did, look: undefined, addedId: undefined },
    ...{ described: 'unread', proofs: new Map() },
  }
  return { did, toEnd: () => actToEnd(run), active: () => run.look?.active.length }
}

/** Undefined: it ended well. */
async function actToEnd(run: Run): Promise<StepFailure | undefined> {
  const { target, goal } = run.order
  const choose = choices[target.is][goal]
  let hasRaced = false
  for (let actions = 0; actions < mostActions; ) {
    const seen = await see(run)
    if (!seen.ok) return seen
    const next = choose(seen.value, run.order)
    if (next.do === 'end') return next.failure
    if (next.do === 'wait') {
      // A wait has an end: that of the invocation.
      await run.parts.wait(next.ms)
      actions = 0
      forget(run)
      continue
    }
    actions += 1
    const acted = await act(run, next)
    if (acted.ok) continue
    if (hasRaced || !isRace(acted)) return acted
    hasRaced = true
    forget(run)
  }
  return toStepFailure(fail('unforeseen'))
}

async function see(run: Run): Promise<StepResult<Seen>> {
  const { clock } = run.parts
  if (run.look === undefined) {
    const looked = await run.view.look()
    if (!looked.ok) return looked
    run.look = looked.value
  }
  const { look, described, addedId, proofs } = run
  const now = { nowMs: clock.nowMs(), leftMs: run.order.leftMs() }
  return { ok: true, value: { ...look, described, addedId, proofs, ...now } }
}

/** What was seen before a change or a wait counts for nothing after it. */
function forget(run: Run): void {
  run.look = undefined
  run.proofs.clear()
}

async function act(run: Run, next: Question | Change): Promise<StepResult<unknown>> {
  const { order, view, parts } = run
  if (next.do === 'probe') return probe(run, next.value)
  if (next.do === 'describe') return describe(run)
  const changed = await change(next, order, view, parts)
  forget(run)
  if (changed.ok) run.did.push(toDeed(next))
  if (changed.ok && next.do === 'add' && typeof changed.value === 'string') {
    run.addedId = changed.value
  }
  return changed
}

const notOfCookieKeys = toStepFailure(fail('unforeseen'))

async function probe(run: Run, value: ValueAlias): Promise<StepResult<unknown>> {
  const { target } = run.order
  const secret = run.view.toSecret(value)
  if (target.is !== 'client' || secret === undefined) return notOfCookieKeys
  run.proofs.set(value, await run.parts.prove(target.client, secret))
  return { ok: true, value: undefined }
}

async function describe(run: Run): Promise<StepResult<unknown>> {
  const { target } = run.order
  if (target.is !== 'client') return notOfCookieKeys
  const described = await run.parts.pool.describe(target.client)
  if (!described.ok) return described
  const { secret } = described.value
  run.described = secret === undefined ? 'none' : run.view.toAlias(secret)
  return described
}

async function change(
  next: Change,
  { target, token }: RotationOrder,
  view: View,
  { versions, pool }: RotationParts,
): Promise<StepResult<unknown>> {
  const secretId = toSecretId(target)
  if (next.do === 'promote' || next.do === 'restore') {
    return versions.move(secretId, 'AWSCURRENT', next.fromId, next.versionId)
  }
  if (next.do === 'unlabel') {
    return versions.move(secretId, 'AWSPENDING', next.versionId, undefined)
  }
  if (target.is !== 'client') {
    if (next.do !== 'store') return notOfCookieKeys
    return versions.put(secretId, token, new Secret(randomBytes(32).toString('base64')))
  }
  if (next.do === 'delete') return pool.delete(target.client, next.secretId)
  const value = next.value === 'fresh' ? makeClientSecret() : view.toSecret(next.value)
  if (value === undefined) return notOfCookieKeys
  if (next.do === 'add') return pool.add(target.client, value)
  const { clientId } = target.client
  const text = toVersionText(view.currentText(), { clientId, versionId: token }, value, next.other)
  return versions.put(secretId, token, text)
}

/** 256 bits, in as many characters as Cognito takes, and of those that it takes. */
function makeClientSecret(): Secret {
  return new Secret(randomBytes(32).toString('hex'))
}
