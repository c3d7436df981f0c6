/** More characters than these are not read: one failure is never that long. */
export const mostCharacters = 65_536

/** What nobody sees: the colours of a terminal, characters without width, and the empty half of UTF-16. */
const unseen = /[^\P{Cc}\s](?:\[[0-9;]{0,20}[A-Za-z])?|\p{Default_Ignorable_Code_Point}/gu

/**
 * Undoes the escapes of JSON, HTML and URLs in a pasted text, so that one pattern finds a word wherever it was
 * copied from. The result is only searched, and never shown.
 */
export function toReadable(pasted: string): string {
  return (
    pasted
      .slice(0, mostCharacters)
      .replaceAll(unseen, '')
      .replaceAll(/\\{1,4}u00([2-7][0-9A-Fa-f])/g, toCharacter)
      .replaceAll(/\\(["/'])/g, '$1')
      .replaceAll('\\n', '\n')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
      .replaceAll(/%(?:25)?([2-7][0-9A-Fa-f])/g, toCharacter)
      // A recorded request of a browser (HAR) has its parameters and headers so.
      .replaceAll(/"name":\s?"([\w.-]{1,40})",\s?"value":\s?"/g, '"$1":"')
      .replaceAll(/\berror_description=[^&\s]{0,2048}/g, (query) => query.replaceAll('+', ' '))
      .replaceAll(/[\u2018\u2019]/g, "'")
  )
}

function toCharacter(_: string, code: string): string {
  return String.fromCharCode(Number.parseInt(code, 16))
}
