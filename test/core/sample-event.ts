import type { GatewayEvent } from '../../core/gateway-event.ts'

/** A verifier of the least length (RFC 7636 section 4.1). */
export const verifier = 'v'.repeat(43)

/** The parameters of a code exchange that may go on. */
export const codeParameters = {
  grant_type: 'authorization_code',
  client_id: 'client1',
  code: 'code-1',
  redirect_uri: 'https://shop.example.com/callback',
  code_verifier: verifier,
}

/** The parameters of a refresh that may go on. */
export const refreshParameters = {
  grant_type: 'refresh_token',
  client_id: 'client1',
  refresh_token: 'refresh-1',
}

const headers = {
  'content-type': 'application/x-www-form-urlencoded',
  origin: 'https://shop.example.com',
}

/** An event whose request may go on, with what a test changes; a header of `undefined` is left out. */
export function toEvent(
  parameters: Readonly<Record<string, string>>,
  changes: Partial<GatewayEvent> = {},
  changedHeaders: Readonly<Record<string, string | undefined>> = {},
): GatewayEvent {
  const present = Object.entries({ ...headers, ...changedHeaders })
  return {
    method: 'POST',
    path: '/oauth2/token',
    query: '',
    headers: new Map(present.flatMap(([name, text]) => (text === undefined ? [] : [[name, text]]))),
    body: new URLSearchParams(parameters).toString(),
    isBase64Encoded: false,
    cookies: new Map(),
    domainName: 'proxy.example.com',
    requestId: 'request-1',
    ...changes,
  }
}
