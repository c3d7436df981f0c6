/** Headers that a token request itself may have, or that are let through so that their refusal can be read. */
const ownHeaders = [
  ...['authorization', 'content-type', 'dpop', 'x-requested-with'],
  ...['mcp-protocol-version', 'x-amz-user-agent'],
]

/**
 * Headers that monitoring, tracing and HTTP interceptors add to every call of a page. The proxy reads none of
 * them. Without them here, the preflight would fail, and with it every sign-in of a page that turns tracing on.
 */
const addedHeaders = [
  // W3C Trace Context and Baggage: OpenTelemetry, and most tools since.
  ...['traceparent', 'tracestate', 'baggage'],
  ...['sentry-trace', 'newrelic', 'elastic-apm-traceparent', 'uber-trace-id'],
  ...['x-datadog-origin', 'x-datadog-parent-id', 'x-datadog-sampling-priority'],
  ...['x-datadog-tags', 'x-datadog-trace-id'],
  ...['b3', 'x-b3-flags', 'x-b3-parentspanid', 'x-b3-sampled', 'x-b3-spanid', 'x-b3-traceid'],
  ...['x-instana-l', 'x-instana-s', 'x-instana-t'],
  ...['x-amzn-trace-id', 'x-cloud-trace-context', 'request-context', 'request-id'],
  ...['x-correlation-id', 'x-request-id'],
  // Caches are told to stay away, which no POST needs.
  ...['cache-control', 'expires', 'pragma'],
]

/**
 * The request headers that the HTTP API allows across origins. Names and not `*`, which stands for nothing in
 * an answer with credentials and never for `authorization` (Fetch section 3.3.3).
 *
 * @param more what a deployment adds, in lower case
 */
export function toAllowedHeaders(more: readonly string[]): readonly string[] {
  return [...new Set([...ownHeaders, ...addedHeaders, ...more])].sort()
}
