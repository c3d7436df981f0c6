import { parseJsonObject } from '../json.ts'
import { Secret } from '../secret.ts'
import type { OtherSecret } from './seen.ts'

/** What `AddUserPoolClientSecret` takes as a value. */
const addableForm = /^[\w+]{24,64}$/
const idForm = /^[\w+:-]{1,128}$/

/** Whether Cognito takes a value as a second secret of an app client. */
export function isAddable(secret: Secret): boolean {
  return addableForm.test(secret.reveal())
}

/**
 * Reads which other secret a stored version has written down; what has another form counts for nothing. Nor does
 * what another version has written: whoever edits a value by hand keeps the other fields.
 */
export function parseOtherSecret(
  text: string | undefined,
  versionId: string,
): OtherSecret | undefined {
  const fields = parseJsonObject(text ?? '') ?? {}
  const { replaces, beside, of_version: writer = versionId } = fields
  if (writer !== versionId) return undefined
  if (isId(replaces)) return { id: replaces, isReplaced: true }
  return isId(beside) ? { id: beside, isReplaced: false } : undefined
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && idForm.test(value)
}

/**
 * Writes the text of a version: the fields that the current one has, with another secret in them.
 *
 * @param currentText the text of the current version, whose further fields are kept
 */
export function toVersionText(
  currentText: string | undefined,
  { clientId, versionId }: { readonly clientId: string; readonly versionId: string },
  secret: Secret,
  other: OtherSecret | undefined,
): Secret {
  const { replaces, beside, of_version, ...kept } = parseJsonObject(currentText ?? '') ?? {}
  const fields = {
    ...kept,
    client_id: clientId,
    client_secret: secret.reveal(),
    ...(other !== undefined && {
      [other.isReplaced ? 'replaces' : 'beside']: other.id,
      of_version: versionId,
    }),
  }
  return new Secret(JSON.stringify(fields))
}
