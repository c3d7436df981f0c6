import type { Route } from '../../core/http-api.ts'

/** A route and the values of its variable parts. */
export interface RouteMatch {
  readonly route: Route
  readonly pathParameters: Readonly<Record<string, string>> | undefined
}

const variablePart = /\{([A-Za-z0-9]+)(\+?)\}/g

/**
 * Chooses as the HTTP API does: a whole match first, one with variables next, then the greedy path with
 * the longest beginning.
 */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): RouteMatch | undefined {
  const matches = routes
    .filter((route) => route.method === method)
    .map((route) => ({ route, groups: toPattern(route.path).exec(path)?.groups }))
    .filter(({ route, groups }) => route.path === path || groups !== undefined)
    .sort((one, other) => toRank(one.route) - toRank(other.route))
  const [best] = matches
  if (best === undefined) return undefined
  const { route, groups } = best
  return { route, pathParameters: groups === undefined ? undefined : { ...groups } }
}

function toPattern(path: string): RegExp {
  const text = path.replaceAll(/[.]/g, '\\.')
  const pattern = text.replaceAll(variablePart, (_part, name: string, greedy: string) =>
    greedy === '' ? `(?<${name}>[^/]+)` : `(?<${name}>.+)`,
  )
  return new RegExp(`^${pattern}$`, 's')
}

/** Lower ranks first. */
function toRank({ path }: Route): number {
  if (!path.includes('{')) return 0
  return path.includes('+}') ? 10_000 - path.length : 1
}
