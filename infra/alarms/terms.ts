import type { MetricReference } from '../metric-reference.ts'

/** A metric that AWS itself counts of one of the stack's resources. */
export interface AwsMetric {
  readonly Namespace: `AWS/${string}`
  readonly MetricName: string
  readonly Dimensions: readonly {
    readonly Name: string
    readonly Value: { readonly Ref: string }
  }[]
}

/** A metric of the proxy's own or of AWS's. */
export type AnyMetric = MetricReference | AwsMetric

/** One statistic of one metric, to be computed with under its id. */
export interface Term {
  readonly Id: string
  readonly MetricStat: {
    readonly Metric: AnyMetric
    readonly Stat: string
    readonly Period: number
  }
  readonly ReturnData: false
}

/** What is computed from terms and other formulas. */
export interface Formula {
  readonly Id: string
  readonly Expression: string
  readonly ReturnData: boolean
}

/** Asks for one statistic of one metric under an id. */
export function toTerm(id: string, metric: AnyMetric, stat: string, periodSeconds: number): Term {
  return {
    Id: id,
    MetricStat: { Metric: metric, Stat: stat, Period: periodSeconds },
    ReturnData: false,
  }
}

/** Computes under an id; the alarm looks at what is judged, and at the band that it is judged by. */
export function toFormula(id: string, expression: string, isLookedAt: boolean): Formula {
  return { Id: id, Expression: expression, ReturnData: isLookedAt }
}

/**
 * Judges what has this id; a period without data counts as a healthy one. Otherwise CloudWatch looks back
 * beyond the alarm's periods for older data, and what is long over keeps the alarm up.
 */
export function toJudged(id: string, healthy: number): Formula {
  return toFormula('judged', `FILL(${id}, ${healthy})`, true)
}

/** Judges how often, or how much, something was that has no data while it is not. */
export function toJudgedMetric(
  metric: AnyMetric,
  stat: 'Sum' | 'Maximum',
  periodSeconds: number,
): { readonly Metrics: readonly (Term | Formula)[] } {
  return { Metrics: [toJudged('measured', 0), toTerm('measured', metric, stat, periodSeconds)] }
}

/** Refers to what Lambda counts of one function, by the function's name in the template. */
export function toLambdaMetric(functionId: string, name: string): AwsMetric {
  return toAwsMetric('AWS/Lambda', name, 'FunctionName', functionId)
}

/** Refers to what AWS counts of a resource that it knows by what a `Ref` gives. */
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
