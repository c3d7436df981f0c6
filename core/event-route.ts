import { isKnownPath } from './paths.ts'

/** What an HTTP API says of the way that a request took to the function. */
export interface RoutedEvent {
  readonly rawPath: string
  /** The route that matched, such as `POST /oauth2/token` or `$default`. */
  readonly routeKey: string
  readonly stage: string
  readonly pathParameters: Readonly<Record<string, unknown>>
}

/** The path that a request is for. */
export interface EventRoute {
  readonly path: string
  /** What the API put before it: a named stage, or the base path of a custom domain; mostly nothing. */
  readonly basePath: string
  /** Whether the API sends a path of its own here, for which there is no answer: no caller chose that. */
  readonly isUnknownRoute: boolean
}

/** What may stand before a path: whole segments of plain characters. */
const basePathForm = /^(?:\/[A-Za-z0-9._~-]{1,64}){1,8}$/

/**
 * Finds the path that a request is for. An HTTP API with a named stage, or with a base path at its custom
 * domain, puts that before the path in `rawPath`, and names the route without it. So the path is as it came
 * where it is known, else what the route says. Behind the catch-all route `$default` nothing but the end of
 * the path tells.
 */
export function toEventRoute(event: RoutedEvent): EventRoute {
  const { rawPath } = event
  const candidates = [rawPath, ...toRoutePaths(event), ...toStagePaths(event)]
  const known = candidates.find(isKnownPath) ?? findEnd(event)
  if (known !== undefined) {
    return { path: known, basePath: toBasePath(rawPath, known), isUnknownRoute: false }
  }
  return { path: rawPath, basePath: '', isUnknownRoute: isLiteral(toPattern(event)) }
}

/** The path of the route that matched; undefined for a catch-all, or where no route is named. */
function toPattern({ routeKey }: RoutedEvent): string | undefined {
  return /^[A-Z]{3,7} (\/.*)$/.exec(routeKey)?.[1]
}

function isLiteral(pattern: string | undefined): boolean {
  return pattern !== undefined && pattern !== '/' && !pattern.includes('{')
}

/** What the route makes of the path: its own, filled with the parameters, and what its greedy part took. */
function toRoutePaths(event: RoutedEvent): readonly string[] {
  const pattern = toPattern(event)
  if (pattern === undefined) return []
  let greedy: string | undefined
  const filled = pattern.replace(/\{([\w.-]+)(\+?)\}/g, (whole, name: string, plus: string) => {
    const value = event.pathParameters[name]
    if (typeof value !== 'string') return whole
    if (plus !== '') greedy = `/${value}`
    return value
  })
  const paths = greedy === undefined ? [filled] : [filled, greedy]
  // A route of `/` matches a base path without a slash at its end, too.
  return paths.filter((path) => path === '/' || event.rawPath.endsWith(path))
}

function toStagePaths({ rawPath, stage }: RoutedEvent): readonly string[] {
  const prefix = `/${stage}`
  if (stage === '' || stage === '$default') return []
  if (rawPath === prefix) return ['/']
  return rawPath.startsWith(`${prefix}/`) ? [rawPath.slice(prefix.length)] : []
}

/** The longest known path that a path behind `$default` ends with, after whole segments. */
function findEnd({ rawPath, routeKey }: RoutedEvent): string | undefined {
  if (routeKey !== '$default') return undefined
  const starts = [...rawPath.matchAll(/\//g)].slice(1, 9).map(({ index }) => index)
  const start = starts.find(
    (at) => isKnownPath(rawPath.slice(at)) && basePathForm.test(rawPath.slice(0, at)),
  )
  return start === undefined ? undefined : rawPath.slice(start)
}

function toBasePath(rawPath: string, path: string): string {
  const basePath = rawPath.slice(0, rawPath.length - (path === '/' ? 0 : path.length))
  const trimmed = basePath.endsWith('/') ? basePath.slice(0, -1) : basePath
  return basePathForm.test(trimmed) ? trimmed : ''
}
