import type { DiscoveryDocument } from './discovery.ts'
import { type HttpAnswer, toCommonHeaders, toFailureAnswer } from './http-answer.ts'
import type { Outcome } from './outcome.ts'
import { discoveryPath } from './paths.ts'

/** What is answered to whoever asked for metadata: a document, an address to go to, or what this is. */
export type Metadata =
  | { readonly kind: 'document'; readonly document: DiscoveryDocument }
  | { readonly kind: 'about' }
  | { readonly kind: 'redirect'; readonly location: string }

/** The status of a redirect (RFC 9110 section 15.4.3): the browser asks there with GET. */
export const redirectStatus = 302

/** What people and monitors are told; everything in it is public, and none of it depends on a client. */
const about = {
  name: 'token-proxy',
  description:
    'The token endpoint for front ends that cannot keep a secret, in front of Amazon Cognito app clients that have one.',
  status: 'usable',
  token_endpoint: '/oauth2/token',
  revocation_endpoint: '/oauth2/revoke',
  discovery: discoveryPath,
  guide: 'docs/front-ends.md in the source of token-proxy',
}

/** Writes the answer of a request for metadata. */
export function toMetadataAnswer(
  { result, cookies = [] }: Outcome<Metadata>,
  requestId: string,
  runbookUrl: string,
): HttpAnswer {
  if (!result.ok) return toFailureAnswer(result, undefined, requestId, runbookUrl)
  const headers = toCommonHeaders(requestId)
  const { value } = result
  if (value.kind === 'document') {
    return { statusCode: 200, headers, body: JSON.stringify(value.document) }
  }
  if (value.kind === 'about') {
    const runbook = runbookUrl === '' ? {} : { runbook: runbookUrl }
    return { statusCode: 200, headers, body: JSON.stringify({ ...about, ...runbook }) }
  }
  // The query may hold what only the user pool should see.
  const own = { location: value.location, 'referrer-policy': 'no-referrer' }
  const answer = { statusCode: redirectStatus, headers: { ...headers, ...own }, body: '' }
  return cookies.length === 0 ? answer : { ...answer, cookies }
}
