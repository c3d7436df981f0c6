import type { MetricReference } from '../metric-reference.ts'

/** A metric that AWS itself counts for one of the stack's resources. */
export interface AwsMetric {
  readonly Namespace: `AWS/${string}` | 'CloudWatchSynthetics'
  readonly MetricName: string
  readonly Dimensions: readonly {
    readonly Name: string
    readonly Value: { readonly Ref: string }
  }[]
}

/** A metric of the proxy or of AWS. */
export type AnyMetric = MetricReference | AwsMetric

/** One statistic of one metric, for use in formulas under its id. */
export interface Term {
  readonly Id: string
  readonly MetricStat: {
    readonly Metric: AnyMetric
    readonly Stat: string
    readonly Period: number
  }
  readonly ReturnData: false
}

/** A value computed from terms and other formulas. */
export interface Formula {
  readonly Id: string
  readonly Expression: string
  readonly ReturnData: boolean
}

/** Requests one statistic of one metric under an id. */
export function toTerm(id: string, metric: AnyMetric, stat: string, periodSeconds: number): Term {
  return {
    Id: id,
    MetricStat: { Metric: metric, Stat: stat, Period: periodSeconds },
    ReturnData: false,
  }
}

/** Computes a value under an id; the alarm looks at the value that it judges, and at the band that it compares it with. */
export function toFormula(id: string, expression: string, isLookedAt: boolean): Formula {
  return { Id: id, Expression: expression, ReturnData: isLookedAt }
}

/**
 * Judges the value with this id; a period without data counts as healthy. Otherwise CloudWatch looks for
 * older data before the alarm's periods, and a problem that is long over keeps the alarm active.
 */
export function toJudged(id: string, healthy: number): Formula {
  return toFormula('judged', `FILL(${id}, ${healthy})`, true)
}

/** Judges a metric that has no data while nothing happens. */
export function toJudgedMetric(
  metric: AnyMetric,
  stat: 'Sum' | 'Maximum',
  periodSeconds: number,
): { readonly Metrics: readonly (Term | Formula)[] } {
  return { Metrics: [toJudged('measured', 0), toTerm('measured', metric, stat, periodSeconds)] }
}

/** Refers to a metric that Lambda counts for one function, by its logical id. */
export function toLambdaMetric(functionId: string, name: string): AwsMetric {
  return toAwsMetric('AWS/Lambda', name, 'FunctionName', functionId)
}

/** Refers to a metric that AWS counts for a resource, by what `Ref` returns for it. */
export function toAwsMetric(
  namespace: AwsMetric['Namespace'],
  name: string,
  dimension: string,
  logicalId: string,
): AwsMetric {
  return {
    Namespace: namespace,
    MetricName: name,
    Dimensions: [{ Name: dimension, Value: { Ref: logicalId } }],
  }
}
