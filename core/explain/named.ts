import { decodeBase64 } from '../form.ts'
import { readRequest } from './pasted-request.ts'
import { findPastedSecrets } from './pasted-secrets.ts'
import { toReadable } from './readable-text.ts'

/** What a pasted text names that can be looked at in AWS. None of it is a credential. */
export interface Named {
  /** Undefined where the text names none, or several. */
  readonly clientId: string | undefined
  readonly userPoolId: string | undefined
  /** The base URL of what the text sends requests of OAuth to. */
  readonly domain: string | undefined
  /** The redirect URI of the exchange, where it is plain. */
  readonly redirectUri: string | undefined
  /** The alias in a record of the proxy. */
  readonly alias: string | undefined
}

/** The ids that Cognito makes: its secrets are twice as long, and people mistake one for the other. */
const clientIdForm = /^[a-z0-9]{25,26}$/
const basicValue = /\bbasic\s{1,4}([A-Za-z0-9+/]{16,512}={0,2})/gi
const idsOfPools = /\b([a-z]{2}(?:-[a-z]{2,9}){1,3}-\d_[0-9A-Za-z]{1,40})\b/g
const endpoints =
  /(https?:\/\/[a-z0-9.-]{1,253}(?::\d{1,5})?)\/(?:oauth2\/(?:token|authorize|revoke|userInfo)|login|logout)\b/gi
const aliases = /"client":\s?"([a-z][a-z0-9-]{0,31})"/g
const plainUri = /^[a-z][a-z0-9+.-]{0,40}:\/\/?[a-z0-9._~:/-]{1,160}$/i
/** A part of a path that is longer may be a credential. */
const longPart = /[^/.:-]{33,}/

/** Finds what a pasted text names: an app client, a user pool, a domain. Ambiguous names count as none. */
export function findNamed(pasted: string): Named {
  const text = toReadable(pasted)
  const { valuesOf, tokenRedirects } = readRequest(text)
  const ofBasic = capture(text, basicValue).map(readBasicId)
  const ids = [...valuesOf('client_id'), ...ofBasic].filter((id) => clientIdForm.test(id))
  return {
    clientId: toOnly(ids),
    userPoolId: toOnly(capture(text, idsOfPools)),
    domain: toOnly(capture(text, endpoints).map((url) => url.toLowerCase())),
    redirectUri: toOnly(tokenRedirects.filter(isPlain)),
    alias: toOnly(capture(text, aliases)),
  }
}

/** The user name of a Basic header is the client id (RFC 6749 section 2.3.1). */
function readBasicId(value: string): string {
  const decoded = decodeBase64(value)
  return decoded.ok ? decoded.value.split(':', 1).join('') : ''
}

function capture(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, group]) => String(group))
}

function isPlain(uri: string): boolean {
  return plainUri.test(uri) && !longPart.test(uri) && findPastedSecrets(uri).length === 0
}

function toOnly(values: readonly string[]): string | undefined {
  const [only, ...others] = new Set(values)
  return others.length === 0 ? only : undefined
}
