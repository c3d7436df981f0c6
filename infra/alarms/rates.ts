import { type CauseName, causes, toCause } from '../../core/causes/catalogue.ts'
import type { Cause } from '../../core/causes/cause.ts'
import { toMetricReference } from '../metric-reference.ts'
import { type AlarmPlan, generalRunbookPage, notice, sustained, symptom } from './alarm.ts'
import { shareExpression, sharePeriodSeconds, toShareTerms } from './success-share.ts'
import { type Formula, type Term, toFormula, toJudged, toTerm } from './terms.ts'

const periodSeconds = 300
const causeNames = Object.keys(causes) as readonly CauseName[]

/** Plans what is judged by shares and sums instead of by one cause. */
export function planRateAlarms(service: string): readonly AlarmPlan[] {
  return [planSuccessShare(service), planRefusals(service), planInvalidGrants(service)]
}

const leastShare = 95

function planSuccessShare(service: string): AlarmPlan {
  const terms = toShareTerms(service).map(([id, metric]) =>
    toTerm(id, metric, 'Sum', sharePeriodSeconds),
  )
  return {
    name: 'success-share',
    meaning: `Less than ${leastShare} % of the exchanges that were no caller's mistake succeed.`,
    fix: 'See on the dashboard which causes fail them, and go by the page of the most frequent one.',
    ...symptom,
    condition: {
      Metrics: [toFormula('share', shareExpression, false), toJudged('share', 100), ...terms],
      ComparisonOperator: 'LessThanThreshold',
      Threshold: leastShare,
      ...sustained,
    },
  }
}

const leastRefusals = 100
const mostRefusedShare = 20

/**
 * A few of these are a developer at work; many are an attack, or a front end or setting that is lost. What
 * goes well without tokens, discovery above all, is not in the whole: page loads would hide them.
 */
function planRefusals(service: string): AlarmPlan {
  const requests = toMetricReference(service, 'Requests', {})
  const tokenless = toMetricReference(service, 'Successes', { grant_type: 'none' })
  return {
    name: 'suspect-refusals',
    meaning: `More than ${mostRefusedShare} % of all exchanges and refused requests are such as no front end in order sends: somebody tries what works, or a release or a setting has broken a front end.`,
    fix: 'See on the dashboard which refusals rise and since when. Undo the release or the setting; against an attack, block the addresses that the access log of the HTTP API names.',
    runbookPage: generalRunbookPage,
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
    page: 'security',
  }
}

const leastInvalidGrants = 50
const bandWidth = 3

/**
 * Users are signed out on `invalid_grant`, and some always are: what is usual is learnt from the weeks
 * before. A guess like that is told and wakes nobody. Below the floor the sum counts as none, for the
 * band as well, since a band around next to nothing would be left by a single user.
 */
function planInvalidGrants(service: string): AlarmPlan {
  return {
    name: 'invalid-grant-rise',
    meaning: 'More codes or refresh tokens are refused than is usual at this hour.',
    fix: 'See on the dashboard which cause of invalid_grant rises, and whether a front end or the app client was changed then.',
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

/** Adds up the failures of every cause that is meant; one that has not occurred has no data. */
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
