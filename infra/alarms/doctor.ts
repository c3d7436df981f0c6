import { doctor, doctorCauseNames } from '../../core/causes/doctor.ts'
import { doctorEverySeconds } from '../functions.ts'
import { toMetricReference } from '../metric-reference.ts'
import type { Stage } from '../stage.ts'
import { type AlarmPlan, type Condition, standing, sustained, symptom } from './alarm.ts'
import { type Term, toFormula, toJudged, toTerm } from './terms.ts'

/** So many rounds in a row have to be missing; one may fall between two windows. */
const missedRounds = 3

/** Plans the alarms for what the doctor says on its rounds and, where it goes round, for its silence. */
export function planDoctorAlarms(stage: Stage): readonly AlarmPlan[] {
  const { service } = stage.settings
  return stage.doctorSchedule
    ? [...planFailures(service), planHeartbeat(service)]
    : planFailures(service)
}

const waitingCauses = doctorCauseNames.filter((cause) => doctor[cause].canWait)

/**
 * Plans one alarm for what fails requests, and one for what fails none: that may stand for days, and must
 * not keep up the page that an outage would come by.
 */
function planFailures(service: string): readonly AlarmPlan[] {
  const failures = toTerm(
    'failures',
    toMetricReference(service, 'CheckFailures', {}),
    'Sum',
    doctorEverySeconds,
  )
  const findings = waitingCauses.map((cause) =>
    toTerm(
      cause,
      toMetricReference(service, 'CheckFailures', { cause }),
      'Sum',
      doctorEverySeconds,
    ),
  )
  const fix =
    'Run npm run doctor for each client; it prints what is wrong and the call that mends it.'
  return [
    {
      name: 'doctor-failures',
      meaning:
        'The doctor finds a check failed round after round: exchanges fail, or are about to.',
      fix,
      ...symptom,
      condition: findAny([failures.Id, ...waitingCauses].join(' - '), [failures, ...findings]),
    },
    {
      name: 'doctor-findings',
      meaning:
        'The doctor finds settings, round after round, that fail no exchange: users are not let in before it, or are signed out too early.',
      fix,
      ...standing,
      condition: findAny(waitingCauses.join(' + '), findings),
    },
  ]
}

/** Goes off at a single one in each of two rounds; a cause that was not found has no data. */
function findAny(sum: string, terms: readonly Term[]): Condition {
  const expression = sum.replace(/\w+/g, (id) => `FILL(${id}, 0)`)
  return {
    Metrics: [toFormula('found', expression, false), toJudged('found', 0), ...terms],
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Threshold: 1,
    ...sustained,
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
