import { canaryId } from '../canary/canary.ts'
import type { Stage } from '../stage.ts'
import { type AlarmPlan, symptom } from './alarm.ts'
import { toAwsMetric, toJudged, toTerm } from './terms.ts'

/**
 * Plans the alarm of the canary, if the stage has one: it fails for what nothing within the stack can see, such as DNS,
 * a certificate, or what stands in front. One failed run may be the way to the proxy; two in a row are a symptom.
 */
export function planCanaryAlarm({ canaryEveryMinutes }: Stage): readonly AlarmPlan[] {
  if (canaryEveryMinutes === 0) return []
  const passed = toAwsMetric('CloudWatchSynthetics', 'SuccessPercent', 'CanaryName', canaryId)
  return [
    {
      name: 'canary',
      meaning: 'Two runs in a row of the canary, which checks the deployment from outside, failed.',
      fix: 'Read in the log of the last run which check failed, and what fixes it.',
      ...symptom,
      condition: {
        Metrics: [
          // A period without a run is no failure: the canary is not the proxy.
          toJudged('passed', 100),
          toTerm('passed', passed, 'Average', canaryEveryMinutes * 60),
        ],
        ComparisonOperator: 'LessThanThreshold',
        Threshold: 100,
        EvaluationPeriods: 2,
        DatapointsToAlarm: 2,
        TreatMissingData: 'notBreaching',
      },
    },
  ]
}
