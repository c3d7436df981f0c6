import { randomBytes } from 'node:crypto'

/** Values that must surface nowhere, by what they are. */
export interface Canaries {
  /** Makes a value of visible characters, some of which every encoding changes, and remembers it. */
  make(name: string): string
  /** Remembers a value made elsewhere. */
  add(name: string, value: string): string
  /** Names every canary, and the form, that a text holds. */
  findIn(text: string): readonly string[]
}

/** Opens a set of canaries. */
export function openCanaries(): Canaries {
  const forms: (readonly [label: string, text: string])[] = []
  const add = (name: string, value: string) => {
    forms.push(...toForms(value).map(([form, text]) => [`${name} (${form})`, text] as const))
    return value
  }
  return {
    add,
    make: (name) =>
      add(name, `${randomBytes(9).toString('base64url')}+/=~${randomBytes(9).toString('hex')}`),
    findIn: (text) => forms.filter(([, form]) => text.includes(form)).map(([label]) => label),
  }
}

/** A value as it is and as it could have been written on the way. */
function toForms(value: string): readonly (readonly [form: string, text: string])[] {
  const bytes = Buffer.from(value)
  const hex = bytes.toString('hex')
  return [
    ['plain', value],
    ['first 8 characters', value.slice(0, 8)],
    ['last 8 characters', value.slice(-8)],
    ['url-encoded', encodeURIComponent(value)],
    ['form-encoded', new URLSearchParams({ v: value }).toString().slice(2)],
    ['hex', hex],
    ['hex in capitals', hex.toUpperCase()],
    // Within longer base64 a value looks different at each of three offsets, but for its ends.
    ...[0, 1, 2].map((offset) => {
      const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
      return [`base64 at ${offset}`, encoded.slice(offset === 0 ? 0 : 4).slice(0, 16)] as const
    }),
    ['base64url', bytes.toString('base64url').slice(0, 16)],
  ]
}
