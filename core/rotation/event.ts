import { failStep, type StepFailure } from '../causes/rotation.ts'
import { isSameSecret, type Target, toSecretId } from './target.ts'

/** The steps of a rotation, in the order in which Secrets Manager asks for them. */
export const rotationSteps = ['create', 'set', 'test', 'finish'] as const
/** The name of a step. */
export type RotationStep = (typeof rotationSteps)[number]

/** What an event asks the function for. */
export type RotationRequest =
  | {
      readonly ok: true
      readonly asks: 'step'
      readonly step: RotationStep
      readonly target: Target
      /** The id of the version that the rotation makes. */
      readonly token: string
    }
  | { readonly ok: true; readonly asks: 'overlap_ends' | 'lateness' }

/** Who invokes on a schedule. */
const schedulers: readonly unknown[] = ['aws.events', 'aws.scheduler']
/** The event of a schedule that leaves the end of overlaps to the next rotation; it restores and asks what is late. */
export const overlapStays = { source: 'aws.events', endOverlap: 'next-rotation' } as const
/** The one spelling that AWS's templates use, and the one of its documentation's headings. */
const stepForm = /^(create|set|test|finish)(?:Secret|_secret)$/
/** A version's id has as many characters. */
const tokenForm = /^[\x21-\x7e]{32,64}$/

/**
 * Reads the event of a rotation or of the schedule that ends overlaps. Everything else is refused, and so is a
 * secret that no client, or more than one, has in the settings. Fails with `rotation_event_unknown`.
 */
export function parseRotationEvent(
  event: unknown,
  targets: readonly Target[],
): RotationRequest | StepFailure {
  if (typeof event !== 'object' || event === null) return unknown('not_an_event')
  const fields: Readonly<Record<string, unknown>> = { ...event }
  if (schedulers.includes(fields['source'])) {
    const isLeft = fields['endOverlap'] === overlapStays.endOverlap
    return { ok: true, asks: isLeft ? 'lateness' : 'overlap_ends' }
  }
  const { Step, SecretId, ClientRequestToken: token } = fields
  if (typeof SecretId !== 'string') return unknown('not_an_event')
  const named = stepForm.exec(String(Step))?.[1]
  const step = rotationSteps.find((one) => one === named)
  if (step === undefined) return unknown('step_unknown')
  if (typeof token !== 'string' || !tokenForm.test(token)) return unknown('token_missing')
  const [target, ...more] = targets.filter((one) => isSameSecret(toSecretId(one), SecretId))
  if (target === undefined) return unknown('secret_unknown')
  if (more.length > 0) return unknown('secret_shared')
  return { ok: true, asks: 'step', step, target, token }
}

type Seen = Parameters<typeof failStep<'rotation_event_unknown'>>[1]

function unknown(seen: Seen): StepFailure {
  return failStep('rotation_event_unknown', seen)
}
