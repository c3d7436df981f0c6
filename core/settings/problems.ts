/** Everything that is wrong with settings, each at its place; values are never part of it. */
export interface Problems {
  /** Notes a problem of a place, such as `TOKEN_PROXY_CLIENTS[0].origins[1]`. */
  readonly note: (place: string, problem: string) => void
  /** Adds problems that name their place themselves, and that no rule builds on. */
  readonly add: (problems: readonly string[]) => void
  /**
   * Whether nothing is wrong at these places, or within them, so far. A rule that joins several settings asks
   * first: where one of them is unusable, what the rule would say follows from that problem, and its fix
   * might loosen a check.
   */
  readonly isSound: (...places: readonly string[]) => boolean
  readonly list: readonly string[]
}

/**
 * Opens an empty list of problems.
 *
 * @param unusable places that are known to be wrong, and reported elsewhere
 */
export function openProblems(unusable: readonly string[] = []): Problems {
  const list: string[] = []
  const unsound = [...unusable]
  const isWithin = (place: string, outer: string) =>
    place === outer || place.startsWith(`${outer}.`) || place.startsWith(`${outer}[`)
  return {
    list,
    add: (problems) => list.push(...problems),
    note: (place, problem) => {
      list.push(`${place} ${problem}`)
      unsound.push(place)
    },
    isSound: (...places) =>
      !places.some((outer) => unsound.some((place) => isWithin(place, outer))),
  }
}
