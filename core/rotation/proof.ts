import { fail, type Result } from '../causes/catalogue.ts'
import { toStepFailure } from '../causes/rotation.ts'
import { isSecretProved } from '../doctor/live-probe.ts'
import type { Proof } from './seen.ts'

/**
 * Judges what the answer to an invented code or refresh token proves of the secret that it was sent with:
 * only a refusal of the junk itself proves that the secret works. What says nothing of it is a failure.
 */
export function toProof(answer: Result<unknown>): Proof {
  if (answer.ok) return toStepFailure(fail('cognito_answer_unusable', { evidence: ['not_tokens'] }))
  if (isSecretProved({ probe: answer })) return 'works'
  return answer.cause === 'client_rejected' ? 'refused' : toStepFailure(answer)
}
