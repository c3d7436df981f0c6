import { edgeKeyHeader } from '../edge-key.ts'
import { isBaseUrl, isOrigin, isPlainUrl, isRedirectUri } from './addresses.ts'

/** What a text has to look like. */
export interface TextSyntax {
  /** What an editor can check, too, from a JSON Schema; it has no flags. */
  readonly pattern: RegExp
  /** What only code can check besides. */
  readonly check?: (text: string) => boolean
}

/** Whether a value is a text of this syntax. */
export function hasSyntax(value: unknown, { pattern, check }: TextSyntax): boolean {
  return typeof value === 'string' && pattern.test(value) && (check === undefined || check(value))
}

/** The whole last part of a name; `exchange/media` is none. */
const placeholder =
  /(?:^|[/:])(?:change[-_]?me|replace[-_]?me|placeholder|your[-_]secret|xxx+|todo)$/i
const baseUrl = /^https?:\/\/[^/?#]+$/
/** A record must stay within 2 KiB. */
const longestRunbookUrl = 256

/** The syntax of every text in the settings; each is anchored at both ends. */
export const syntaxes = {
  /** The name of a client; `unknown` stands in metrics for a request that named none. */
  alias: {
    pattern: /^[a-z][a-z0-9-]{0,31}$/,
    check: (text) => !['unknown', 'cookie-key'].includes(text),
  },
  clientId: { pattern: /^[\w+]{1,128}$/ },
  /** The name or ARN of a secret, and not a placeholder. */
  secretId: {
    pattern:
      /^(?:arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:)?[A-Za-z0-9/_+=.@!-]{1,512}$/,
    check: (text) => !placeholder.test(text),
  },
  baseUrl: { pattern: baseUrl, check: isBaseUrl },
  plainUrl: { pattern: /^https?:\/\/[^?#]+$/, check: isPlainUrl },
  runbookUrl: {
    pattern: /^https?:\/\/[^?#]+$/,
    check: (text) => isPlainUrl(text) && text.length <= longestRunbookUrl,
  },
  /** It begins with the pool's Region. */
  userPoolId: {
    pattern: /^([a-z]{2}(?:-[a-z0-9]+)+)_[0-9A-Za-z]{1,40}$/,
    check: (text) => text.length <= 55,
  },
  region: { pattern: /^[a-z]{2}(?:-[a-z]+)+-\d$/ },
  origin: { pattern: /^(?:https?|chrome-extension):\/\/[^/?#]+$/, check: isOrigin },
  /** A header that pages may add; the one that proves a CDN is none of them. */
  headerName: {
    pattern: /^[a-z0-9][a-z0-9_-]{0,63}$/,
    check: (text) => text !== edgeKeyHeader,
  },
  edgeKeyDigests: { pattern: /^[0-9a-f]{64}(?:,[0-9a-f]{64})?$/ },
  redirectUri: { pattern: /^[A-Za-z][A-Za-z0-9+.-]*:[^#*]*$/, check: isRedirectUri },
  /** RFC 6749 section 3.3. */
  scope: { pattern: /^[\x21\x23-\x5b\x5d-\x7e]{1,256}$/ },
  tableName: { pattern: /^[A-Za-z0-9_.-]{3,255}$/ },
  service: { pattern: /^[a-z][a-z0-9-]{0,31}$/ },
  watch: { pattern: /^(?:full|small)$/ },
} as const satisfies Readonly<Record<string, TextSyntax>>
