import { clientFields, toIssuer } from './client-fields.ts'
import { readFields, type ValuesOf } from './field.ts'

/** One configured app client, every default filled in. */
export type Client = ValuesOf<typeof clientFields>

/** Notes a problem under a field's path; values are never part of it. */
type Note = (field: string, problem: string) => void

/**
 * Reads one client of the settings. Every problem is noted; the client is returned only to be checked
 * further, and must not be used where anything was noted.
 */
export function parseClient(value: unknown, note: Note): Client | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    note('', 'must be an object')
    return undefined
  }
  const given: Readonly<Record<string, unknown>> = { ...value }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(clientFields, name)) note(toSafeName(name), 'is not known')
  }
  const read = readFields(clientFields, given, note)
  const client = { ...read, issuer: read.issuer ?? toIssuer(read.userPoolId) }
  noteContradictions(client, given['origins'] === undefined, note)
  return client
}

/** Notes what each field may be by itself, and not together with the others. */
function noteContradictions(client: Client, lacksOrigins: boolean, note: Note): void {
  const { origins, allowNoOrigin, redirectUris, grants } = client
  if (!lacksOrigins && origins.length === 0 && !allowNoOrigin) {
    note('origins', 'must not be empty without allowNoOrigin')
  }
  if (grants.includes('authorization_code') && redirectUris.length === 0) {
    note('redirectUris', 'must not be empty if the code grant is allowed')
  }
  // Browsers send cookies with what other sites make them ask, and only Origin tells.
  if (client.refreshToken === 'cookie' && allowNoOrigin) {
    note('allowNoOrigin', 'must not be true with refreshToken "cookie"')
  }
  if (client.refreshToken === 'cookie' && client.repeatRefreshToken) {
    note('repeatRefreshToken', 'may not be true with refreshToken "cookie"')
  }
  if (client.retryGracePeriodSeconds !== 0 && client.refreshTokenRotation !== 'on') {
    note('retryGracePeriodSeconds', 'needs refreshTokenRotation "on"')
  }
}

/** A name may be shown where it looks like one; anything else might be a value in the wrong place. */
export function toSafeName(name: string): string {
  return /^(?:[A-Za-z]{1,32}|TOKEN_PROXY_[A-Z_]{0,52})$/.test(name) ? name : 'something'
}
