import type { GatewayEvent } from './gateway-event.ts'

/** Headers by which a CDN says that the request came through it: any (RFC 8586), or one of the large ones. */
const cdnHeaders = [
  ...['cdn-loop', 'x-amz-cf-id', 'cf-ray', 'akamai-origin-hop', 'x-akamai-config-log-detail'],
  ...[
    'fastly-ff',
    'fastly-client-ip',
    'x-azure-ref',
    'x-azure-fdid',
    'x-vercel-id',
    'x-nf-request-id',
  ],
] as const
/** What CDNs call themselves in `Via`. A proxy at the caller's side has other names. */
const cdnName = /\b(?:akamai|cloudfront|fastly|google|varnish|vercel)\b/i

/**
 * Whether a CDN passed the request on, as its headers say, which may have dropped a header that nobody told it to
 * forward. Anybody can send these headers: they explain a refusal, and allow nothing.
 */
export function isBehindCdn({ headers }: Pick<GatewayEvent, 'headers'>): boolean {
  return cdnHeaders.some((name) => headers.has(name)) || cdnName.test(headers.get('via') ?? '')
}
