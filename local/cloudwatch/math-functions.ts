import type { Points } from './metric.ts'
import { isList, join, mapPoints, reduce, type Series, type Value } from './metric-value.ts'

/** A function of metric math, over values that are worked out already. */
export type MathFunction = (values: readonly Value[], periodSeconds: number) => Value

const sum = (points: readonly number[]) => points.reduce((all, point) => all + point, 0)

const valueFunctions: Readonly<Record<string, MathFunction>> = {
  SUM: ([value]) => reduce(given(value), sum),
  // Over an array, a series without a point takes part with 0.
  AVG: ([value]) => reduce(given(value), (points, of) => sum(points) / of),
  MAX: ([value]) => reduce(given(value), (points) => Math.max(...points)),
  MIN: ([value]) => reduce(given(value), (points) => Math.min(...points)),
  ABS: ([value]) => mapPoints(given(value), Math.abs),
  CEIL: ([value]) => mapPoints(given(value), Math.ceil),
  FLOOR: ([value]) => mapPoints(given(value), Math.floor),
  FIRST: ([value]) => oneOf(given(value), 0),
  LAST: ([value]) => oneOf(given(value), -1),
  DIFF: ([value]) => eachSeries(given(value), (points) => toSteps(points).map((step) => step?.by)),
  RATE: ([value], periodSeconds) =>
    eachSeries(given(value), (points) =>
      toSteps(points).map((step) => step && step.by / (step.periods * periodSeconds)),
    ),
  IF: ([condition, then, otherwise]) => choose(given(condition), given(then), otherwise),
}

/**
 * The functions that can be evaluated here, but for those that need more than values (`METRICS`, `PERIOD`,
 * `TIME_SERIES`, `FILL` and `ANOMALY_DETECTION_BAND`).
 */
export const mathFunctions: ReadonlyMap<string, MathFunction> = new Map(
  Object.entries(valueFunctions),
)

function given(value: Value | undefined): Value {
  if (value === undefined) throw new Error('an argument is missing')
  return value
}

function oneOf(value: Value, index: number): Series {
  const series = isList(value) ? value.at(index) : undefined
  if (series === undefined) throw new Error('FIRST and LAST take an array of time series')
  return series
}

function eachSeries(value: Value, change: (points: Points) => Points): Value {
  if (typeof value === 'number') throw new Error('a scalar has no change over time')
  if (isList(value)) return value.map(({ points }) => ({ points: change(points) }))
  return { points: change(value.points) }
}

/** How far each point is from the one before it that is there, and how many periods that was ago. */
function toSteps(points: Points) {
  let before: { readonly point: number; readonly index: number } | undefined
  return points.map((point, index) => {
    if (point === undefined) return undefined
    const step = before && { by: point - before.point, periods: index - before.index }
    before = { point, index }
    return step
  })
}

/**
 * Takes each point from one of two values. Where the condition is missing there is no point; where it is
 * true and the first value is missing, the point is 0; where it is false and the second is, there is none.
 */
function choose(condition: Value, then: Value, otherwise: Value | undefined): Value {
  if (isList(condition) || isList(then) || (otherwise !== undefined && isList(otherwise))) {
    throw new Error('IF takes no array of time series')
  }
  if (typeof condition === 'number') {
    const chosen = condition === 0 ? otherwise : then
    return chosen ?? mapPoints(then, () => Number.NaN)
  }
  const at = (value: number | Series | undefined, index: number) =>
    typeof value === 'number' ? value : value?.points[index]
  return {
    points: condition.points.map((point, index) => {
      if (point === undefined) return undefined
      return point === 0 ? at(otherwise, index) : (at(then, index) ?? 0)
    }),
  }
}

const toFlag = (isTrue: boolean) => (isTrue ? 1 : 0)

/** The operators of metric math with how strongly they bind; comparisons give 1 or 0. */
export const mathOperators: Readonly<
  Record<string, readonly [strength: number, operate: (left: number, right: number) => number]>
> = {
  OR: [1, (left, right) => toFlag(left !== 0 || right !== 0)],
  '||': [1, (left, right) => toFlag(left !== 0 || right !== 0)],
  AND: [2, (left, right) => toFlag(left !== 0 && right !== 0)],
  '&&': [2, (left, right) => toFlag(left !== 0 && right !== 0)],
  '==': [3, (left, right) => toFlag(left === right)],
  '!=': [3, (left, right) => toFlag(left !== right)],
  '<': [4, (left, right) => toFlag(left < right)],
  '>': [4, (left, right) => toFlag(left > right)],
  '<=': [4, (left, right) => toFlag(left <= right)],
  '>=': [4, (left, right) => toFlag(left >= right)],
  '+': [5, (left, right) => left + right],
  '-': [5, (left, right) => left - right],
  '*': [6, (left, right) => left * right],
  '/': [6, (left, right) => left / right],
  '^': [7, (left, right) => left ** right],
}

/** Fills the gaps of a value with a scalar, another series, or (`REPEAT`, `LINEAR`) what is around them. */
export function fillGaps(value: Value, filler: Value | 'REPEAT' | 'LINEAR'): Value {
  return eachSeries(value, (points) => {
    if (filler === 'REPEAT') return repeatLast(points)
    if (filler === 'LINEAR') return drawLines(points)
    if (isList(filler)) throw new Error('FILL takes no array of time series as filler')
    const { points: fillers } = join(
      { points: points.map(() => 0) },
      filler,
      (_, fill) => fill,
    ) as Series
    return points.map((point, index) => point ?? fillers[index])
  })
}

function repeatLast(points: Points): Points {
  let last: number | undefined
  return points.map((point) => {
    last = point ?? last
    return last
  })
}

/** Between two points stands what a straight line between them gives; outside there is nothing. */
function drawLines(points: Points): Points {
  return points.map((point, index) => {
    const before = points.findLastIndex((one, at) => at <= index && one !== undefined)
    const after = points.findIndex((one, at) => at >= index && one !== undefined)
    const [from, to] = [points[before], points[after]]
    if (point !== undefined || from === undefined || to === undefined) return point
    return from + ((to - from) * (index - before)) / (after - before)
  })
}
