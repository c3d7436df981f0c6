/**
 * One line of the HTTP API's access log, as JSON and billed by its length: CloudWatch keeps the time with each
 * line, and the route names the method. It shows what the functions cannot see, such as a throttled
 * request or a lost answer. It never contains a path, query, header or body, because these could contain a
 * code or a token. It contains the caller's address, because nothing else helps to block a flood of guesses;
 * the address is deleted when the log's retention ends. `sourceIp` is who connected to the HTTP API, which nobody can make
 * up: behind CloudFront that is CloudFront, and only its web ACL and its own log know the caller. The HTTP API has no
 * variable for `X-Forwarded-For` or `CloudFront-Viewer-Address`, and callers who go around CloudFront write them themselves.
 */
export const accessLogFormat: string = JSON.stringify({
  requestId: '$context.requestId',
  sourceIp: '$context.identity.sourceIp',
  routeKey: '$context.routeKey',
  status: '$context.status',
  errorType: '$context.error.responseType',
  error: '$context.error.message',
  integrationStatus: '$context.integrationStatus',
  integrationLatencyMs: '$context.integrationLatency',
  responseLatencyMs: '$context.responseLatency',
  responseBytes: '$context.responseLength',
})
