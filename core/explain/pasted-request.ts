import { decodeBase64 } from '../form.ts'
import type { OAuthStep } from './wording.ts'

/** How the Basic header of a pasted request is made; nothing of its value is kept. */
export type BasicForm =
  | 'absent'
  | 'sound'
  | 'hidden'
  | 'empty_secret'
  | 'percent_encoded'
  | 'not_a_pair'
  | 'encoded_twice'

/** What a pasted text says of the request that failed. */
export interface PastedRequest {
  readonly method: string | undefined
  /** The paths of all addresses in the text. */
  readonly paths: readonly string[]
  readonly step: OAuthStep | undefined
  readonly basic: BasicForm
  /** Whether the text holds a request with its parameters, and not only an address. */
  readonly isShown: boolean
  /** All values of a known parameter, in their order. */
  readonly valuesOf: (name: ParameterName) => readonly string[]
  /** The value of a header; undefined where the text does not show it. */
  readonly headerOf: (name: HeaderName) => string | undefined
  /** The redirect URIs in addresses of the sign-in page. */
  readonly authorizeRedirects: readonly string[]
  /** The redirect URIs in requests to the token endpoint. */
  readonly tokenRedirects: readonly string[]
}

const parameterNames = [
  ...['grant_type', 'client_id', 'client_secret', 'code', 'code_verifier', 'redirect_uri'],
  ...['redirect_url', 'refresh_token', 'scope', 'resource', 'username', 'response_type'],
  ...['code_challenge', 'code_challenge_method', 'logout_uri', 'post_logout_redirect_uri', 'token'],
] as const
type ParameterName = (typeof parameterNames)[number]
const headerNames = ['content-type', 'accept', 'authorization', 'server', 'user-agent'] as const
type HeaderName = (typeof headerNames)[number]

