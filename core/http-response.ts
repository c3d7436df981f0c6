import { trimBlanks } from './gateway-event.ts'

/** How the end of a body is found. */
export type Framing =
  | { readonly by: 'length'; readonly bytes: number }
  | { readonly by: 'chunks' }
  | { readonly by: 'end_of_connection' }

/** The head of an HTTP/1.1 response. */
export interface ResponseHead {
  readonly status: number
  /** Values by name in lower case; those of a repeated header are one list. */
  readonly headers: ReadonlyMap<string, string>
  readonly framing: Framing
  /** Seconds that the server keeps the connection after this response; absent where it does not say. */
  readonly keepAliveSeconds: number | undefined
  /** Whether the connection may serve another request. */
  readonly isKept: boolean
}

const statusLine = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?$/
/** A name is a token; a value has no control character but a tab. */
const fieldLine = /^[!#$%&'*+.^_`|~\dA-Za-z-]+:[\t\x20-\x7e\x80-\xff]*$/
/** Blanks around a value are not part of it (RFC 9110 section 5.5), but Node.js takes a tab at the end for another coding. */
const tabbedEncoding = /^transfer-encoding:.*\t/i
const chunkLine =
  /^([\dA-Fa-f]{1,8})(?:;[!#$%&'*+.^_`|~\dA-Za-z-]+(?:=(?:[!#$%&'*+.^_`|~\dA-Za-z-]+|"[\t !#-[\]-~]*"))?)*$/
const nothing: Framing = { by: 'length', bytes: 0 }

/** Whether a text may become a response: it begins as one, as far as it goes. */
export function mayBeResponse(begun: string): boolean {
  return 'HTTP/1.'.startsWith(begun.slice(0, 7))
}

/**
 * Reads the head of a response, strictly: whatever two readers could read in different ways is no head.
 *
 * @param text the lines of the head, as Latin-1, without the empty line at its end
 * @param method the method of the request: a response to `HEAD` has no body
 * @returns undefined for what is no head of HTTP/1.0 or 1.1
 * @see RFC 9112 sections 4, 5 and 6
 */
export function parseResponseHead(text: string, method: string): ResponseHead | undefined {
  const [first = '', ...lines] = text.split('\r\n')
  const [, minor, status] = statusLine.exec(first) ?? []
  const headers = parseFields(lines)
  if (headers === undefined || minor === undefined) return undefined
  const framing = toFraming(Number(status), method, headers)
  // HTTP/1.0 has no chunks: what lies before the server may not have read them (RFC 9112 section 6.1).
  if (framing === undefined || (minor === '0' && headers.has('transfer-encoding'))) return undefined
  const connection = headers.get('connection')?.toLowerCase() ?? ''
  const isKept =
    minor === '1' ? !hasOption(connection, 'close') : hasOption(connection, 'keep-alive')
  return {
    ...{ status: Number(status), headers, framing },
    keepAliveSeconds: toKeepAliveSeconds(headers.get('keep-alive')),
    isKept: isKept && framing.by !== 'end_of_connection',
  }
}

/** A line that begins with a blank would continue the one before it (RFC 9112 section 5.2): refused. */
function parseFields(lines: readonly string[]): ReadonlyMap<string, string> | undefined {
  const headers = new Map<string, string>()
  for (const line of lines) {
    if (!fieldLine.test(line) || tabbedEncoding.test(line)) return undefined
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    const value = trimBlanks(line.slice(colon + 1))
    const before = headers.get(name)
    headers.set(name, before === undefined ? value : `${before}, ${value}`)
  }
  return headers
}

/**
 * A response with a length and with chunks, or with two lengths, is how one is smuggled behind another.
 *
 * @see RFC 9112 section 6.3
 */
function toFraming(
  status: number,
  method: string,
  headers: ReadonlyMap<string, string>,
): Framing | undefined {
  const length = headers.get('content-length')
  const encoding = headers.get('transfer-encoding')
  if (length !== undefined && (encoding !== undefined || !/^\d{1,15}$/.test(length)))
    return undefined
  if (encoding !== undefined && encoding.toLowerCase() !== 'chunked') return undefined
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return nothing
  if (encoding !== undefined) return { by: 'chunks' }
  return length === undefined
    ? { by: 'end_of_connection' }
    : { by: 'length', bytes: Number(length) }
}

function hasOption(connection: string, option: string): boolean {
  return connection.split(',').some((one) => one.trim() === option)
}

function toKeepAliveSeconds(text: string | undefined): number | undefined {
  const seconds = /(?:^|[\s,])timeout=(\d{1,9})/i.exec(text ?? '')?.[1]
  return seconds === undefined ? undefined : Number(seconds)
}

/**
 * Reads the line before a chunk; its extensions mean nothing here.
 *
 * @returns the size of the chunk in bytes, 0 for the last one; undefined for what is no such line
 * @see RFC 9112 section 7.1
 */
export function parseChunkSize(line: string): number | undefined {
  const hex = chunkLine.exec(line)?.[1]
  return hex === undefined ? undefined : Number.parseInt(hex, 16)
}

/**
 * Whether a line may stand among the trailers of a body in chunks, which mean nothing here. Those that would say
 * where the body ends may not.
 *
 * @see RFC 9110 section 6.5.1
 */
export function isTrailer(line: string): boolean {
  return fieldLine.test(line) && !/^(?:content-length|transfer-encoding):/i.test(line)
}
