import { client } from './deployment.ts'

/** A verifier of the least length (RFC 7636 section 4.1). */
export const verifier = 'v'.repeat(43)

const headers = {
  accept: 'application/json',
  'accept-encoding': 'gzip, deflate, br',
  'accept-language': 'en',
  'content-type': 'application/x-www-form-urlencoded',
  host: 'proxy.example',
  origin: client.origin,
  referer: `${client.origin}/`,
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/147.0.0.0 Safari/537.36',
  'x-forwarded-for': '192.0.2.1',
  'x-forwarded-port': '443',
  'x-forwarded-proto': 'https',
}

/** The event of an HTTP API for the exchange of a code; without a verifier, it has to be refused. */
export function toEvent(code: string, withVerifier = true) {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: client.clientId,
    code,
    redirect_uri: client.redirectUri,
    ...(withVerifier ? { code_verifier: verifier } : {}),
  })
  return {
    version: '2.0',
    routeKey: 'POST /oauth2/token',
    rawPath: '/oauth2/token',
    rawQueryString: '',
    headers: { ...headers },
    requestContext: {
      accountId: '123456789012',
      apiId: 'api',
      domainName: 'proxy.example',
      http: {
        method: 'POST',
        path: '/oauth2/token',
        protocol: 'HTTP/1.1',
        sourceIp: '192.0.2.1',
        userAgent: headers['user-agent'],
      },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: 'POST /oauth2/token',
      stage: '$default',
      timeEpoch: Date.now(),
    },
    body: Buffer.from(body.toString()).toString('base64'),
    isBase64Encoded: true,
  }
}

/** The context that Lambda hands to a handler with 15 seconds left. */
export function toContext() {
  const endsAtMs = Date.now() + 15_000
  return {
    awsRequestId: '11111111-2222-3333-4444-555555555555',
    callbackWaitsForEmptyEventLoop: true,
    functionName: 'token-proxy-bench-oauth2',
    functionVersion: '$LATEST',
    invokedFunctionArn:
      'arn:aws:lambda:eu-central-1:123456789012:function:token-proxy-bench-oauth2',
    memoryLimitInMB: '256',
    logGroupName: '/aws/lambda/token-proxy-bench-oauth2',
    logStreamName: '2026/01/01/[$LATEST]0',
    getRemainingTimeInMillis: () => endsAtMs - Date.now(),
  }
}
