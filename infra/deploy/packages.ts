/** A package in the bucket of a stage: the name of its folder, which begins with the time of its deployment. */
export type PackageName = string

/** The package to go back to, or why there is none. */
export type ChosenPackage =
  | { readonly ok: true; readonly name: PackageName; readonly timestamp: string }
  | { readonly ok: false; readonly problem: string }

/**
 * Chooses the package to go back to: the one with the wanted timestamp, or the last one before the deployed one.
 *
 * @param names the packages in the bucket, in any order
 * @param deployed the package that the stack is made from
 * @param wanted a timestamp as `osls deploy list` prints it
 */
export function choosePackage(
  names: readonly PackageName[],
  deployed: PackageName,
  wanted: string | undefined,
): ChosenPackage {
  const earlier = names.filter((name) => toMs(name) < toMs(deployed))
  const chosen =
    wanted === undefined
      ? earlier.toSorted((one, other) => toMs(other) - toMs(one))[0]
      : names.find((name) => toMs(name) === Number(wanted) || toIso(name) === wanted)
  if (chosen === undefined) {
    const kept = names.map((name) => `${toMs(name)} (${toIso(name)})`).toSorted()
    const missing =
      wanted === undefined
        ? 'no package is older than the deployed one'
        : `there is no package ${wanted}`
    return { ok: false, problem: `${missing}; the bucket has ${kept.join(', ') || 'none'}` }
  }
  return { ok: true, name: chosen, timestamp: `${toMs(chosen)}` }
}

/** Finds in a template the package that its functions come from. */
export function findDeployedPackage(template: string): PackageName | undefined {
  return /\/(\d+-\d{4}-\d{2}-\d{2}T[0-9:.]+Z)\/[\w-]+\.zip/.exec(template)?.[1]
}

function toMs(name: PackageName): number {
  return Number(name.slice(0, name.indexOf('-')))
}

function toIso(name: PackageName): string {
  return name.slice(name.indexOf('-') + 1)
}
