/** The generated parts of one page by their names. */
export type Parts = Readonly<Record<string, string>>

const part = /<!-- generated: ([^\n]+) -->\n.*?<!-- end -->/gs

/**
 * Renews the generated parts of a hand-written Markdown page. Each one is between two comments that a reader
 * of the page does not see, so that the prose around it is edited in place.
 *
 * @throws Error that names a part without a place in the page, or a place without its part
 */
export function renewParts(page: string, parts: Parts): string {
  const missing = new Set(Object.keys(parts))
  const renewed = page.replaceAll(part, (_, name: string) => {
    const text = parts[name]
    if (text === undefined || !missing.delete(name)) {
      throw new Error(`nothing is generated for this place, or it is there twice: ${name}`)
    }
    return `<!-- generated: ${name} -->\n\n${text}\n\n<!-- end -->`
  })
  if (missing.size === 0) return renewed
  throw new Error(`the page has no place for: ${[...missing].join(', ')}`)
}
