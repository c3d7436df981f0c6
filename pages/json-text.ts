const widest = 100

/** Writes JSON for readers: what fits into a line stands in one. */
export function toJsonText(value: unknown, indent = ''): string {
  const flat = toFlat(value)
  const isLeaf = typeof value !== 'object' || value === null
  if (isLeaf || indent.length + flat.length <= widest) return flat
  const inner = `${indent}  `
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const entries = Array.isArray(value)
    ? value.map((item) => toJsonText(item, inner))
    : toEntries(value).map(([name, item]) => `${JSON.stringify(name)}: ${toJsonText(item, inner)}`)
  return `${open}\n${entries.map((entry) => `${inner}${entry}`).join(',\n')}\n${indent}${close}`
}

function toFlat(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toFlat).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = toEntries(value).map(([name, item]) => `${JSON.stringify(name)}: ${toFlat(item)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}

function toEntries(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value)
}
