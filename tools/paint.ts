/**
 * Colours a text for a terminal, and not where NO_COLOR asks for none.
 *
 * @param code the parameter of the escape sequence (ECMA-48 section 8.3.117)
 */
export function paint(text: string, code: number): string {
  const isWanted = process.stdout.isTTY && !process.env['NO_COLOR']
  return isWanted ? `\u001b[${code}m${text}\u001b[0m` : text
}
