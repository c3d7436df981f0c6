import { clientFields, toIssuer } from './client-fields.ts'
import { readFields, type ValuesOf } from './field.ts'
import type { Problems } from './problems.ts'

/** One configured app client, every default filled in. */
export type Client = ValuesOf<typeof clientFields>

/**
 * Reads one client of the settings. Every problem is noted; the client is returned only to be checked
 * further, and must not be used where anything was noted.
 *
 * @param place where it stands in the settings
 */
export function parseClient(value: unknown, place: string, problems: Problems): Client | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    problems.note(place, 'must be an object')
    return undefined
  }
  const given: Readonly<Record<string, unknown>> = { ...value }
  const note = (field: string, problem: string) => problems.note(`${place}.${field}`, problem)
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(clientFields, name))
  for (const name of unknown) note(toSafeName(name), 'is not known')
  const read = readFields(clientFields, given, note)
  const client = { ...read, issuer: read.issuer ?? toIssuer(read.userPoolId) }
  for (const { fields, isBroken, problem, loosens } of contradictions) {
    const isSound = problems.isSound(...fields.map((field) => `${place}.${field}`))
    // A name that is not known may be this one, misspelt.
    const isMisspelt = loosens !== undefined && unknown.length > 0 && !(loosens in given)
    const [first = ''] = fields
    if (isSound && !isMisspelt && isBroken(client)) note(first, problem)
  }
  return client
}

/** What fields must not be together; the problem is noted at the first of them. */
const contradictions: readonly {
  readonly fields: readonly (keyof Client)[]
  readonly isBroken: (client: Client) => boolean
  readonly problem: string
  /** A switch that the problem names and that loosens a check, so that nobody may set it by mistake. */
  readonly loosens?: keyof Client
}[] = [
  {
    fields: ['origins', 'allowNoOrigin'],
    loosens: 'allowNoOrigin',
    isBroken: ({ origins, allowNoOrigin }) => origins.length === 0 && !allowNoOrigin,
    problem: 'must not be empty without allowNoOrigin',
  },
  {
    fields: ['redirectUris', 'grants'],
    isBroken: ({ redirectUris, grants }) =>
      grants.includes('authorization_code') && redirectUris.length === 0,
    problem: 'must not be empty if the code grant is allowed',
  },
  {
    fields: ['userPoolRegion', 'userPoolId'],
    isBroken: ({ userPoolId, userPoolRegion }) =>
      userPoolRegion !== undefined && userPoolId === undefined,
    problem: 'needs userPoolId',
  },
  {
    // Browsers send cookies with what other sites make them ask, and only Origin tells.
    fields: ['allowNoOrigin', 'refreshToken'],
    isBroken: ({ refreshToken, allowNoOrigin }) => refreshToken === 'cookie' && allowNoOrigin,
    problem: 'must not be true with refreshToken "cookie"',
  },
  {
    fields: ['repeatRefreshToken', 'refreshToken'],
    isBroken: ({ refreshToken, repeatRefreshToken }) =>
      refreshToken === 'cookie' && repeatRefreshToken,
    problem: 'may not be true with refreshToken "cookie"',
  },
  {
    fields: ['retryGracePeriodSeconds', 'refreshTokenRotation'],
    isBroken: ({ retryGracePeriodSeconds, refreshTokenRotation }) =>
      retryGracePeriodSeconds !== 0 && refreshTokenRotation !== 'on',
    problem: 'needs refreshTokenRotation "on"',
  },
]

/** A name may be shown where it looks like one; anything else might be a value in the wrong place. */
export function toSafeName(name: string): string {
  return /^(?:[A-Za-z]{1,32}|TOKEN_PROXY_[A-Z_]{0,52})$/.test(name) ? name : 'something'
}
