import type { TestContext } from 'node:test'
import { systemClock } from '../../adapters/clock.ts'
import { type Connections, openConnections } from '../../adapters/connections.ts'
import { askUserPoolDomain, type UpstreamCall } from '../../adapters/user-pool-domain.ts'
import type { Result } from '../../core/causes.ts'
import { Secret } from '../../core/secret.ts'
import type { UpstreamAnswer } from '../../core/token-response.ts'

/** What became of a call, and whether any of its bytes may have left. */
export interface Asked {
  readonly result: Result<UpstreamAnswer>
  readonly isSent: boolean
}

/** Asks a domain over connections of its own, closed when the test ends, or over given ones. */
export async function askDomain(
  t: TestContext,
  domain: string,
  changes: Partial<UpstreamCall> = {},
  connections: Connections = openTestConnections(t),
): Promise<Asked> {
  let isSent = false
  const call: UpstreamCall = {
    domain,
    path: '/oauth2/token',
    post: {
      authorization: new Secret('Basic Zm9vOmJhcg=='),
      body: 'grant_type=refresh_token&refresh_token=r',
    },
    timeoutMs: 5000,
    connectTimeoutMs: 2000,
    onSent: () => {
      isSent = true
    },
    ...changes,
  }
  return { result: await askUserPoolDomain(call, connections, systemClock), isSent }
}

/** Connections that are closed when the test ends. */
export function openTestConnections(t: TestContext, clock = systemClock): Connections {
  const connections = openConnections(clock, 4000)
  t.after(() => connections.close())
  return connections
}

/** What a call came to, in one text: status and body, or cause, evidence and delivery. */
export function toSeen({ result }: Asked): string {
  return result.ok
    ? `${result.value.status} ${result.value.body}`
    : [result.cause, ...result.evidence, result.delivery].join(' ')
}
