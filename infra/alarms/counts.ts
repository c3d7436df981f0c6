import { type AlarmCount, alarmCounts } from '../../core/causes/cause.ts'
import { type AlarmPlan, symptom } from './alarm.ts'
import { ofPagesAt } from './sums.ts'
import { toJudgedMetric } from './terms.ts'

/** The window of every alarm of a cause. */
const windowSeconds = 600

/**
 * Plans the alarms that stand for those of all causes where only few series are counted: one for each number of
 * failures that pages. Failures of several causes add up, so that none of them pages later than by itself.
 */
export function planCountAlarms(service: string): readonly AlarmPlan[] {
  return alarmCounts.map((count) => planCount(service, count))
}

function planCount(service: string, count: AlarmCount): AlarmPlan {
  const [, metric] = ofPagesAt(service, `${count}`)
  const times = count === 1 ? 'once' : `${count} times`
  return {
    name: `failures-at-${count}`,
    meaning: `Causes that page from ${count === 1 ? 'the first failure' : `${count} failures`} on occurred at least ${times} within ${windowSeconds / 60} min.`,
    fix: 'Run the saved query "failures by cause and client": it names each cause and what fixes it. Then follow the page of the cause.',
    ...symptom,
    condition: {
      ...toJudgedMetric(metric, 'Sum', windowSeconds),
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: count,
      EvaluationPeriods: 1,
      DatapointsToAlarm: 1,
      TreatMissingData: 'notBreaching',
    },
  }
}
