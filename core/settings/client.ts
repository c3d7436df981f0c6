import { type GrantType, grantTypes } from '../causes/cause.ts'
import { isBaseUrl, isOrigin, isPlainUrl, isRedirectUri } from './addresses.ts'
import { clientFields } from './table.ts'

/** One configured app client, every default filled in. */
export interface Client {
  readonly name: string
  readonly clientId: string
  readonly secretId: string
  readonly domain: string
  readonly userPoolId: string | undefined
  readonly issuer: string | undefined
  readonly origins: readonly string[]
  readonly allowNoOrigin: boolean
  readonly redirectUris: readonly string[]
  readonly grants: readonly GrantType[]
  /** Where the front end keeps it: in its own hands, or in a cookie that no script can read. */
  readonly refreshToken: 'body' | 'cookie'
  readonly refreshTokenRotation: 'off' | 'on' | 'unknown'
  readonly retryGracePeriodSeconds: number
}

/** Notes a problem under a field's path; values are never part of it. */
type Note = (field: string, problem: string) => void
type Fields = Readonly<Record<string, unknown>>

const aliasForm = /^[a-z][a-z0-9-]{0,31}$/
const clientIdForm = /^[\w+]{1,128}$/
const poolIdForm = /^([a-z]{2}(?:-[a-z0-9]+)+)_[0-9A-Za-z]{1,40}$/
const secretIdForm =
  /^(?:arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:)?[A-Za-z0-9/_+=.@!-]{1,512}$/
/** The whole last part of a name; `exchange/media` is none. */
const placeholder =
  /(?:^|[/:])(?:change[-_]?me|replace[-_]?me|placeholder|your[-_]secret|xxx+|todo)$/i

/**
 * Reads one client of the settings. Every problem is noted; the client is returned only to be checked
 * further, and must not be used where anything was noted.
 */
export function parseClient(value: unknown, note: Note): Client | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    note('', 'must be an object')
    return undefined
  }
  const fields: Fields = { ...value }
  for (const name of Object.keys(fields)) {
    if (!Object.hasOwn(clientFields, name)) note(toSafeName(name), 'is not known')
  }
  const userPoolId = readOptional(fields, 'userPoolId', isPoolId, 'must be a user pool id', note)
  const client: Client = {
    name: readText(fields, 'name', isAlias, 'must match [a-z][a-z0-9-]{0,31}', note),
    clientId: readText(fields, 'clientId', isClientId, "must be an app client's id", note),
    secretId: readText(fields, 'secretId', isSecretId, 'must name a secret', note),
    domain: readText(fields, 'domain', isBaseUrl, 'must be https://HOST without a path', note),
    userPoolId,
    issuer:
      readOptional(fields, 'issuer', isPlainUrl, 'must be an https URL', note) ??
      toIssuer(userPoolId),
    ...readCallers(fields, note),
    refreshToken: readRefreshToken(fields, note),
    ...readRotation(fields, note),
  }
  return client
}

/** Whether a text is the name or ARN of a secret, and not one that was to be replaced. */
export function isSecretId(text: string): boolean {
  return secretIdForm.test(text) && !placeholder.test(text)
}

/** A name may be shown where it looks like one; anything else might be a value in the wrong place. */
export function toSafeName(name: string): string {
  return /^(?:[A-Za-z]{1,32}|TOKEN_PROXY_[A-Z_]{0,52})$/.test(name) ? name : 'something'
}

const isAlias = (text: string) => aliasForm.test(text) && text !== 'unknown'
const isClientId = (text: string) => clientIdForm.test(text)
const isPoolId = (text: string) => poolIdForm.test(text) && text.length <= 55

function toIssuer(userPoolId: string | undefined): string | undefined {
  const region = poolIdForm.exec(userPoolId ?? '')?.[1]
  const suffix = region?.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
  return region && `https://cognito-idp.${region}.${suffix}/${userPoolId}`
}

type Callers = Pick<Client, 'origins' | 'allowNoOrigin' | 'redirectUris' | 'grants'>

