import jsep from 'jsep'
import { fillGaps, mathFunctions, mathOperators } from './math-functions.ts'
import type { Points } from './metric.ts'
import { join, mapPoints, type Series, type Value } from './metric-value.ts'

/** A parsed expression of metric math. */
export type MathExpression = jsep.CoreExpression

/** What an expression is evaluated among. */
export interface MathContext {
  readonly periods: number
  readonly periodSeconds: number
  /** The value of the metric or expression with this id. */
  readonly lookUp: (id: string) => Value
  /** The ids of the metrics, in their order; expressions are none. */
  readonly metricIds: readonly string[]
  /** What the metric or expression with this id was before the window that is looked at. */
  readonly historyOf: (id: string) => Points
}

jsep.removeAllBinaryOps()
jsep.removeAllUnaryOps()
jsep.addUnaryOp('-')
for (const [name, [strength]] of Object.entries(mathOperators)) jsep.addBinaryOp(name, strength)

/**
 * Parses an expression of CloudWatch's metric math.
 *
 * @throws Error that quotes an expression which cannot be read
 */
export function parseMath(text: string): MathExpression {
  try {
    return jsep(text) as MathExpression
  } catch (thrown) {
    throw new Error(`cannot read ${text}: ${thrown instanceof Error ? thrown.message : thrown}`)
  }
}

/**
 * Evaluates an expression; missing points go through it as CloudWatch documents it.
 *
 * @throws Error that names what cannot be evaluated here, so that no dashboard or alarm relies on it
 */
export function evaluateMath(node: jsep.Expression, context: MathContext): Value {
  const expression = node as MathExpression
  const evaluate = (part: jsep.Expression) => evaluateMath(part, context)
  switch (expression.type) {
    case 'Literal':
      if (typeof expression.value === 'number') return expression.value
      break
    case 'Identifier':
      return context.lookUp(expression.name)
    case 'ArrayExpression':
      return expression.elements.flatMap((part) => toSeriesList(part && evaluate(part)))
    case 'UnaryExpression':
      return mapPoints(evaluate(expression.argument), (point) => -point)
    case 'BinaryExpression': {
      const [, operate] = mathOperators[expression.operator] ?? []
      if (operate === undefined) break
      return join(evaluate(expression.left), evaluate(expression.right), operate)
    }
    case 'CallExpression':
      if (expression.callee.type !== 'Identifier') break
      return call(String(expression.callee['name']), expression.arguments, context)
  }
  throw new Error(`metric math has no ${expression.type} such as this`)
}

function toSeriesList(value: Value | null): readonly Series[] {
  if (value === null || typeof value === 'number')
    throw new Error('an array holds time series only')
  return [value].flat()
}

function call(name: string, parts: readonly jsep.Expression[], context: MathContext): Value {
  const special = specialFunctions.get(name)
  if (special !== undefined) return special(parts, context)
  const known = mathFunctions.get(name)
  if (known === undefined) throw new Error(`the function ${name} cannot be evaluated here`)
  const values = parts.map((part) => evaluateMath(part, context))
  return known(values, context.periodSeconds)
}

type SpecialFunction = (parts: readonly jsep.Expression[], context: MathContext) => Value

const specialFunctions: ReadonlyMap<string, SpecialFunction> = new Map<string, SpecialFunction>([
  ['METRICS', toMetrics],
  ['PERIOD', (_, { periodSeconds }) => periodSeconds],
  ['TIME_SERIES', toConstant],
  ['FILL', fill],
  ['ANOMALY_DETECTION_BAND', findBand],
])

function toMetrics([part]: readonly jsep.Expression[], context: MathContext): readonly Series[] {
  const wanted = part === undefined ? '' : String(part['value'])
  const ids = context.metricIds.filter((id) => id.includes(wanted))
  return ids.flatMap((id) => toSeriesList(context.lookUp(id)))
}

function toConstant([part]: readonly jsep.Expression[], context: MathContext): Series {
  const value = part && evaluateMath(part, context)
  if (typeof value !== 'number') throw new Error('TIME_SERIES takes a scalar')
  return { points: Array.from({ length: context.periods }, () => value) }
}

function fill([part, filler]: readonly jsep.Expression[], context: MathContext): Value {
  if (part === undefined || filler === undefined) throw new Error('FILL takes two arguments')
  const word = filler['name']
  const isWord = word === 'REPEAT' || word === 'LINEAR'
  return fillGaps(evaluateMath(part, context), isWord ? word : evaluateMath(filler, context))
}

function findBand([part, width]: readonly jsep.Expression[], context: MathContext) {
  const id = part?.type === 'Identifier' ? String(part['name']) : undefined
  const deviations = width === undefined ? 2 : evaluateMath(width, context)
  if (id === undefined || typeof deviations !== 'number') {
    throw new Error('ANOMALY_DETECTION_BAND takes the id of a metric and a number')
  }
  return toBand(context.historyOf(id), deviations, context.periods)
}

/** With less, CloudWatch too has no model yet, and no band. */
const fewestPoints = 12

/**
 * Makes the band of expected values, its upper limit first. This is a rough stand-in for CloudWatch's
 * model: the mean of the history and so many standard deviations around it, at every hour of every day the
 * same. It tells whether an alarm is wired rightly, not where CloudWatch would draw the line.
 */
function toBand(history: Points, deviations: number, periods: number): readonly Series[] {
  const past = history.filter((point) => point !== undefined)
  const mean = past.reduce((sum, point) => sum + point, 0) / past.length
  const variance = past.reduce((sum, point) => sum + (point - mean) ** 2, 0) / past.length
  return [1, -1].map((side) => {
    const limit = mean + side * deviations * Math.sqrt(variance)
    return {
      points: Array.from({ length: periods }, () =>
        past.length < fewestPoints ? undefined : limit,
      ),
    }
  })
}
