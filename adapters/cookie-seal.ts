import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Secret } from '../core/secret.ts'
import type { CookieKey, CookieKeys } from './cookie-key.ts'

/** What was in a cookie, or why that cannot be said. */
export type Unsealed =
  | { readonly ok: true; readonly token: Secret; readonly isAged: boolean }
  | { readonly ok: false; readonly why: 'malformed' | 'not_authentic' }
  | { readonly ok: false; readonly why: 'key_unknown'; readonly keyId: string }

/** The form of all cookies so far; a later one has another number. */
const formVersion = '1'
/** Version, id of the key, and initialisation vector, ciphertext and tag in base64url. */
const sealedForm = /^1\.([\w-]{8})\.([\w-]{39,8192})$/
const algorithm = 'aes-256-gcm'
/** What GCM is made for: 96 bits, at random, new for each cookie. */
const ivBytes = 12
const tagBytes = 16

/**
 * Seals a refresh token for one client: nobody can read it or change it, and no other client can use it.
 *
 * @see NIST SP 800-38D section 8.2.2
 */
export function sealToken({ id, key }: CookieKey, clientId: string, token: Secret): string {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes })
  cipher.setAAD(toBinding(clientId))
  const text = Buffer.concat([cipher.update(token.reveal(), 'utf8'), cipher.final()])
  const box = Buffer.concat([iv, text, cipher.getAuthTag()]).toString('base64url')
  return `${formVersion}.${id}.${box}`
}

/** Opens what was sealed for the same client with one of the keys. */
export function unsealToken(keys: CookieKeys, clientId: string, sealed: string): Unsealed {
  const [, id = '', text = ''] = sealedForm.exec(sealed) ?? []
  const bytes = Buffer.from(text, 'base64url')
  // Only one text stands for these bytes, so that no changed cookie passes for the one that was set.
  if (id === '' || bytes.toString('base64url') !== text) return { ok: false, why: 'malformed' }
  const found = keys.find((one) => one.id === id)
  if (found === undefined) return { ok: false, why: 'key_unknown', keyId: id }
  const decipher = createDecipheriv(algorithm, found.key, bytes.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(toBinding(clientId))
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  const token = decipher.update(bytes.subarray(ivBytes, -tagBytes))
  try {
    decipher.final()
  } catch {
    return { ok: false, why: 'not_authentic' }
  }
  return { ok: true, token: new Secret(token.toString('utf8')), isAged: found.id !== keys[0].id }
}

/** What a cookie is good for, besides its key. */
function toBinding(clientId: string): Buffer {
  return Buffer.from(`token-proxy refresh cookie ${formVersion} ${clientId}`)
}
