/** Writes a table; a bar within a cell would end it, so it is escaped. */
export function toTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const toLine = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [toLine(head), toLine(head.map(() => '---')), ...rows.map(toLine)].join('\n')
}

/** Writes a list with one line for each item. */
export function toList(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n')
}

/** Writes a block of code in a language's name; an empty name leaves it plain. */
export function toCodeBlock(language: string, code: string): string {
  return `\`\`\`${language}\n${code}\n\`\`\``
}

/** Writes a text as code within a line. */
export function toCode(text: string | number): string {
  return `\`${text}\``
}

/** Puts blocks under each other, those that are empty left out. */
export function toPage(blocks: readonly string[]): string {
  return blocks.filter((block) => block !== '').join('\n\n')
}
