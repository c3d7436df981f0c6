import type { CheckKind } from '../../core/causes/doctor.ts'
import { doctorEverySeconds } from '../functions.ts'
import { toMetricReference } from '../metric-reference.ts'
import type { Stage } from '../stage.ts'
import {
  type AlarmPlan,
  type Condition,
  generalRunbookPage,
  standing,
  sustained,
  symptom,
} from './alarm.ts'
import { toJudgedMetric } from './terms.ts'

/** This many rounds in a row must be missing; a single one may fall between two windows. */
const missedRounds = 3

/** Plans the alarms for what the doctor finds on its rounds and, if it makes rounds, for their absence. */
export function planDoctorAlarms(stage: Stage): readonly AlarmPlan[] {
  const { service } = stage.settings
  return stage.doctorSchedule
    ? [...planFailures(service), planHeartbeat(service)]
    : planFailures(service)
}

/** What to do about a finding; the page of all findings says the same. */
export const findingFix =
  'Run npm run doctor -- --stage STAGE; for each client, it prints what is wrong and the command that fixes it.'

/**
 * Plans one alarm for each kind of finding: what an outage explains belongs to its page. A setting that makes
 * requests fail pages by itself, before users meet it. What makes none fail may last for days.
 */
function planFailures(service: string): readonly AlarmPlan[] {
  return [
    {
      name: 'doctor-failures',
      meaning:
        'The doctor got no answer from Cognito or Secrets Manager in two rounds, or a client was not checked in time: exchanges fail, or will fail soon.',
      fix: findingFix,
      ...symptom,
      condition: findAny(service, 'outage'),
    },
    {
      name: 'doctor-setup',
      meaning:
        'The doctor has found a wrong setting in two rounds that makes exchanges fail. Only this reports it, so that probably no user has met it yet.',
      fix: findingFix,
      runbookPage: generalRunbookPage,
      page: 'doctor',
      condition: findAny(service, 'setup'),
    },
    {
      name: 'doctor-findings',
      meaning:
        'The doctor has found a wrong setting in two rounds. No exchange fails, but users cannot sign in, or are signed out too early.',
      fix: findingFix,
      ...standing,
      condition: findAny(service, 'waiting'),
    },
  ]
}

/** Fires at one finding in each of two rounds. */
function findAny(service: string, kind: CheckKind): Condition {
  const metric = toMetricReference(service, 'CheckFailures', { kind })
  return {
    ...toJudgedMetric(metric, 'Sum', doctorEverySeconds),
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
    fix: 'Read the log of the function doctor and check that its schedule exists and is enabled; then check the AWS Health Dashboard for Lambda.',
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
