import {
  isTrailer,
  mayBeResponse,
  parseChunkSize,
  parseResponseHead,
  type ResponseHead,
} from '../../core/http-response.ts'

/** A response that has arrived whole. */
export interface HttpResponse extends ResponseHead {
  readonly body: Buffer
}

/** Why what arrived is no response that can be used. */
export type ResponseFault = 'not_http' | 'too_large' | 'switched_protocol'

/** What is known after some bytes: nothing yet, the response, or why there is none. */
export type Reading = HttpResponse | ResponseFault | undefined

/** Reads one response from the bytes of a connection. */
export interface ResponseReader {
  readonly take: (bytes: Buffer) => Reading
  /** To be called when the connection has ended properly, which is how some bodies end. */
  readonly end: () => Reading
  /** Whether the head of the response has arrived. */
  readonly hasHead: () => boolean
}

/** Most bytes of all heads of a response together, as Node.js has it; of one line between chunks likewise. */
const longestHeadBytes = 16_384
const lineFeed = 0x0a

/** What has arrived of a response. */
interface Arrived {
  readonly method: string
  readonly longestBodyBytes: number
  /** What has arrived of a head or of a line between chunks, and what all of those had together. */
  begun: string
  lineBytes: number
  head: ResponseHead | undefined
  readonly body: Buffer[]
  bodyBytes: number
  /** Bytes until the next line, or until the end of a body of known length. */
  left: number
  awaits: 'chunk' | 'end_of_chunk' | 'trailer'
}

/**
 * Opens the reading of one response.
 *
 * @see RFC 9112
 */
export function openResponseReader(method: string, longestBodyBytes: number): ResponseReader {
  const arrived: Arrived = {
    ...{ method, longestBodyBytes, begun: '', lineBytes: 0, head: undefined },
    ...{ body: [], bodyBytes: 0, left: 0, awaits: 'chunk' },
  }
  return {
    take: (bytes) =>
      arrived.head === undefined
        ? takeHead(arrived, bytes)
        : takeBody(arrived, arrived.head, bytes),
    end: () => {
      const { head } = arrived
      return head?.framing.by === 'end_of_connection' ? toResponse(arrived, head, 0) : undefined
    },
    hasHead: () => arrived.head !== undefined,
  }
}

function takeHead(arrived: Arrived, bytes: Buffer): Reading {
  const before = arrived.begun
  const begun = before + bytes.toString('latin1')
  const end = begun.indexOf('\r\n\r\n', Math.max(0, before.length - 3))
  arrived.lineBytes += (end < 0 ? begun.length : end) - before.length
  if (!mayBeResponse(begun) || arrived.lineBytes > longestHeadBytes) return 'not_http'
  arrived.begun = end < 0 ? begun : ''
  if (end < 0) return hasBareLineFeed(begun, before.length) ? 'not_http' : undefined
  const head = parseResponseHead(begun.slice(0, end), arrived.method)
  if (head === undefined) return 'not_http'
  const rest = bytes.subarray(end + 4 - before.length)
  if (head.status === 101) return 'switched_protocol'
  if (head.status < 200) {
    // An interim response: the final one follows it (RFC 9110 section 15.2), unless the connection ends with it.
    if (!head.isKept) return 'not_http'
    return rest.length === 0 ? undefined : takeHead(arrived, rest)
  }
  arrived.head = head
  arrived.left = head.framing.by === 'length' ? head.framing.bytes : 0
  return takeBody(arrived, head, rest)
}

/** A head with lines of another kind would never end. */
function hasBareLineFeed(text: string, from: number): boolean {
  for (let at = text.indexOf('\n', from); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (text[at - 1] !== '\r') return true
  }
  return false
}

function takeBody(arrived: Arrived, head: ResponseHead, bytes: Buffer): Reading {
  const { by } = head.framing
  if (by === 'chunks') return takeChunks(arrived, head, bytes)
  if (arrived.left > arrived.longestBodyBytes) return 'too_large'
  const part = by === 'length' ? bytes.subarray(0, arrived.left) : bytes
  if (!keep(arrived, part)) return 'too_large'
  if (by === 'end_of_connection') return undefined
  arrived.left -= part.length
  return arrived.left === 0 ? toResponse(arrived, head, bytes.length - part.length) : undefined
}

/** Reads chunks and the lines between them, of which any may have arrived in part (RFC 9112 section 7.1). */
function takeChunks(arrived: Arrived, head: ResponseHead, bytes: Buffer): Reading {
  let at = 0
  while (at < bytes.length) {
    if (arrived.left > 0) {
      const part = bytes.subarray(at, at + arrived.left)
      if (!keep(arrived, part)) return 'too_large'
      arrived.left -= part.length
      at += part.length
      continue
    }
    const newline = bytes.indexOf(lineFeed, at)
    const end = newline < 0 ? bytes.length : newline + 1
    arrived.begun += bytes.toString('latin1', at, end)
    at = end
    if (arrived.lineBytes + arrived.begun.length > longestHeadBytes) return 'not_http'
    if (newline < 0) return undefined
    const taken = takeLine(arrived)
    if (taken === 'last') return toResponse(arrived, head, bytes.length - at)
    if (taken === 'not_http') return taken
  }
  return undefined
}

/** Takes a line that has arrived whole; after the last chunk come trailers, which mean nothing here. */
function takeLine(arrived: Arrived): 'last' | 'not_http' | undefined {
  const { begun, awaits } = arrived
  arrived.begun = ''
  if (!begun.endsWith('\r\n')) return 'not_http'
  const line = begun.slice(0, -2)
  if (awaits === 'trailer') {
    arrived.lineBytes += begun.length
    if (line === '') return 'last'
    return isTrailer(line) ? undefined : 'not_http'
  }
  if (awaits === 'end_of_chunk') {
    arrived.awaits = 'chunk'
    return line === '' ? undefined : 'not_http'
  }
  const size = parseChunkSize(line)
  if (size === undefined) return 'not_http'
  arrived.left = size
  arrived.awaits = size === 0 ? 'trailer' : 'end_of_chunk'
  return undefined
}

/** Keeps a part of the body, unless the body gets too long with it. */
function keep(arrived: Arrived, part: Buffer): boolean {
  arrived.bodyBytes += part.length
  if (arrived.bodyBytes > arrived.longestBodyBytes) return false
  // What arrives next is written over it.
  if (part.length > 0) arrived.body.push(Buffer.from(part))
  return true
}

/** Nobody has asked for what comes after a response: a connection that brings it serves no other call. */
function toResponse({ body }: Arrived, head: ResponseHead, surplusBytes: number): HttpResponse {
  const [only] = body
  const whole = only !== undefined && body.length === 1 ? only : Buffer.concat(body)
  return { ...head, body: whole, isKept: head.isKept && surplusBytes === 0 }
}
