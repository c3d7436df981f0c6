import { parseForm } from '../../core/form.ts'

/** Reads a body both as it is and in base64, as an HTTP API hands it over. */
export function parseBoth(body: string): readonly ReturnType<typeof parseForm>[] {
  return [parseForm(body, false), parseForm(Buffer.from(body, 'utf8').toString('base64'), true)]
}
