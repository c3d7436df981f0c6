import { fail } from '../../core/causes.ts'
import type { Check, CheckName, Findings, InspectedClient } from '../../core/doctor-findings.ts'
import { Secret } from '../../core/secret.ts'
import type { Client } from '../../core/settings.ts'
import { toClient } from './sample-client.ts'

const userPoolId = 'eu-central-1_Pool1'

/** A client of the settings that names its user pool, with what a test changes. */
export function toPoolClient(changes: Partial<Client> = {}): Client {
  return toClient({ userPoolId, refreshTokenRotation: 'off', ...changes })
}

/** A sound app client, with what a test changes. */
export function toAppClient(changes: Partial<InspectedClient> = {}): InspectedClient {
  return {
    secret: new Secret('stored'),
    allowsCode: true,
    isOAuthEnabled: true,
    callbackUrls: ['https://shop.example.com/callback'],
    isRevocationEnabled: true,
    isRotating: false,
    scopes: ['openid'],
    identityProviders: ['COGNITO'],
    retryGracePeriodSeconds: 0,
    refreshTokenSeconds: 30 * 86_400,
    accessTokenSeconds: 3600,
    flows: ['code'],
    ...changes,
  }
}

/** What is found out about a client that is in order everywhere, with what a test changes. */
export function toFindings(changes: Partial<Findings> = {}): Findings {
  return {
    client: toPoolClient(),
    secret: { ok: true, value: new Secret('stored') },
    greeting: { ok: true, value: { aheadSeconds: 0.4 } },
    appClient: { ok: true, value: toAppClient() },
    cookieKey: undefined,
    activeSecrets: { ok: true, value: 1 },
    pool: { ok: true, value: { hasDeviceTracking: false, hasDomain: true } },
    domain: { ok: true, value: { userPoolId, status: 'ACTIVE' } },
    probe: fail('code_rejected'),
    ...changes,
  }
}

/** The one check of this name. */
export function pick(checks: readonly Check[], name: CheckName): Check {
  const found = checks.find((check) => check.name === name)
  if (found === undefined) throw new Error(`there is no check ${name}`)
  return found
}
