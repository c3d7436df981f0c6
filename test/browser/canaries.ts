import { demoClients } from '../../local/world-config.ts'

/** The forms in which the secret of one app client could be let out, each with its name. */
function formsOf(clientId: string, secret: string): readonly (readonly [string, string])[] {
  const basic = Buffer.from(`${clientId}:${secret}`).toString('base64')
  // What stands before this place is made of the client id alone, which is no secret.
  const firstSecretCharacter = 4 * Math.ceil((clientId.length + 1) / 3)
  const hex = (text: string) => Buffer.from(text).toString('hex')
  return [
    ['secret', secret],
    ['first 8 characters of the secret', secret.slice(0, 8)],
    ['secret in hex', hex(secret)],
    ...[0, 1, 2].map((shift) => [`secret in base64, ${shift}`, toBase64(secret, shift)] as const),
    ['Basic value', basic],
    ['url-encoded Basic value', encodeURIComponent(basic)],
    ['Basic value in hex', hex(basic)],
    ['8 characters of the Basic value', basic.slice(firstSecretCharacter).slice(0, 8)],
  ]
}

/** Base64 of a text that stands anywhere in a longer one, without the characters that others share. */
function toBase64(secret: string, shift: number): string {
  const encoded = Buffer.from('x'.repeat(shift) + secret).toString('base64')
  return encoded.slice(shift === 0 ? 0 : 4).replace(/..?=*$/, '')
}

/** What must never be seen, over all app clients of the embedded world. */
export const canaries = demoClients.flatMap(({ name, clientId, secret }) =>
  formsOf(clientId, secret).map(([form, value]) => ({ form: `${name}: ${form}`, value })),
)

/** Names the canaries in a text. */
export function findCanaries(text: string): readonly string[] {
  return canaries.filter(({ value }) => text.includes(value)).map(({ form }) => form)
}
