import type { Proof, Seen, ValueAlias } from '../../core/rotation/seen.ts'
import { judgeStatus, type RotationStatus, toAbsentStatus } from '../../core/rotation/status.ts'
import { type Target, toSecretId } from '../../core/rotation/target.ts'
import { toOverlapMs } from '../../core/secret-policy.ts'
import type { Settings } from '../../core/settings/settings.ts'
import type { RotationParts } from './runner.ts'
import type { StepResult } from './secret-versions.ts'
import { type Look, openView, type View } from './view.ts'

/**
 * Asks where the rotation of a secret stands, and changes nothing: what is stored, what Cognito lists, and
 * whether the current and the pending value work. Fails with the causes of the calls that it makes.
 */
export async function askRotationStatus(
  target: Target,
  parts: Pick<RotationParts, 'versions' | 'pool' | 'prove' | 'clock'>,
  settings: Pick<Settings, 'secretHardAgeSeconds'>,
): Promise<StepResult<RotationStatus>> {
  const described = await parts.versions.describe(toSecretId(target))
  if (!described.ok) {
    const isAbsent = described.cause === 'secret_not_found' && described.evidence.length === 0
    return isAbsent ? { ok: true, value: toAbsentStatus(parts.clock.nowMs()) } : described
  }
  const view = openView(target, '', parts)
  const looked = await view.look()
  if (!looked.ok) return looked
  const proofs = await proveLabelled(target, parts, view, looked.value)
  const seen: Seen = {
    ...looked.value,
    ...{ described: 'unread', addedId: undefined, proofs, nowMs: parts.clock.nowMs(), leftMs: 0 },
  }
  const overlapMs = toOverlapMs(settings.secretHardAgeSeconds)
  return { ok: true, value: judgeStatus({ target: target.is, seen, overlapMs }) }
}

async function proveLabelled(
  target: Target,
  { prove }: Pick<RotationParts, 'prove'>,
  view: View,
  { versions }: Look,
): Promise<ReadonlyMap<ValueAlias, Proof>> {
  const proofs = new Map<ValueAlias, Proof>()
  if (target.is !== 'client') return proofs
  for (const { labels, content } of versions) {
    const isAsked = labels.some((label) => ['AWSCURRENT', 'AWSPENDING'].includes(label))
    if (!isAsked || content.is !== 'usable' || proofs.has(content.value)) continue
    const secret = view.toSecret(content.value)
    if (secret !== undefined) proofs.set(content.value, await prove(target.client, secret))
  }
  return proofs
}
