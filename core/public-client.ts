import { decodeBase64, decodePart } from './form.ts'

const basic = /^basic +([A-Za-z0-9+/=]+)$/i

/**
 * Reads the client id of Basic credentials whose secret is empty, as libraries send it for a client that has
 * none. Undefined for everything else: whatever stands behind the colon is a secret, and is not looked at.
 *
 * @param authorization the header; undefined where there is none
 * @see RFC 6749 section 2.3.1: an empty secret is none, and the id is form-encoded
 */
export function toPublicClientId(authorization: string | undefined): string | undefined {
  const encoded = basic.exec(authorization ?? '')?.[1]
  const pair = encoded === undefined ? undefined : decodeBase64(encoded)
  if (!pair?.ok || pair.value.indexOf(':') !== pair.value.length - 1) return undefined
  const id = decodePart(pair.value.slice(0, -1))
  return id.ok && id.value !== '' ? id.value : undefined
}
