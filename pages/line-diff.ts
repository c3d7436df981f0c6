import { diffArrays } from 'diff'

/** Writes how one text becomes another, each line with a space, a minus or a plus before it. */
export function toLineDiff(before: string, after: string): string {
  return diffArrays(before.split('\n'), after.split('\n'))
    .flatMap(({ value, added, removed }) => {
      const sign = added ? '+' : removed ? '-' : ' '
      return value.map((line) => `${sign} ${line}`.trimEnd())
    })
    .join('\n')
}
