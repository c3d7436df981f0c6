/** How the doctor's command ends. */
export const exitCodes = { well: 0, wrong: 1, unchecked: 2 } as const

/** Says on standard error why nothing could be checked, and gives the exit code of that. */
export function refuse(why: string): number {
  process.stderr.write(`${why}\n`)
  return exitCodes.unchecked
}
