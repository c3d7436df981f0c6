import {
  quotaAlarmPercent,
  quotaPeriodSeconds,
  toCognitoQuotas,
  toQuotaExpression,
  toQuotaTerms,
} from '../alarms/quotas.ts'
import type { Stage } from '../stage.ts'
import { drawReference } from './line.ts'
import { type Content, type Line, toGraph } from './widget.ts'

/** Draws how much of each quota of Cognito the proxy's own traffic takes, with the level of the alarms. */
export function toQuotaGraph(stage: Stage): Content {
  const quotas = toCognitoQuotas(stage)
  const terms = new Map(quotas.flatMap((quota) => toQuotaTerms(stage.settings.service, quota)))
  const shares = quotas.map((quota, index): Line => {
    const most = quotaPeriodSeconds * quota.perSecond
    const expression = `100 * (${toQuotaExpression(quota)}) / ${most}`
    return [{ id: `share${index + 1}`, expression, label: quota.title }]
  })
  return toGraph({
    title: "Cognito: share of the account's quotas that this proxy takes",
    unit: 'Percent',
    lines: [
      ...[...terms].map(([id, metric]) => drawReference(metric, { id, visible: false })),
      ...shares,
    ],
    periodSeconds: quotaPeriodSeconds,
    levels: [{ value: quotaAlarmPercent, label: 'alarm' }],
  })
}
