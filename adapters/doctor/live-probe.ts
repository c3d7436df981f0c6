import { randomBytes, randomUUID } from 'node:crypto'
import type { Result } from '../../core/causes/catalogue.ts'
import { diagnose } from '../../core/diagnosis/diagnosis.ts'
import type { Described, PoolEvidence } from '../../core/diagnosis/pool-evidence.ts'
import type { Findings, Reading } from '../../core/doctor/findings.ts'
import { chooseProbeGrant } from '../../core/doctor/live-probe.ts'
import { toFormBody } from '../../core/form.ts'
import { type TokenRequest, toUpstreamParameters } from '../../core/oauth-request.ts'
import { Secret } from '../../core/secret.ts'
import type { Client } from '../../core/settings/settings.ts'
import { judgeUpstreamAnswer } from '../../core/token-response.ts'
import type { Clock } from '../clock.ts'
import type { Connections } from '../connections.ts'
import { toBasic } from '../token-exchange.ts'
import { askUserPoolDomain } from '../user-pool-domain.ts'

/**
 * Asks the token endpoint once, with a code or refresh token that nobody was given, and judges and diagnoses the answer as
 * that of a request. Never a second attempt, whatever comes of the first.
 */
export async function askWithJunkCode(
  findings: Omit<Findings, 'probe'>,
  secret: Secret,
  timeoutMs: number,
  connections: Connections,
  clock: Clock,
): Promise<Result<unknown>> {
  const { client } = findings
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
  const judged = answer.ok ? judgeUpstreamAnswer(answer.value, request.grantType) : answer
  if (judged.ok) return judged
  const pool = toEvidence(findings)
  const found = diagnose({ failure: judged, request, usedSecret: secret, pool, earlier: 'none' })
  // No sign-in began with this code, so that none can have begun with another redirect URI.
  return found.cause === 'redirect_uri_mismatch' ? judged : found
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

function toEvidence(findings: Omit<Findings, 'probe'>): PoolEvidence {
  const { appClient, activeSecrets, pool, domain } = findings
  return {
    ...toPart('client', appClient),
    ...toPart('activeSecrets', activeSecrets),
    ...toPart('pool', pool),
    ...toPart('domain', domain),
  }
}

/** Everything was read within these seconds, so that all of it is fresh. */
function toPart<N extends string, T>(
  name: N,
  reading: Reading<T>,
): { readonly [P in N]?: Described<T> } {
  if (!reading.ok && reading.why !== 'absent') return {}
  const described: Described<T> = { value: reading.ok ? reading.value : 'absent', isFresh: true }
  return { [name]: described } as { readonly [P in N]?: Described<T> }
}
