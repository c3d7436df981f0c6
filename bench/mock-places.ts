/** The mocks there are: with and without TLS, answering at once or as slowly as AWS. */
export const placeNames = ['plain', 'tls', 'plain-slow', 'tls-slow'] as const

/** A pair of mocks. */
export type PlaceName = (typeof placeNames)[number]

/** How long the slow mocks take to answer, as measured against AWS within a Region. */
export const slownessMs = { secretsManager: 10, cognito: 40 } as const

/** Where the mocks of a pair listen. */
export interface Place {
  readonly secretsManagerUrl: string
  readonly cognitoUrl: string
  /** Where user pools are described. */
  readonly describeUrl: string
}

/** Something that a slow mock saw, by the wall clock in milliseconds. */
export interface Sight {
  readonly what: string
  readonly atMs: number
}

/** What the process of the mocks answers when it is asked. */
export interface Seen {
  /** Connections to the mocks of Cognito, ever, by pair. */
  readonly connections: { readonly [P in PlaceName]?: number }
  /** What was seen since it was asked last. */
  readonly sights: readonly Sight[]
}

/** What the process of the mocks says when it listens. */
export type Places = Readonly<Record<PlaceName, Place>>
