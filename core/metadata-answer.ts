import type { DiscoveryDocument } from './discovery.ts'
import { type HttpAnswer, toCommonHeaders, toFailureAnswer } from './http-answer.ts'
import type { Outcome } from './outcome.ts'

/** What a front end gets that asked for metadata: a document, or an address to go to. */
export type Metadata =
  | { readonly kind: 'document'; readonly document: DiscoveryDocument }
  | { readonly kind: 'redirect'; readonly location: string }

/** The status of a redirect (RFC 9110 section 15.4.3): the browser asks there with GET. */
export const redirectStatus = 302

/** Writes the answer of a request for metadata. */
export function toMetadataAnswer(
  { result }: Outcome<Metadata>,
  requestId: string,
  runbookUrl: string,
): HttpAnswer {
  if (!result.ok) return toFailureAnswer(result, undefined, requestId, runbookUrl)
  const headers = toCommonHeaders(requestId)
  const { value } = result
  if (value.kind === 'document') {
    return { statusCode: 200, headers, body: JSON.stringify(value.document) }
  }
  // The query may hold what only the user pool should see.
  const own = { location: value.location, 'referrer-policy': 'no-referrer' }
  return { statusCode: redirectStatus, headers: { ...headers, ...own }, body: '' }
}
