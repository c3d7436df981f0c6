import { randomBytes, randomUUID } from 'node:crypto'
import type { Result } from '../core/causes/catalogue.ts'
import { chooseProbeGrant } from '../core/doctor/live-probe.ts'
import { toFormBody } from '../core/form.ts'
import { type TokenRequest, toUpstreamParameters } from '../core/oauth-request.ts'
import { Secret } from '../core/secret.ts'
import type { Client } from '../core/settings/settings.ts'
import { judgeUpstreamAnswer } from '../core/token-response.ts'
import type { Clock } from './clock.ts'
import type { Connections } from './http/connections.ts'
import { toBasic } from './token-exchange.ts'
import { askUserPoolDomain } from './user-pool-domain.ts'

/** A request with junk in it, and how Cognito took it. */
export interface JunkAnswer {
  readonly request: TokenRequest
  readonly result: Result<unknown>
}

/**
 * Asks the token endpoint once, with a code or refresh token that nobody was given, and judges the answer as
 * that of a request. Never a second attempt, whatever comes of the first.
 */
export async function sendJunkCode(
  client: Client,
  secret: Secret,
  timeoutMs: number,
  connections: Connections,
  clock: Clock,
): Promise<JunkAnswer> {
  const request = toJunkRequest(client)
  const answer = await askUserPoolDomain(
    {
      domain: client.domain,
      path: '/oauth2/token',
      post: {
        authorization: toBasic(client.clientId, secret),
        body: toFormBody(toUpstreamParameters(request)),
      },
      timeoutMs,
      connectTimeoutMs: timeoutMs,
    },
    connections,
    clock,
  )
  const result = answer.ok ? judgeUpstreamAnswer(answer.value, request.grantType) : answer
  return { request, result }
}

/** A client that exchanges codes has a redirect URI, as the settings see to. */
function toJunkRequest(client: Client): TokenRequest {
  const [redirectUri] = client.redirectUris
  if (chooseProbeGrant(client) === 'refresh_token' || redirectUri === undefined) {
    return { grantType: 'refresh_token', client, refreshToken: new Secret(randomUUID()) }
  }
  return {
    grantType: 'authorization_code',
    client,
    code: new Secret(randomUUID()),
    redirectUri,
    codeVerifier: new Secret(randomBytes(32).toString('base64url')),
  }
}
