/**
 * Escapes what could move a terminal's cursor, break a line, turn the direction of writing round or stay
 * unseen: names in a user pool are written by others, and the doctor shows them to operators.
 */
export function toPrintable(text: string): string {
  return text.replaceAll(
    /(?! )[\p{Other}\p{Separator}\p{Default_Ignorable_Code_Point}]/gu,
    toEscapes,
  )
}

/** Writes JSON that is printable ASCII alone: it reads as the same value, and shows nothing but itself. */
export function toAsciiJson(value: string | number | boolean | object): string {
  return JSON.stringify(value).replaceAll(/[^\x20-\x7e]/g, toEscapes)
}

/** A character beyond 16 bits is two escapes, as in JSON. */
function toEscapes(text: string): string {
  const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