const addresses = /https?:\/\/[^\s/"'<>?#]{1,255}(\/[^\s"'<>?#]{0,512})?(\?[^\s"'<>#]{0,4096})?/g

/**
 * Reads what a text says of a request: a curl command, a request of a browser's network tab, a log line or an
 * address. It is lenient, because people paste parts; what it cannot find is undefined and proves nothing.
 */
export function readRequest(text: string): PastedRequest {
  const found = [...text.matchAll(addresses)]
  const paths = found.map((match) => match[1] ?? '/')
  const values = (part: string) => (name: ParameterName) => readValues(part, name)
  const queries = found.filter((match) => /\/(?:oauth2\/authorize|login)$/.test(match[1] ?? ''))
  const signIns = queries.map((match) => match[2] ?? '').join('\n')
  const others = queries.reduce((rest, match) => rest.replace(match[0], ''), text)
  const valuesOf = values(text)
  return {
    method: readMethod(text),
    paths,
    step: readStep(text, valuesOf('grant_type').at(-1), paths),
    basic: readBasic(readHeader(text, 'authorization'), text),
    isShown: valuesOf('grant_type').length > 0 && isRequest(text, paths, valuesOf),
    valuesOf,
    headerOf: (name) =>
      readHeader(name === 'content-type' ? text.slice(0, findAnswer(text)) : text, name),
    authorizeRedirects: values(signIns)('redirect_uri'),
    tokenRedirects: values(others)('redirect_uri'),
  }
}

/** People also sum a request up in a few fields, and leave out what they do not think of. */
function isRequest(
  text: string,
  paths: readonly string[],
  valuesOf: PastedRequest['valuesOf'],
): boolean {
  return paths.length > 0 || /\bgrant_type=/.test(text) || valuesOf('client_id').length > 0
}

function readValues(text: string, name: ParameterName): readonly string[] {
  const pattern = new RegExp(
    `(?:^|[\\s?&"'{,(;])${name}["']?\\s{0,4}[=:]\\s{0,4}["']?([^\\s"'&,}<>;)]{0,2048})`,
    'gm',
  )
  return [...text.matchAll(pattern)].map(([, value]) => String(value))
}

function readHeader(text: string, name: HeaderName): string | undefined {
  const match = new RegExp(
    `(^|[\\s"'{,<>])${name}["']?\\s{0,4}:\\s{0,4}([^\\n]{0,2048})`,
    'im',
  ).exec(text)
  if (match === null) return undefined
  const [, opening = '', rest = ''] = match
  const isQuoted = opening === '"' || opening === "'"
  const from = isQuoted && rest.startsWith(opening) ? 1 : 0
  const end = isQuoted ? rest.indexOf(opening, from) : -1
  return rest.slice(from, end === -1 ? undefined : end).trim()
}

/** Where the answer begins, whose Content-Type is not that of the request. */
function findAnswer(text: string): number | undefined {
  return /^[<\s]{0,3}HTTP\/[\d.]{1,3} \d{3}|\bresponse\b/im.exec(text)?.index
}

function readMethod(text: string): string | undefined {
  const named =
    /(?:-X|--request)[ =]{0,2}["']?([A-Z]{3,7})\b|\b(GET|POST|PUT|DELETE|HEAD|PATCH)\s{1,3}(?:https?:\/\/|\/)|["']?method["']?\s{0,4}:\s{0,4}["']([A-Za-z]{3,7})/.exec(
      text,
    )
  if (named !== null) return (named[1] ?? named[2] ?? named[3])?.toUpperCase()
  if (!/\bcurl\b/.test(text)) return undefined
  return /(?:^|\s)(?:-d|-F|--data[a-z-]{0,12}|--form|--json)\b/m.test(text) ? 'POST' : 'GET'
}

const steps: Readonly<Record<string, OAuthStep>> = {
  authorization_code: 'code',
  refresh_token: 'refresh',
  client_credentials: 'machine',
}

function readStep(
  text: string,
  grantType: string | undefined,
  paths: readonly string[],
): OAuthStep | undefined {
  const step = steps[grantType ?? '']
  if (step !== undefined) return step
  const ends = (end: string) => paths.some((path) => path.endsWith(end))
  if (ends('/revoke')) return 'revocation'
  if (/\/logout\b/.test(text)) return 'logout'
  if (/\bclient[_ ]credentials\b/i.test(text)) return 'machine'
  if (
    /[?&]code=|\bauthori[sz]ation[_ ]code\b|\bcode exchange\b|\bexchang\w{1,4}\b[^\n]{0,24}\bcode\b/i.test(
      text,
    )
  )
    return 'code'
  // The page of a browser is refreshed, too.
  if (
    /\brefresh(?:ing|ed|_token| token|Token)?\b/i.test(text) &&
    !/\b(?:page|browser|on refresh|after (?:a )?refresh of)\b/i.test(text)
  )
    return 'refresh'
  return ends('/oauth2/authorize') || ends('/login') ? 'authorize' : undefined
}

function readBasic(authorization: string | undefined, text: string): BasicForm {
  const encoded = /^basic\s{1,4}([^\s"',}]{1,4096})/i.exec(authorization ?? '')?.[1]
  if (encoded === undefined) {
    return /(?:^|\s)(?:-u|--user)[ =]["']?[^\s:"']{1,128}:[^\s"']/.test(text) ? 'sound' : 'absent'
  }
  const decoded = decodeBase64(encoded)
  // Most people cross the value out before they paste it.
  if (!decoded.ok || encoded.length < 8) return 'hidden'
  const pair = decoded.value.trim()
  if (!pair.includes(':')) return isPair(pair) ? 'encoded_twice' : 'not_a_pair'
  if (pair.endsWith(':')) return 'empty_secret'
  return /%[0-9A-Fa-f]{2}/.test(pair) ? 'percent_encoded' : 'sound'
}

function isPair(encoded: string): boolean {
  const decoded = decodeBase64(encoded)
  return decoded.ok && decoded.value.includes(':')
}
