import type { ValuesOf } from '../../core/settings/field.ts'
import { textSettings } from '../../core/settings/table.ts'
import type { edgeFields } from './fields.ts'

type EdgeMode = Pick<ValuesOf<typeof edgeFields>, 'edge'>

/** The parameter of the stage's own stack with the digests of the keys that may come with a request. */
export const digestsParameter = 'EdgeKeyDigests'

/** Makes the parameters of the stage's own stack: the digests, where requests must come through the edge. */
export function toDigestParameters({ edge }: EdgeMode): Readonly<Record<string, unknown>> {
  if (edge !== 'required') return {}
  return {
    [digestsParameter]: {
      Type: 'String',
      AllowedPattern: '[0-9a-f]{64}(,[0-9a-f]{64})?',
      Description:
        'The SHA-256 digests of the keys that the distribution in front may send, in lower-case hex: one, or two while the key is replaced.',
    },
  }
}

/** Makes the variable by which a function gets the digests. */
export function toDigestVariables({ edge }: EdgeMode): Readonly<Record<string, unknown>> {
  return edge === 'required'
    ? { [textSettings.edgeKeyDigests.variable]: { Ref: digestsParameter } }
    : {}
}

/**
 * Chooses the digests that the stage's own stack accepts while the edge changes from one key to the next: that of the
 * key which the edge sends now, and that of the next one. What was accepted before them is forgotten.
 */
export function chooseDigests(deployed: string | undefined, next: string): string {
  return deployed === undefined ? next : `${deployed},${next}`
}
