/** More characters than these are not read: one failure is never that long. */
export const mostCharacters = 65_536

/**
 * Undoes the escapes of JSON, HTML and URLs in a pasted text, so that one pattern finds a word wherever it was
 * copied from. The result is only searched, and never shown.
 */
export function toReadable(pasted: string): string {
  return pasted
    .slice(0, mostCharacters)
    .replaceAll(/\\(["/'])/g, '$1')
    .replaceAll('\\n', '\n')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll(/%([2-7][0-9A-Fa-f])/g, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
    .replaceAll(/\berror_description=[^&\s]{0,2048}/g, (query) => query.replaceAll('+', ' '))
    .replaceAll(/[\u2018\u2019]/g, "'")
}
