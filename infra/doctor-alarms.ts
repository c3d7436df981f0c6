import { type AlarmPlan, sustained, symptom } from './alarm.ts'
import { toJudgedMetric } from './alarm-terms.ts'
import { doctorEverySeconds } from './functions.ts'
import { toMetricReference } from './metric-reference.ts'
import type { Stage } from './stage.ts'

/** So many rounds in a row have to be missing; one may fall between two windows. */
const missedRounds = 3

/** Plans the alarms for what the doctor says on its rounds and, where it goes round, for its silence. */
export function planDoctorAlarms(stage: Stage): readonly AlarmPlan[] {
  const { service } = stage.settings
  return stage.doctorSchedule
    ? [planFailures(service), planHeartbeat(service)]
    : [planFailures(service)]
}

function planFailures(service: string): AlarmPlan {
  return {
    name: 'doctor-failures',
    meaning: 'The doctor finds a check failed round after round: sign-ins fail, or are about to.',
    fix: 'Run npm run doctor for each client; it prints what is wrong and the call that mends it.',
    ...symptom,
    condition: {
      ...toJudgedMetric(toMetricReference(service, 'CheckFailures', {}), 'Sum', doctorEverySeconds),
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      ...sustained,
    },
  }
}

/** The one alarm that still goes off when nothing in the stack runs any more. */
function planHeartbeat(service: string): AlarmPlan {
  return {
    name: 'doctor-heartbeat',
    meaning: `The doctor has said nothing for ${missedRounds} rounds: it does not run, and perhaps nothing else does.`,
    fix: "Read the log of the function doctor and see that its schedule is enabled; then see AWS's health dashboard for Lambda.",
    ...symptom,
    condition: {
      ...toMetricReference(service, 'CheckFailures', {}),
      Statistic: 'SampleCount',
      Period: doctorEverySeconds,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      EvaluationPeriods: missedRounds,
      DatapointsToAlarm: missedRounds,
      TreatMissingData: 'breaching',
    },
  }
}
