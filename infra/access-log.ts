/**
 * One line of the HTTP API's access log, as JSON: what the functions cannot see, such as a request that
 * was throttled or an answer that was lost. It never holds a path, query, header or body, in which a
 * code or a token could be. The caller's address stays in: it is the only trace by which a flood of
 * guesses can be blocked, and it goes when the log's retention ends.
 */
export const accessLogFormat: string = JSON.stringify({
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  sourceIp: '$context.identity.sourceIp',
  httpMethod: '$context.httpMethod',
  routeKey: '$context.routeKey',
  protocol: '$context.protocol',
  status: '$context.status',
  errorType: '$context.error.responseType',
  error: '$context.error.message',
  integrationStatus: '$context.integrationStatus',
  integrationLatencyMs: '$context.integrationLatency',
  responseLatencyMs: '$context.responseLatency',
  responseBytes: '$context.responseLength',
})
