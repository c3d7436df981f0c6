/** The middle half of several values, by their quartiles. */
export interface Spread {
  readonly median: number
  readonly p25: number
  readonly p75: number
}

/** What one contestant reached. */
export interface Row {
  readonly contestant: string
  readonly value: Spread
  /** The value over that of the figure's reference in the same round. */
  readonly ratio?: Spread
}

/** One thing that was measured, for everybody who took part. */
export interface Figure {
  readonly name: string
  readonly title: string
  readonly unit: 'ms' | 'bytes' | 'connections' | 'MB'
  /** The contestant that the ratios are over. */
  readonly reference: string
  readonly rows: readonly Row[]
}

/** One run, with what it ran on. */
export interface Results {
  readonly command: string
  readonly machine: Readonly<Record<string, string>>
  readonly versions: Readonly<Record<string, string>>
  readonly figures: readonly Figure[]
  /** Static bytes of the proxy's function by the package that they come from, most first. */
  readonly bytesByPackage: Readonly<Record<string, number>>
}
