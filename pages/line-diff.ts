/** Writes how one text becomes another, each line with a space, a minus or a plus before it. */
export function toLineDiff(before: string, after: string): string {
  const [old, fresh] = [before.split('\n'), after.split('\n')]
  const common = longestCommon(old, fresh)
  const lines: string[] = []
  for (const shared of [...common, undefined]) {
    while (old.length > 0 && old[0] !== shared) lines.push(`- ${old.shift()}`)
    while (fresh.length > 0 && fresh[0] !== shared) lines.push(`+ ${fresh.shift()}`)
    if (shared === undefined) break
    lines.push(`  ${shared}`)
    old.shift()
    fresh.shift()
  }
  return lines.map((line) => line.trimEnd()).join('\n')
}

/** The longest run of lines that both have in the same order, gaps allowed. */
function longestCommon(one: readonly string[], other: readonly string[]): readonly string[] {
  let previous: readonly (readonly string[])[] = other.map(() => []).concat([[]])
  for (const line of one) {
    const row: (readonly string[])[] = [[]]
    for (const [index, candidate] of other.entries()) {
      const [left = [], above = [], corner = []] = [
        row[index],
        previous[index + 1],
        previous[index],
      ]
      if (line === candidate) row.push([...corner, line])
      else row.push(left.length > above.length ? left : above)
    }
    previous = row
  }
  return previous.at(-1) ?? []
}
