import { fail, type Result } from './causes/catalogue.ts'
import { Secret } from './secret.ts'

/** 32 bytes in base64 of either alphabet, with or without its padding. */
const keyForm = /^[A-Za-z0-9+/_-]{43}=?$/
/** Random bytes have about 31 in these 43 characters; a text that was put in to be replaced has few. */
const leastDifferentCharacters = 16

/**
 * Reads the text of a stored key: 32 random bytes in base64, which is how long a key of AES-256 is. Fails
 * with `secret_malformed`.
 */
export function parseCookieKey(text: string | undefined): Result<Secret> {
  if (text === undefined) return fail('secret_malformed', { evidence: ['not_text'] })
  const trimmed = text.trim()
  if (!keyForm.test(trimmed)) return fail('secret_malformed')
  return new Set(trimmed).size < leastDifferentCharacters
    ? fail('secret_malformed', { evidence: ['placeholder'] })
    : { ok: true, value: new Secret(trimmed) }
}
