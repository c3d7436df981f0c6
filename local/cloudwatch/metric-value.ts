import type { Points } from './metric.ts'

/** What a metric math expression gives: a scalar, a time series, or an array of time series. */
export type Value = number | Series | readonly Series[]

/** A time series, one point for each period of the window that is looked at. */
export interface Series {
  readonly points: Points
}

/** Tells an array of time series from a single one. */
export function isList(value: Value): value is readonly Series[] {
  return Array.isArray(value)
}

/** Changes every point that is there; one that turns out not to be a number is dropped. */
export function mapPoints(value: Value, change: (point: number) => number): Value {
  if (typeof value === 'number') return change(value)
  if (isList(value)) return value.map((one) => mapSeries(one, change))
  return mapSeries(value, change)
}

function mapSeries({ points }: Series, change: (point: number) => number): Series {
  return { points: points.map((point) => (point === undefined ? undefined : keep(change(point)))) }
}

/**
 * Joins two values point by point. Between two series a missing point counts as 0 where the other has
 * one; against a scalar it stays missing. A point that cannot be computed (division by zero) is dropped.
 */
export function join(
  left: Value,
  right: Value,
  operate: (left: number, right: number) => number,
): Value {
  if (typeof left === 'number') return mapPoints(right, (point) => operate(left, point))
  if (typeof right === 'number') return mapPoints(left, (point) => operate(point, right))
  if (isList(left) && isList(right)) throw new Error('no operator takes two arrays of time series')
  if (isList(left)) return left.map((one) => joinSeries(one, right as Series, operate))
  if (isList(right)) return right.map((one) => joinSeries(left, one, operate))
  return joinSeries(left, right, operate)
}

function joinSeries(
  left: Series,
  right: Series,
  operate: (left: number, right: number) => number,
): Series {
  const points = left.points.map((point, index) => {
    const other = right.points[index]
    if (point === undefined && other === undefined) return undefined
    return keep(operate(point ?? 0, other ?? 0))
  })
  return { points }
}

/**
 * Reduces the points of a single series to a scalar, or an array of series, period by period, to one
 * series; missing points take no part.
 */
export function reduce(
  value: Value,
  toOne: (points: readonly number[], of: number) => number,
): Value {
  if (typeof value === 'number') throw new Error('a scalar cannot be reduced')
  if (!isList(value)) {
    const present = value.points.filter((point) => point !== undefined)
    return toOne(present, present.length)
  }
  const periods = value[0]?.points ?? []
  return {
    points: periods.map((_, index) => {
      const present = value.map(({ points }) => points[index]).filter((one) => one !== undefined)
      return present.length === 0 ? undefined : toOne(present, value.length)
    }),
  }
}

function keep(point: number): number | undefined {
  return Number.isFinite(point) ? point : undefined
}
