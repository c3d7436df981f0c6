import {
  CognitoIdentityProviderClient,
  DescribeUserPoolDomainCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import type { Reading } from '../../core/doctor/findings.ts'
import { toUnreadReason } from '../evidence/pool-describer.ts'

/**
 * Asks which user pool of the account has a domain; `absent` where none has.
 *
 * @param domain a prefix of Cognito's own domains, or the host name of a custom one
 */
export async function askDomainOwner(domain: string, region: string): Promise<Reading<string>> {
  const sdk = new CognitoIdentityProviderClient({ region, maxAttempts: 2 })
  try {
    const { DomainDescription: described } = await sdk.send(
      new DescribeUserPoolDomainCommand({ Domain: domain }),
    )
    const { UserPoolId: value } = described ?? {}
    return value === undefined ? { ok: false, why: 'absent' } : { ok: true, value }
  } catch (thrown) {
    return { ok: false, why: toUnreadReason(thrown) }
  } finally {
    sdk.destroy()
  }
}
