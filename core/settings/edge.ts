import type { Problems } from './problems.ts'
import { textSettings } from './table.ts'

/**
 * Notes that the address of the CDN is missing where requests have to come through it: the discovery documents
 * would name the address of the API behind it, where nobody is served.
 */
export function noteEdgeProblems(
  texts: { readonly publicUrl: string; readonly edgeKeyDigests: string },
  { note, isSound }: Problems,
): void {
  const { variable } = textSettings.publicUrl
  if (texts.edgeKeyDigests === '' || texts.publicUrl !== '' || !isSound(variable)) return
  note(
    variable,
    `is missing: with ${textSettings.edgeKeyDigests.variable}, it is the address of the CDN`,
  )
}
