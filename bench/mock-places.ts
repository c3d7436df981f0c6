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
}

/** What the process of the mocks says when it listens. */
export type Places = Readonly<Record<PlaceName, Place>>
