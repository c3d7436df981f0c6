import { type GrantType, grantTypes } from '../../core/causes/cause.ts'
import { type MetricReference, toMetricReference } from '../metric-reference.ts'
import type { Stage } from '../stage.ts'
import { type AlarmPlan, notice, type OtherAlarmName } from './alarm.ts'
import { toFormula, toJudged, toTerm } from './terms.ts'

/** One request rate quota of Cognito that exchanges count towards. */
export interface CognitoQuota {
  readonly alarm: OtherAlarmName & `${string}-quota`
  /** What the quota limits, for people. */
  readonly title: string
  readonly perSecond: number
  /** The grants whose attempts count towards it. */
  readonly grants: readonly GrantType[]
}

/** The step of the graph and the window of the alarm. */
export const quotaPeriodSeconds = 60
/** From this share on there is time left to ask AWS for more before the first exchange is throttled. */
export const quotaAlarmPercent = 80

/**
 * The quotas of Cognito that exchanges count towards, as the stage has them. A code exchange has a quota with a
 * count of its own. A refresh counts towards `UserAuthentication`, and so does the sign-in on Cognito's own pages
 * that each code comes from. The proxy does not see that sign-in, and takes one for each code.
 */
export function toCognitoQuotas(stage: Stage): readonly CognitoQuota[] {
  return [
    {
      alarm: 'user-authentication-quota',
      title: 'refreshes and sign-ins (UserAuthentication)',
      perSecond: stage.cognitoUserAuthenticationPerSecond,
      grants: grantTypes,
    },
    {
      alarm: 'code-exchange-quota',
      title: 'code exchanges',
      perSecond: stage.cognitoCodeExchangesPerSecond,
      grants: ['authorization_code'],
    },
  ]
}

/** Adds up the attempts that count; a grant that nobody used has no data. */
export function toQuotaExpression({ grants }: Pick<CognitoQuota, 'grants'>): string {
  return grants.map((grant) => `FILL(${grant}, 0)`).join(' + ')
}

/** The metrics behind that expression: what was sent to Cognito, so that a refused request does not count. */
export function toQuotaTerms(
  service: string,
  { grants }: Pick<CognitoQuota, 'grants'>,
): readonly (readonly [GrantType, MetricReference])[] {
  return grants.map((grant) => [
    grant,
    toMetricReference(service, 'UpstreamAttempts', { grant_type: grant }),
  ])
}

/** Three busy minutes of five: a burst of one second is no reason to ask for a higher quota. */
const busy = { windows: 5, most: 3 }

/** Plans one alarm for each quota, so that somebody can ask for more before Cognito throttles. */
export function planQuotaAlarms(stage: Stage): readonly AlarmPlan[] {
  return toCognitoQuotas(stage).map((quota) => ({
    name: quota.alarm,
    meaning: `The proxy uses at least ${quotaAlarmPercent} % of Cognito's quota of ${quota.perSecond} requests per second for ${quota.title}. Beyond it, Cognito throttles every client of the account in this Region.`,
    fix: "Check on the dashboard whether the traffic is real. If it is, raise the quota with AWS, then the stage's field for it. If it is not, find the sender in the access log of the HTTP API, or behind CloudFront with its web ACL.",
    ...notice,
    condition: {
      Metrics: [
        toFormula('calls', toQuotaExpression(quota), false),
        toJudged('calls', 0),
        ...toQuotaTerms(stage.settings.service, quota).map(([id, metric]) =>
          toTerm(id, metric, 'Sum', quotaPeriodSeconds),
        ),
      ],
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: (quotaAlarmPercent / 100) * quota.perSecond * quotaPeriodSeconds,
      EvaluationPeriods: busy.windows,
      DatapointsToAlarm: busy.most,
      TreatMissingData: 'notBreaching',
    },
  }))
}
