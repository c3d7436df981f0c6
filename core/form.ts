import { fail, type Result } from './causes/catalogue.ts'

/** Limits of a token request, in bytes where not a count; each is inclusive. */
export const formLimits = { bodyBytes: 16384, parameters: 20, nameBytes: 64, valueBytes: 8192 }

/** Decoded parameters by name; a `Map`, so that `__proto__` is a name like any other. */
export type Form = ReadonlyMap<string, string>

const base64 = /^[A-Za-z0-9+/]*={0,2}$/
/** ASCII is its own UTF-8. */
const ascii = /^\p{ASCII}*$/u
/** What decodes to itself, and has no control character in it. */
const plain = /^[ -$&-~]*$/
const percentEncoded = /^(?:[^%]|%[0-9A-Fa-f]{2})*$/
/** A percent sign that does not begin an escape of ASCII. */
const otherPercent = /%(?![0-7][0-9A-Fa-f])/
/** The line separators are none by name, but some readers of logs break lines at them. */
const controlCharacter = /[\p{Cc}\u2028\u2029]/u
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * Reads a gateway event's body as form parameters (WHATWG URL, application/x-www-form-urlencoded), but
 * refuses what lenient decoders replace: bad base64, UTF-8 or percent-encoding, control characters,
 * repeats. An empty value counts as absent. Fails with `body_too_large`, `body_malformed`,
 * `parameter_repeated`.
 *
 * @see RFC 6749 section 3.2 and appendix B
 */
export function parseForm(body: string, isBase64: boolean): Result<Form> {
  const text = isBase64 ? decodeBase64(body) : checkSize(body)
  if (!text.ok) return text
  const first = text.value.trimStart()[0]
  if (first === undefined) return fail('body_malformed', { detail: 'empty' })
  if (first === '{' || first === '[') return fail('body_malformed', { detail: 'json' })
  const pairs = text.value.split('&').filter((pair) => pair !== '')
  if (pairs.length > formLimits.parameters) return fail('body_too_large', { detail: 'parameters' })
  return readPairs(pairs)
}

/** Reads base64 of UTF-8 text, within the limit of a body. Fails with `body_too_large`, `body_malformed`. */
export function decodeBase64(body: string): Result<string> {
  if (body.length > Math.ceil(formLimits.bodyBytes / 3) * 4) {
    return fail('body_too_large', { detail: 'body' })
  }
  if (!isBase64(body)) return fail('body_malformed', { detail: 'base64' })
  const binary = atob(body)
  if (binary.length > formLimits.bodyBytes) return fail('body_too_large', { detail: 'body' })
  if (ascii.test(binary)) return { ok: true, value: binary }
  return decodeUtf8(Uint8Array.from(binary, (character) => character.charCodeAt(0)))
}

/** Groups of four, the last of two or three with or without its padding. */
function isBase64(text: string): boolean {
  if (!base64.test(text)) return false
  const padding = text.indexOf('=')
  return padding < 0 ? text.length % 4 !== 1 : text.length % 4 === 0
}

function checkSize(body: string): Result<string> {
  if (isLonger(body, formLimits.bodyBytes)) {
    return fail('body_too_large', { detail: 'body' })
  }
  return body.isWellFormed()
    ? { ok: true, value: body }
    : fail('body_malformed', { detail: 'utf8' })
}

function readPairs(pairs: readonly string[]): Result<Form> {
  const form = new Map<string, string>()
  for (const pair of pairs) {
    const split = pair.indexOf('=')
    const name = decodePart(split < 0 ? pair : pair.slice(0, split))
    if (!name.ok) return name
    const value = decodePart(split < 0 ? '' : pair.slice(split + 1))
    if (!value.ok) return value
    if (isLonger(name.value, formLimits.nameBytes)) {
      return fail('body_too_large', { detail: 'name' })
    }
    if (isLonger(value.value, formLimits.valueBytes)) {
      return fail('body_too_large', { detail: 'value' })
    }
    if (form.has(name.value)) return fail('parameter_repeated')
    form.set(name.value, value.value)
  }
  for (const [name, value] of form) if (value === '') form.delete(name)
  return { ok: true, value: form }
}

/** Decodes one form-encoded name or value. Fails with `body_malformed`. */
export function decodePart(part: string): Result<string> {
  const spaced = part.includes('+') ? part.replaceAll('+', ' ') : part
  if (plain.test(spaced)) return { ok: true, value: spaced }
  const text = otherPercent.test(spaced)
    ? decodeBytes(spaced)
    : ({ ok: true, value: decodeURIComponent(spaced) } as const)
  if (!text.ok) return text
  return controlCharacter.test(text.value)
    ? fail('body_malformed', { detail: 'control_character' })
    : text
}

/** `decodeURIComponent` throws at what is no UTF-8. */
function decodeBytes(spaced: string): Result<string> {
  if (!percentEncoded.test(spaced)) return fail('body_malformed', { detail: 'percent_encoding' })
  const bytes: number[] = []
  for (const [run, hex] of spaced.matchAll(/%(..)|[^%]+/g)) {
    bytes.push(...(hex === undefined ? encoder.encode(run) : [Number.parseInt(hex, 16)]))
  }
  return decodeUtf8(Uint8Array.from(bytes))
}

function decodeUtf8(bytes: Uint8Array): Result<string> {
  const text = decoder.decode(bytes)
  // The lenient decoder puts U+FFFD for what is not UTF-8; honest text encodes back to the same bytes.
  const encoded = encoder.encode(text)
  const same =
    encoded.length === bytes.length && encoded.every((byte, index) => byte === bytes[index])
  return same ? { ok: true, value: text } : fail('body_malformed', { detail: 'utf8' })
}

/**
 * Compares the bytes of a text with a limit. A UTF-16 unit is one to three bytes of UTF-8, so that only a
 * text between the two is encoded: neither what is surely short nor megabytes.
 */
function isLonger(text: string, mostBytes: number): boolean {
  if (text.length > mostBytes) return true
  return text.length * 3 > mostBytes && encoder.encode(text).length > mostBytes
}

/**
 * Writes parameters as a form body; every byte outside the unreserved set is percent-encoded, so no value
 * can add a parameter.
 *
 * @see RFC 6749 appendix B
 */
export function toFormBody(parameters: Readonly<Record<string, string>>): string {
  let body = ''
  for (const [name, value] of Object.entries(parameters)) {
    body += `${body === '' ? '' : '&'}${encodePart(name)}=${encodePart(value)}`
  }
  return body
}

/** What encodes to itself, as names, codes and tokens do. */
const unreserved = /^[\w.~-]*$/

/** `encodeURIComponent` leaves five characters alone that RFC 3986 section 2.2 reserves. */
function encodePart(text: string): string {
  if (unreserved.test(text)) return text
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
