import { overdueAfterMs, stuckAfterMs } from '../core/rotation/lateness.ts'
import { restoreStack, rotateSecret } from './commands.ts'
import type { RotationTextOf } from './text.ts'

/** What a rotation that fails means for users. */
export const unnoticed =
  'None for callers: exchanges continue with the current secret. But it is not replaced as planned.'
/** Where the console starts a rotation. */
export const rotateAgain =
  'Start the rotation again: Secrets Manager > Secrets > SECRET > Rotation > Rotate secret immediately. Or:'
/** Undoes a rotation. */
export const cancel = { command: 'npm run secret -- cancel --client NAME --stage STAGE' } as const
const secretStatus = { command: 'npm run secret -- status --client NAME --stage STAGE' } as const
const mayInvoke = {
  command: 'aws lambda get-policy --function-name token-proxy-STAGE-rotate',
} as const

/** A rotation that no step reports, because it does not go on or does not begin. */
export const lateRotationTexts = {
  rotation_stuck: {
    meaning: `A version has been \`AWSPENDING\` for more than ${stuckAfterMs / 3_600_000} hours. Secrets Manager repeats failed steps, but not for so long. While it is pending, no other rotation can begin.`,
    impact: unnoticed,
    evidence: {
      without_value:
        'the version has no value, so the first step has never ended; often Secrets Manager cannot invoke the function',
    },
    diagnosis: [
      'See where the rotation stands:',
      secretStatus,
      'Find its failed steps: run the saved query `failed rotations`. If there is none, the function was not invoked. See whether Secrets Manager may invoke it:',
      mayInvoke,
    ],
    mitigation: [
      'If a step has failed, follow the page of its cause. If the function was not invoked, restore the stack with its permission. CloudFormation > Stacks > the stack > Stack actions > Detect drift shows what was changed.',
      ...restoreStack,
      'Then undo the rotation and start it again: Secrets Manager > Secrets > SECRET > Rotation > Rotate secret immediately. Or:',
      cancel,
      rotateSecret,
    ],
    prevention:
      'Act when the alarm `rotation-failures` gives notice of the first failed step. Change the function and its permissions only by deploying.',
  },
  rotation_overdue: {
    meaning: `Secrets Manager rotates the secret on a schedule. The next rotation should have begun more than ${overdueAfterMs / 3_600_000} hours ago, and no version is pending.`,
    impact: unnoticed,
    diagnosis: [
      'See where the rotation stands, and when it was due:',
      secretStatus,
      'Compare with the schedule of the secret, and see whether it names the function of this stage:',
      {
        command:
          'aws secretsmanager describe-secret --secret-id SECRET --query "[RotationLambdaARN, RotationRules, LastRotatedDate, NextRotationDate]"',
      },
      'See whether Secrets Manager may invoke the function:',
      mayInvoke,
    ],
    mitigation: [
      'Restore the stack with schedule and permission. CloudFormation > Stacks > the stack > Stack actions > Detect drift shows what was changed.',
      ...restoreStack,
      rotateAgain,
      rotateSecret,
    ],
    prevention:
      'Change the schedule in the stage file only, and the function and its permissions only by deploying.',
  },
} as const satisfies {
  readonly [N in 'rotation_stuck' | 'rotation_overdue']: RotationTextOf<N>
}
