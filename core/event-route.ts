import { isKnownPath, servedPaths } from './paths.ts'

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
  if (isKnownPath(rawPath)) return { path: rawPath, basePath: '', isUnknownRoute: false }
  const candidates = [...toRoutePaths(event), ...toStagePaths(event)]
  const known = candidates.find(isKnownPath) ?? findEnd(event) ?? findRouteEnd(event)
  if (known !== undefined) {
    return { path: known, basePath: toBasePath(rawPath, known), isUnknownRoute: false }
  }
  return { path: rawPath, basePath: '', isUnknownRoute: isOwnRoute(toPattern(event)) }
}

/** The path of the route that matched; undefined for a catch-all, or where no route is named. */
function toPattern({ routeKey }: RoutedEvent): string | undefined {
  return /^[A-Z]{3,7} (\/.*)$/.exec(routeKey)?.[1]
}

/** Whether somebody wrote a route for just this path: its end is fixed, and it is none of those served. */
function isOwnRoute(pattern: string | undefined): boolean {
  if (pattern === undefined || pattern === '/' || pattern.endsWith('}')) return false
  return toServedEnd(pattern) === undefined
}

/** The longest served path, as routes write it, that a route ends with. */
function toServedEnd(pattern: string): string | undefined {
  const ends = servedPaths.filter((path) => path !== '/' && pattern.endsWith(path))
  return ends.sort((one, other) => other.length - one.length)[0]
}

/** What the route makes of the path: its own, filled with the parameters, and what its greedy part took. */
function toRoutePaths(event: RoutedEvent): readonly string[] {
  const pattern = toPattern(event)
  if (pattern === undefined) return []
  const filled = fillPattern(pattern, event.pathParameters)
  const greedy = event.pathParameters[/\{([\w.-]+)\+\}/.exec(pattern)?.[1] ?? '']
  const paths = typeof greedy === 'string' ? [filled, `/${greedy}`] : [filled]
  // A route of `/` matches a base path without a slash at its end, too.
  return paths.filter((path) => path === '/' || event.rawPath.endsWith(path))
}

function fillPattern(pattern: string, parameters: RoutedEvent['pathParameters']): string {
  return pattern.replace(/\{([\w.-]+)\+?\}/g, (whole, name: string) => {
    const value = parameters[name]
    return typeof value === 'string' ? value : whole
  })
}

function toStagePaths({ rawPath, stage }: RoutedEvent): readonly string[] {
  const prefix = `/${stage}`
  if (stage === '' || stage === '$default') return []
  if (rawPath === prefix) return ['/']
  return rawPath.startsWith(`${prefix}/`) ? [rawPath.slice(prefix.length)] : []
}

/** The longest known path that a path ends with, after whole segments, where no route but a catch-all is named. */
function findEnd({ rawPath, routeKey }: RoutedEvent): string | undefined {
  if (routeKey !== '$default' && routeKey !== '') return undefined
  const starts = [...rawPath.matchAll(/\//g)].slice(1, 9).map(({ index }) => index)
  const start = starts.find(
    (at) => isKnownPath(rawPath.slice(at)) && basePathForm.test(rawPath.slice(0, at)),
  )
  return start === undefined ? undefined : rawPath.slice(start)
}

/**
 * The served path that a route ends with, whatever it has before: who wrote the route chose it. The path itself
 * may be written in another way, such as with a slash at its end.
 */
function findRouteEnd(event: RoutedEvent): string | undefined {
  const end = toServedEnd(toPattern(event) ?? '')
  const path = end && fillPattern(end, event.pathParameters)
  return path && isKnownPath(path) ? path : undefined
}

function toBasePath(rawPath: string, path: string): string {
  if (path !== '/' && !rawPath.endsWith(path)) return ''
  const basePath = rawPath.slice(0, rawPath.length - (path === '/' ? 0 : path.length))
  const trimmed = basePath.endsWith('/') ? basePath.slice(0, -1) : basePath
  return basePathForm.test(trimmed) ? trimmed : ''
}
