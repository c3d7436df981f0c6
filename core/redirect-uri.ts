import type { DetailOf } from './causes/catalogue.ts'

type Difference = DetailOf<'redirect_uri_not_allowed'>

interface Parts {
  readonly scheme: string
  readonly host: string
  readonly port: string
  readonly path: string
  readonly query: string
}

/** Nearest first: a slash is the commonest of all mistakes, another host is hardly the same address. */
const byNearness: readonly Difference[] = [
  'trailing_slash',
  'letter_case',
  'port',
  'scheme',
  'query',
  'path',
  'host',
]

/**
 * Says in which one way a refused redirect URI differs from the nearest configured one, so that the
 * developer can fix it without an echo of the request. It never makes two URIs equal: which ones are
 * allowed is decided byte for byte elsewhere.
 *
 * @see RFC 6749 section 3.1.2.2 and RFC 9700 section 2.1
 */
export function chooseNearestDifference(sent: string, allowed: readonly string[]): Difference {
  const differences = new Set(allowed.map((uri) => toDifference(sent, uri)))
  return byNearness.find((difference) => differences.has(difference)) ?? 'nothing_near'
}

function toDifference(sent: string, configured: string): Difference {
  if (trimSlash(sent) === trimSlash(configured)) return 'trailing_slash'
  if (sent.toLowerCase() === configured.toLowerCase()) return 'letter_case'
  const left = toParts(sent)
  const right = toParts(configured)
  if (left === undefined || right === undefined) return 'nothing_near'
  const names = ['port', 'scheme', 'query', 'path', 'host'] as const
  const differing = names.filter((name) => left[name] !== right[name])
  const [only] = differing
  return differing.length === 1 && only !== undefined ? only : 'nothing_near'
}

function trimSlash(uri: string): string {
  return uri.endsWith('/') ? uri.slice(0, -1) : uri
}

function toParts(uri: string): Parts | undefined {
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#:]*)(?::(\d*))?([^?#]*)(.*)/.exec(uri)
  if (match === null) return undefined
  const [, scheme = '', host = '', port = '', path = '', query = ''] = match
  return { scheme, host, port, path, query }
}
