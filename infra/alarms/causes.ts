import { type CauseName, causes, toCause } from '../../core/causes/catalogue.ts'
import { runbookTexts } from '../../runbook/texts.ts'
import { toMetricReference } from '../metric-reference.ts'
import type { AlarmPlan } from './alarm.ts'
import { toJudgedMetric } from './terms.ts'

/**
 * Plans one alarm for each cause of the catalogue that has a threshold. It is held against a single window,
 * which slides: of several, each cut anew every minute, a burst would be whole in one, then halved by two,
 * then whole again, and so tell twice of one thing.
 */
export function planCauseAlarms(service: string): readonly AlarmPlan[] {
  return (Object.keys(causes) as readonly CauseName[]).flatMap((cause) => {
    const { alarm, fault, fix } = toCause(cause)
    if (alarm === undefined) return []
    const { atLeast, withinSeconds } = alarm
    const times = `${atLeast === 1 ? 'once' : `${atLeast} times`} within ${withinSeconds / 60} min`
    return [
      {
        name: cause.replaceAll('_', '-'),
        meaning: `${cause}, at least ${times}: ${toMeaning(cause)}`,
        fix,
        runbookPage: cause,
        condition: {
          ...toJudgedMetric(
            toMetricReference(service, 'Failures', { cause }),
            'Sum',
            withinSeconds,
          ),
          ComparisonOperator: 'GreaterThanOrEqualToThreshold',
          Threshold: atLeast,
          EvaluationPeriods: 1,
          DatapointsToAlarm: 1,
          TreatMissingData: 'notBreaching',
        },
        // A caller's fault that alarms is a leak: all others are the caller's own to mend.
        page: fault === 'caller' ? 'security' : 'sign-ins',
      },
    ]
  })
}

/** @throws Error that says what is missing, where the sources run before the compiler has seen them */
function toMeaning(cause: CauseName): string {
  const texts: Partial<Record<CauseName, { readonly meaning: string }>> = runbookTexts
  const text = texts[cause]
  if (text === undefined) throw new Error(`${cause} has no text in runbook/texts.ts`)
  return text.meaning
}
