import {
  rotationCauseNames,
  type StepCauseName,
  stepCauseNames,
} from '../../core/causes/rotation.ts'
import { toMetricReference } from '../metric-reference.ts'
import { isRotating } from '../rotation.ts'
import type { Stage } from '../stage.ts'
import { type AlarmPlan, notice } from './alarm.ts'
import { toFormula, toJudged, toTerm } from './terms.ts'

const periodSeconds = 3600
/** Secrets Manager and the schedule repeat what fails for these, so that one failure is not worth a notice. */
export const passingStepCauses: readonly StepCauseName[] = [
  ...(['rotation_throttled', 'rotation_unanswered', 'rotation_not_spread'] as const),
  ...(['secret_throttled', 'secret_unavailable'] as const),
]
/** So many failures of one hour do not pass by themselves. */
const mostPassing = 5

/** Every cause that a rotation counts: its own, and those that reading a secret has. */
export const countedStepCauses = stepCauseNames.filter(
  (name) =>
    rotationCauseNames.some((own) => own === name) ||
    name.startsWith('secret_') ||
    ['config_invalid', 'unforeseen'].includes(name),
)

/**
 * Plans the alarm for rotations that fail, if secrets rotate. It wakes nobody: while a rotation is stuck, the
 * secret before it keeps working.
 */
export function planRotationAlarms(stage: Stage): readonly AlarmPlan[] {
  if (!isRotating(stage)) return []
  const { service } = stage.settings
  const passing = passingStepCauses.map((name) => `FILL(${name}, 0)`).join(' + ')
  const failed = toMetricReference(service, 'Rotations', { result: 'failed' })
  return [
    {
      name: 'rotation-failures',
      meaning:
        'The rotation of a secret has failed, is stuck, or is overdue. Sign-ins continue with the secret before it.',
      fix: 'Run npm run secret -- status --client NAME --stage STAGE for each client; it says where the rotation stands and what to do next.',
      ...notice,
      condition: {
        Metrics: [
          // What passes counts once, and everything else as often as the threshold.
          toFormula(
            'weight',
            `${mostPassing} * FILL(failed, 0) - ${mostPassing - 1} * (${passing})`,
            false,
          ),
          toJudged('weight', 0),
          toTerm('failed', failed, 'Sum', periodSeconds),
          ...passingStepCauses.map((cause) =>
            toTerm(
              cause,
              toMetricReference(service, 'RotationFailures', { cause }),
              'Sum',
              periodSeconds,
            ),
          ),
        ],
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Threshold: mostPassing,
        // What is late is counted once an hour; without the hour before, the alarm would be off in between.
        EvaluationPeriods: 2,
        DatapointsToAlarm: 1,
        TreatMissingData: 'notBreaching',
      },
    },
  ]
}
