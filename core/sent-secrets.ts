import { decodeBase64, formLimits } from './form.ts'
import type { GatewayEvent } from './gateway-event.ts'
import { Secret } from './secret.ts'

/** Everything in a request that has the form of a client secret. */
export interface SentSecrets {
  /** Sent where credentials are sent. */
  readonly asCredential: readonly Secret[]
  /** Sent in any other header, parameter or field. */
  readonly elsewhere: readonly Secret[]
}

/** No front end has more reasons than this; it bounds what a request costs, whatever is in it. */
const mostCompared = 64
/** The documented form of Cognito's client secrets: 24 to 64 word characters and plus signs. */
const words = /[\w+]+/g
const shortest = 24
const longest = 64
/** What may stand in such a word, as it came or encoded, by its code. */
const inRun = Array.from({ length: 0x80 }, (_, code) => /[\w+%]/.test(String.fromCharCode(code)))

const credentialNames = /^(?:client_secret|client_assertion\w*|assertion|username|password)$/
const basic = /^\s*basic\s+([A-Za-z0-9+/=]+)\s*$/i
const percentEscape = /%([0-9a-f]{2})/gi

/**
 * Finds what may be a client secret, wherever and however it was sent: a front end that leaks one seldom
 * follows a standard. The values stay sealed.
 *
 * @see the Cognito API's ClientSecretType
 */
export function findSentSecrets(event: GatewayEvent): SentSecrets {
  const credentials: string[] = []
  const others: string[] = []
  addWords(event.query, others)
  for (const [name, value] of event.headers) {
    const isAuthorization = name === 'authorization'
    addWords(value, isAuthorization ? credentials : others)
    if (isAuthorization) addWords(decodeBasic(value), credentials)
  }
  // It is no header any more, and a secret may be sent in it as in any other.
  if (event.edgeKey !== undefined) addWords(event.edgeKey.reveal(), others)
  for (const part of readBody(event).split('&')) {
    if (part.length < shortest) continue
    const name = part.slice(0, Math.max(0, part.indexOf('=')))
    addWords(part, credentialNames.test(name) ? credentials : others)
  }
  // The HTTP API takes cookies out of the headers.
  for (const value of event.cookies.values()) if (value !== undefined) addWords(value, others)
  const asCredential = toSecrets(credentials, mostCompared)
  return { asCredential, elsewhere: toSecrets(others, mostCompared - asCredential.length) }
}

/**
 * What cannot be read holds no secret that anybody could read. Of a longer body than the endpoints read, only
 * the beginning is searched: anybody can send megabytes.
 */
function readBody({ body, isBase64Encoded }: GatewayEvent): string {
  const text = isBase64Encoded ? decodeBase64(body) : undefined
  if (text === undefined) return body.slice(0, formLimits.bodyBytes)
  return text.ok ? text.value : ''
}

function decodeBasic(value: string): string {
  const pair = decodeBase64(basic.exec(value)?.[1] ?? '')
  return pair.ok ? pair.value : ''
}

function toSecrets(found: readonly string[], most: number): readonly Secret[] {
  return found.slice(0, most).map((value) => new Secret(value))
}

/**
 * Adds the words of a text. A run of their characters that is long enough has one at one of any places that are
 * as far apart: only those are looked at.
 */
function addWords(text: string, found: string[]): void {
  for (let at = shortest - 1; at < text.length; at += shortest) {
    let start = at
    while (start >= 0 && isInRun(text, start)) start -= 1
    if (start === at) continue
    while (at < text.length && isInRun(text, at)) at += 1
    if (at - start > shortest) addWordsOfRun(text.slice(start + 1, at), found)
  }
}

function isInRun(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code < inRun.length && inRun[code] === true
}

/** A run is searched as it came and decoded, since a plus sign may have come either way. */
function addWordsOfRun(run: string, found: string[]): void {
  if (!run.includes('%')) {
    // Then all of it is one word.
    addWord(run, found)
    return
  }
  for (const text of [run, toDecoded(run)]) {
    for (const word of text.match(words) ?? []) addWord(word, found)
  }
}

/** A plus sign is part of a secret, or a space of a form: what stands between any two of them is a word, too. */
function addWord(word: string, found: string[]): void {
  addOnce(word, found)
  if (!word.includes('+')) return
  const parts = word.split('+', mostCompared)
  for (const start of parts.keys()) {
    for (let end = start + 1; end <= parts.length; end += 1) {
      const joined = parts.slice(start, end).join('+')
      if (joined.length > longest) break
      addOnce(joined, found)
    }
  }
}

function addOnce(word: string, found: string[]): void {
  if (word.length < shortest || word.length > longest) return
  if (found.length < mostCompared && !found.includes(word)) found.push(word)
}

function toDecoded(text: string): string {
  return text.replace(percentEscape, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}
