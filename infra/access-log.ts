/**
 * One line of the HTTP API's access log, as JSON. It shows what the functions cannot see, such as a throttled
 * request or a lost answer. It never contains a path, query, header or body, because these could contain a
 * code or a token. It contains the caller's address, because nothing else helps to block a flood of guesses;
 * the address is deleted when the log's retention ends.
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
