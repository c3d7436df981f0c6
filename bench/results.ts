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
  /** What evaluating each of them takes while the function is imported, most first. */
  readonly importMsByPackage: Readonly<Record<string, number>>
}

/** Puts the figures of a part that was measured again in the place of its earlier ones; all others stay. */
export function mergeResults(earlier: Results, part: Results): Results {
  const names = new Set(part.figures.map(({ name }) => name))
  const kept = earlier.figures.filter(({ name }) => !names.has(name))
  const isImportMeasured = Object.keys(part.importMsByPackage).length > 0
  return {
    ...earlier,
    command: [...new Set([...earlier.command.split('; '), part.command])].join('; '),
    versions: part.versions,
    figures: [...kept, ...part.figures],
    bytesByPackage: part.bytesByPackage,
    importMsByPackage: isImportMeasured ? part.importMsByPackage : earlier.importMsByPackage,
  }
}