function readCallers(fields: Fields, note: Note): Callers {
  const origins = readList(fields, 'origins', isOrigin, 'must be an exact https origin', note)
  const redirectUris = readList(
    fields,
    'redirectUris',
    isRedirectUri,
    'must be an https, loopback or private-scheme URI without a fragment',
    note,
  )
  const allowNoOrigin = fields['allowNoOrigin'] ?? false
  if (typeof allowNoOrigin !== 'boolean') note('allowNoOrigin', 'must be true or false')
  if (fields['origins'] === undefined) note('origins', 'is missing')
  else if (origins.length === 0 && allowNoOrigin !== true) {
    note('origins', 'may be empty only with allowNoOrigin')
  }
  const grants = readGrants(fields, note)
  if (grants.includes('authorization_code') && redirectUris.length === 0) {
    note('redirectUris', 'may not be empty where the code grant is allowed')
  }
  return { origins, allowNoOrigin: allowNoOrigin === true, redirectUris, grants }
}

function readGrants(fields: Fields, note: Note): readonly GrantType[] {
  if (fields['grants'] === undefined) return grantTypes
  const isGrant = (text: string) => grantTypes.some((known) => known === text)
  const named = readList(fields, 'grants', isGrant, 'must be a grant that is carried', note)
  if (named.length === 0) note('grants', 'may not be empty')
  return grantTypes.filter((known) => named.includes(known))
}

function readRefreshToken(fields: Fields, note: Note): Client['refreshToken'] {
  const place = fields['refreshToken'] ?? 'body'
  if (place === 'body') return place
  if (place !== 'cookie') {
    note('refreshToken', 'must be "body" or "cookie"')
    return 'body'
  }
  // Browsers send cookies with what other sites make them ask, and only Origin tells.
  if (fields['allowNoOrigin'] === true)
    note('allowNoOrigin', 'may not be true with refreshToken "cookie"')
  return place
}

type Rotation = Pick<Client, 'refreshTokenRotation' | 'retryGracePeriodSeconds'>

function readRotation(fields: Fields, note: Note): Rotation {
  const refreshTokenRotation = fields['refreshTokenRotation'] ?? 'unknown'
  const grace = fields['retryGracePeriodSeconds'] ?? 0
  const isGrace = typeof grace === 'number' && Number.isInteger(grace) && grace >= 0 && grace <= 60
  if (!isGrace) note('retryGracePeriodSeconds', 'must be a whole number from 0 to 60')
  if (grace !== 0 && refreshTokenRotation !== 'on') {
    note('retryGracePeriodSeconds', 'means something only with refreshTokenRotation "on"')
  }
  const known = (['off', 'on', 'unknown'] as const).find((one) => one === refreshTokenRotation)
  if (known === undefined) note('refreshTokenRotation', 'must be "off", "on" or "unknown"')
  return {
    refreshTokenRotation: known ?? 'unknown',
    retryGracePeriodSeconds: isGrace ? grace : 0,
  }
}

type Check = (text: string) => boolean

function readText(fields: Fields, name: string, check: Check, rule: string, note: Note): string {
  const value = fields[name]
  if (value === undefined) note(name, 'is missing')
  else if (typeof value !== 'string' || !check(value)) note(name, rule)
  return typeof value === 'string' ? value : ''
}

function readOptional(
  fields: Fields,
  name: string,
  check: Check,
  rule: string,
  note: Note,
): string | undefined {
  return fields[name] === undefined ? undefined : readText(fields, name, check, rule, note)
}

function readList(
  fields: Fields,
  name: string,
  check: Check,
  rule: string,
  note: Note,
): readonly string[] {
  const value = fields[name] ?? []
  if (!Array.isArray(value)) {
    note(name, 'must be a list')
    return []
  }
  const texts: string[] = []
  for (const [index, text] of value.entries()) {
    if (typeof text !== 'string' || !check(text)) note(`${name}[${index}]`, rule)
    else if (texts.includes(text)) note(`${name}[${index}]`, 'is there twice')
    else texts.push(text)
  }
  return texts
}
