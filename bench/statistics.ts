import type { Figure, Row, Spread } from './results.ts'

/** One value of each contestant, taken within one round. */
export type Round = Readonly<Record<string, number>>

/** Gives the value that `share` of all values do not exceed, with a straight line between neighbours. */
export function toQuantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}

/** Gives median and quartiles. */
export function toSpread(values: readonly number[]): Spread {
  return {
    median: toQuantile(values, 0.5),
    p25: toQuantile(values, 0.25),
    p75: toQuantile(values, 0.75),
  }
}

/**
 * Makes a figure of interleaved rounds. A ratio is taken within a round: what disturbs the machine then
 * disturbs both sides of it.
 */
export function toFigure(of: Omit<Figure, 'rows'>, rounds: readonly Round[]): Figure {
  const contestants = Object.keys(rounds[0] ?? {})
  return { ...of, rows: contestants.map((contestant) => toRow(contestant, of.reference, rounds)) }
}

function toRow(contestant: string, reference: string, rounds: readonly Round[]): Row {
  const values = rounds.map((round) => round[contestant] ?? Number.NaN)
  const ratios = rounds.map((round, index) => (values[index] ?? 0) / (round[reference] ?? 0))
  return {
    contestant,
    value: toSpread(values),
    ...(ratios.every(Number.isFinite) ? { ratio: toSpread(ratios) } : {}),
  }
}
