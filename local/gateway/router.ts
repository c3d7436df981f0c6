import type { Route } from '../../core/http-api.ts'

/** A route and what its greedy part took. */
export interface RouteMatch {
  readonly route: Route
  readonly pathParameters: Readonly<Record<string, string>> | undefined
}

const greedyEnd = '{proxy+}'

/** Chooses as the HTTP API does: an exact path first, then the greedy path with the longest beginning. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): RouteMatch | undefined {
  const candidates = routes.filter((route) => route.method === method)
  const exact = candidates.find((route) => route.path === path)
  if (exact) return { route: exact, pathParameters: undefined }
  const greedy = candidates
    .filter((route) => route.path.endsWith(greedyEnd))
    .map((route) => ({ route, start: route.path.slice(0, -greedyEnd.length) }))
    .filter(({ start }) => path.startsWith(start) && path.length > start.length)
    .sort((one, other) => other.start.length - one.start.length)[0]
  if (!greedy) return undefined
  return { route: greedy.route, pathParameters: { proxy: path.slice(greedy.start.length) } }
}
