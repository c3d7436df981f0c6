import { fail, type Result } from './causes/catalogue.ts'
import { parseJsonObject } from './json.ts'
import { Secret } from './secret.ts'

/** RFC 6749 appendix A.2 allows VSCHAR; Cognito's own are word characters and plus, never a space. */
const secretForm = /^[\x21-\x7e]{1,256}$/
const placeholder = /^(?:change.?me|replace.?me|placeholder|secret|password|todo|xxx+|<.*>)$/i

/**
 * Reads the text of a stored secret: JSON with `client_id` and `client_secret`, or the bare secret. A
 * `client_id` of another app client is a mix-up that Cognito would only call `invalid_client`, so it is
 * refused here by name. Fails with `secret_malformed`.
 */
export function parseStoredSecret(text: string | undefined, clientId: string): Result<Secret> {
  if (text === undefined) return fail('secret_malformed', { evidence: ['not_text'] })
  const trimmed = text.trim()
  if (!/^[{["]/.test(trimmed)) return toSecret(trimmed)
  const fields = parseJsonObject(trimmed)
  if (fields === undefined) return fail('secret_malformed', { evidence: ['not_json'] })
  const { client_id, client_secret } = fields
  if (client_id !== undefined && client_id !== clientId) {
    return fail('secret_malformed', { evidence: ['client_id_differs'] })
  }
  if (typeof client_secret !== 'string') {
    return fail('secret_malformed', { evidence: ['client_secret_missing'] })
  }
  return toSecret(client_secret)
}

function toSecret(text: string): Result<Secret> {
  if (placeholder.test(text)) return fail('secret_malformed', { evidence: ['placeholder'] })
  return secretForm.test(text)
    ? { ok: true, value: new Secret(text) }
    : fail('secret_malformed', { evidence: ['client_secret_unusable'] })
}
