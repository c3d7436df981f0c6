/** What is measured, by the names that begin the names of the figures. */
export const partNames = [
  ...(['cold-tls', 'cold-tls-slow', 'cold-plain', 'cold-plain-slow'] as const),
  ...(['runtime', 'import', 'warm-tls', 'burst-tls', 'invalid-grant'] as const),
  ...(['warm-plain', 'warm-tls-slow', 'diagnosed', 'silence'] as const),
  ...(['refusal', 'clients', 'logged-bytes', 'memory'] as const),
] as const
/** The name of one of them. */
export type PartName = (typeof partNames)[number]

/** How often everything is measured. */
export interface Plan {
  readonly coldRounds: number
  readonly warmUp: number
  /** Exchanges with 20 at once, in one go, whose connections are counted. */
  readonly burstWarmUp: number
  readonly warmRounds: number
  /** Exchanges of a round, one at a time. */
  readonly warmCount: number
  /** Exchanges of a round, with 20 at once. */
  readonly burstCount: number
  readonly slowRounds: number
  /** Exchanges of a round where the mocks wait as long as AWS does. */
  readonly slowCount: number
  /** Memory is compared after these counts of exchanges; undefined leaves it out. */
  readonly memoryCounts: readonly [few: number, many: number] | undefined
}

/** A run of some minutes. */
export const fullPlan: Plan = {
  coldRounds: 15,
  warmUp: 1_500,
  burstWarmUp: 8_000,
  warmRounds: 15,
  warmCount: 300,
  burstCount: 600,
  slowRounds: 3,
  slowCount: 20,
  memoryCounts: undefined,
}

/** A full run with the growth of memory over a million exchanges. */
export const longPlan: Plan = { ...fullPlan, memoryCounts: [10_000, 1_000_000] }

/** A run of about a minute on a quiet machine: it shows that everything works, and its figures are rough. */
export const quickPlan: Plan = {
  coldRounds: 5,
  warmUp: 150,
  burstWarmUp: 400,
  warmRounds: 5,
  warmCount: 60,
  burstCount: 120,
  slowRounds: 1,
  slowCount: 3,
  memoryCounts: undefined,
}
