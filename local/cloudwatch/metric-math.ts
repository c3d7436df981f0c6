import jsep from 'jsep'
import type { Points } from './metric.ts'

/** A parsed expression of metric math. */
export type MathExpression = jsep.CoreExpression

/** What an expression gives: a scalar, or one point for each period. */
export type Value = number | Points

/** Finds the value of the metric or expression with an id. */
export type LookUp = (id: string) => Value

type Operate = (left: number, right: number) => number

/** The operators that the template uses, with their precedence; a comparison gives 1 or 0. */
const operators: Readonly<Record<string, readonly [strength: number, operate: Operate]>> = {
  '>=': [1, (left, right) => (left >= right ? 1 : 0)],
  '+': [2, (left, right) => left + right],
  '-': [2, (left, right) => left - right],
  '*': [3, (left, right) => left * right],
  '/': [3, (left, right) => left / right],
}

/** The functions that the template uses, applied to evaluated arguments. */
const functions: ReadonlyMap<string, (values: readonly Value[]) => Points> = new Map([
  ['IF', choose],
  ['FILL', fillGaps],
])

jsep.removeAllBinaryOps()
jsep.removeAllUnaryOps()
for (const [name, [strength]] of Object.entries(operators)) jsep.addBinaryOp(name, strength)

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
export function evaluateMath(node: jsep.Expression, lookUp: LookUp): Value {
  const expression = node as MathExpression
  const evaluate = (part: jsep.Expression) => evaluateMath(part, lookUp)
  switch (expression.type) {
    case 'Literal':
      if (typeof expression.value === 'number') return expression.value
      break
    case 'Identifier':
      return lookUp(expression.name)
    case 'BinaryExpression': {
      const [, operate] = operators[expression.operator] ?? []
      if (operate === undefined) break
      return join(evaluate(expression.left), evaluate(expression.right), operate)
    }
    case 'CallExpression': {
      const name = String(expression.callee['name'])
      const call = functions.get(name)
      if (call === undefined) throw new Error(`the function ${name} cannot be evaluated here`)
      return call(expression.arguments.map(evaluate))
    }
  }
  throw new Error(`metric math has no ${expression.type} such as this`)
}

/**
 * Joins two values point by point. Between two series a missing point counts as 0 where the other has
 * one; beside a scalar it stays missing. A point that cannot be computed (division by zero) is dropped.
 */
function join(left: Value, right: Value, operate: Operate): Value {
  const compute = (one: number | undefined, other: number | undefined) => {
    const point = one === undefined || other === undefined ? Number.NaN : operate(one, other)
    return Number.isFinite(point) ? point : undefined
  }
  if (typeof left === 'number') {
    if (typeof right === 'number') return operate(left, right)
    return right.map((point) => compute(left, point))
  }
  return left.map((point, index) => {
    if (typeof right === 'number') return compute(point, right)
    const other = right[index]
    return point === undefined && other === undefined ? undefined : compute(point ?? 0, other ?? 0)
  })
}

/**
 * Takes each point from one of two values. Where the condition is missing there is no point; where it is
 * true and the first value is missing, the point is 0; where it is false and the second is, there is none.
 */
function choose([condition, then, otherwise]: readonly Value[]): Points {
  if (typeof condition !== 'object' || then === undefined) {
    throw new Error('IF takes a time series as condition, and one or two values')
  }
  return condition.map((point, index) => {
    if (point === undefined) return undefined
    return point === 0 ? pointOf(otherwise, index) : (pointOf(then, index) ?? 0)
  })
}

function fillGaps([series, filler]: readonly Value[]): Points {
  if (typeof series !== 'object' || typeof filler !== 'number') {
    throw new Error('FILL takes a time series and a number')
  }
  return series.map((point) => point ?? filler)
}

function pointOf(value: Value | undefined, index: number): number | undefined {
  return typeof value === 'number' ? value : value?.[index]
}
