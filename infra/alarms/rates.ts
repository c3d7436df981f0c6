import { type CauseName, causes, toCause } from '../../core/causes/catalogue.ts'
import type { Cause } from '../../core/causes/cause.ts'
import { toMetricReference } from '../metric-reference.ts'
import { type AlarmPlan, notice, sustained, symptom } from './alarm.ts'
import { sharePeriodSeconds, toJudgedShare } from './success-share.ts'
import type { Watched } from './sums.ts'
import { type Formula, type Term, toFormula, toJudged, toTerm } from './terms.ts'

const periodSeconds = 300
const causeNames = Object.keys(causes) as readonly CauseName[]

/** Plans the alarms on shares and sums over several causes. */
export function planRateAlarms(watched: Watched): readonly AlarmPlan[] {
  const { service } = watched
  return [planSuccessShare(watched), planRefusals(service), planInvalidGrants(service)]
}

const leastShare = 95

function planSuccessShare(watched: Watched): AlarmPlan {
  const share = toJudgedShare(watched)
  const terms = share.terms.map(([id, metric]) => toTerm(id, metric, 'Sum', sharePeriodSeconds))
  return {
    name: 'success-share',
    meaning: `Less than ${leastShare} % of the exchanges succeed, not counting callers' mistakes and causes with a page of their own.`,
    fix: 'Check on the dashboard which causes make them fail, and follow the page of the most frequent one.',
    ...symptom,
    condition: {
      Metrics: [toFormula('share', share.expression, false), toJudged('share', 100), ...terms],
      ComparisonOperator: 'LessThanThreshold',
      Threshold: leastShare,
      ...sustained,
    },
  }
}

const leastRefusals = 100
const mostRefusedShare = 20

/**
 * A few of these are a developer at work; many are an attack, or a broken front end or setting. Anybody can
 * send them, so they wake nobody. Successes
 * without tokens, mainly discovery, do not count: page loads would hide the refusals.
 */
function planRefusals(service: string): AlarmPlan {
  const requests = toMetricReference(service, 'Requests', {})
  const tokenless = toMetricReference(service, 'Successes', { grant_type: 'none' })
  return {
    name: 'suspect-refusals',
    meaning: `More than ${mostRefusedShare} % of all exchanges and refused requests have a form that no correct front end sends: somebody probes the proxy, or a release or a setting has broken a front end.`,
    fix: 'Check on the dashboard which refusals rise and since when. Undo the release or the setting. In an attack, find the senders in the access log of the HTTP API. It can only throttle: blocking addresses takes CloudFront with its web ACL in front (edge of the stage).',
    ...notice,
    condition: {
      Metrics: [
        toFormula(
          'share',
          `IF(refusals >= ${leastRefusals}, 100 * refusals / (requests - FILL(tokenless, 0)))`,
          false,
        ),
        toJudged('share', 0),
        ...toSum('refusals', service, ({ suspect }) => suspect === true),
        toTerm('requests', requests, 'Sum', periodSeconds),
        toTerm('tokenless', tokenless, 'Sum', periodSeconds),
      ],
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: mostRefusedShare,
      ...sustained,
    },
  }
}

const leastInvalidGrants = 50
const bandWidth = 3

/**
 * Users are signed out on `invalid_grant`, and a few always are: CloudWatch learns from the past weeks how
 * many are usual. Such an estimate only gives notice. Below the floor the sum counts as zero, also for the
 * band, because a single user would leave a band around almost nothing.
 */
function planInvalidGrants(service: string): AlarmPlan {
  return {
    name: 'invalid-grant-rise',
    meaning: 'Cognito refuses more codes or refresh tokens than usual at this hour.',
    fix: 'Check on the dashboard which cause of invalid_grant rises, and whether a front end or the app client changed at that time.',
    ...notice,
    condition: {
      Metrics: [
        toFormula('rise', `IF(refused >= ${leastInvalidGrants}, refused, 0)`, true),
        toFormula('usual', `ANOMALY_DETECTION_BAND(rise, ${bandWidth})`, true),
        ...toSum('refused', service, ({ error }) => error === 'invalid_grant'),
      ],
      ComparisonOperator: 'GreaterThanUpperThreshold',
      ThresholdMetricId: 'usual',
      EvaluationPeriods: 3,
      DatapointsToAlarm: 3,
      TreatMissingData: 'notBreaching',
    },
  }
}

/** Adds up the failures of every matching cause; one that has not occurred has no data. */
function toSum(
  id: string,
  service: string,
  isMeant: (cause: Cause) => boolean,
): readonly (Term | Formula)[] {
  const names = causeNames.filter((name) => isMeant(toCause(name)))
  return [
    toFormula(id, names.map((name) => `FILL(${name}, 0)`).join(' + '), false),
    ...names.map((cause) =>
      toTerm(cause, toMetricReference(service, 'Failures', { cause }), 'Sum', periodSeconds),
    ),
  ]
}
