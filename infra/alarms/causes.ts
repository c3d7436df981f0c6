import { type CauseName, causes, toCause } from '../../core/causes/catalogue.ts'
import type { Cause } from '../../core/causes/cause.ts'
import { runbookTexts } from '../../runbook/texts.ts'
import { toMetricReference } from '../metric-reference.ts'
import { type AlarmPlan, type PageName, toCauseAlarmName } from './alarm.ts'
import type { Watched } from './sums.ts'
import { toJudgedMetric } from './terms.ts'

/**
 * Plans one alarm for each cause of the catalogue that has a threshold and is counted by its name. It looks at a single sliding window.
 * With several windows, whose borders move every minute, one burst would lie in one window, then be split
 * over two, then lie in one again, and the alarm would fire twice for it.
 */
export function planCauseAlarms({ service, watch }: Watched): readonly AlarmPlan[] {
  return (Object.keys(causes) as readonly CauseName[]).flatMap((cause) => {
    const { alarm, fix } = toCause(cause)
    if (alarm === undefined) return []
    const { atLeast, withinSeconds, counts } = alarm
    if (watch === 'small' && counts === undefined) return []
    const what = counts === undefined ? cause : `${cause} with the stored secret`
    const times = `${atLeast === 1 ? 'once' : `${atLeast} times`} within ${withinSeconds / 60} min`
    return [
      {
        name: toCauseAlarmName(cause),
        meaning: `${what}, at least ${times}: ${toMeaning(cause)}`,
        fix,
        runbookPage: cause,
        condition: {
          ...toJudgedMetric(
            counts === undefined
              ? toMetricReference(service, 'Failures', { cause })
              : toMetricReference(service, counts, {}),
            'Sum',
            withinSeconds,
          ),
          ComparisonOperator: 'GreaterThanOrEqualToThreshold',
          Threshold: atLeast,
          EvaluationPeriods: 1,
          DatapointsToAlarm: 1,
          TreatMissingData: 'notBreaching',
        },
        page: choosePage(toCause(cause)),
      },
    ]
  })
}

/** The only alarm on a caller's fault is a leaked secret: the caller fixes all others. */
function choosePage({ fault, alarm }: Cause): PageName | undefined {
  if (fault === 'caller') return 'security'
  return alarm?.provokable ? undefined : (alarm?.area ?? 'sign-ins')
}

/** @throws Error that names the missing text, for sources that run before they are compiled */
function toMeaning(cause: CauseName): string {
  const texts: Partial<Record<CauseName, { readonly meaning: string }>> = runbookTexts
  const text = texts[cause]
  if (text === undefined) throw new Error(`${cause} has no text in runbook/texts.ts`)
  return text.meaning
}
