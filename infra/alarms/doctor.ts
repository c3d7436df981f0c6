import { doctor, doctorCauseNames } from '../../core/causes/doctor.ts'
import { doctorEverySeconds } from '../functions.ts'
import { toMetricReference } from '../metric-reference.ts'
import type { Stage } from '../stage.ts'
import { type AlarmPlan, type Condition, standing, sustained, symptom } from './alarm.ts'
import { type Term, toFormula, toJudged, toTerm } from './terms.ts'

/** This many rounds in a row must be missing; a single one may fall between two windows. */
const missedRounds = 3

/** Plans the alarms for what the doctor finds on its rounds and, if it makes rounds, for their absence. */
export function planDoctorAlarms(stage: Stage): readonly AlarmPlan[] {
  const { service } = stage.settings
  return stage.doctorSchedule
    ? [...planFailures(service), planHeartbeat(service)]
    : planFailures(service)
}

const waitingCauses = doctorCauseNames.filter((cause) => doctor[cause].canWait)

/**
 * Plans one alarm for findings that make requests fail, and one for those that do not: these may last for
 * days, and must not keep the page active that an outage would use.
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
    'Run npm run doctor for each client; it prints what is wrong and the command that fixes it.'
  return [
    {
      name: 'doctor-failures',
      meaning:
        'A check of the doctor has failed in two rounds, or a client was not checked in time: exchanges fail, or will fail soon.',
      fix,
      ...symptom,
      condition: findAny([failures.Id, ...waitingCauses].join(' - '), [failures, ...findings]),
    },
    {
      name: 'doctor-findings',
      meaning:
        'The doctor has found a wrong setting in two rounds. No exchange fails, but users cannot sign in, or are signed out too early.',
      fix,
      ...standing,
      condition: findAny(waitingCauses.join(' + '), findings),
    },
  ]
}

/** Fires at one finding in each of two rounds; a cause that was not found has no data. */
function findAny(sum: string, terms: readonly Term[]): Condition {
  const expression = sum.replace(/\w+/g, (id) => `FILL(${id}, 0)`)
  return {
    Metrics: [toFormula('found', expression, false), toJudged('found', 0), ...terms],
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Threshold: 1,
    ...sustained,
  }
}

/** The only alarm that still fires when nothing in the stack runs any more. */
function planHeartbeat(service: string): AlarmPlan {
  return {
    name: 'doctor-heartbeat',
    meaning: `The doctor has reported nothing for ${missedRounds} rounds: it does not run, and perhaps nothing else does.`,
    fix: 'Read the log of the function doctor and check that its schedule is enabled; then check the AWS Health Dashboard for Lambda.',
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
