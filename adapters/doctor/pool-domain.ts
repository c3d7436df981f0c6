import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import type { Reading } from '../../core/doctor/findings.ts'
import { toPoolDomainUrl, toPoolRegion } from '../../core/user-pool.ts'
import { toUnreadReason } from '../evidence/pool-describer.ts'

/**
 * Reads the base URL of a user pool's domain, its custom one if it has both; undefined where it has none, so
 * that there is no token endpoint.
 */
export async function askPoolDomain(userPoolId: string): Promise<Reading<string | undefined>> {
  const region = toPoolRegion(userPoolId)
  const sdk = new CognitoIdentityProviderClient({ region, maxAttempts: 2 })
  try {
    const { UserPool } = await sdk.send(new DescribeUserPoolCommand({ UserPoolId: userPoolId }))
    const { CustomDomain: customDomain, Domain: domainPrefix } = UserPool ?? {}
    return { ok: true, value: toPoolDomainUrl({ userPoolId, domainPrefix, customDomain }) }
  } catch (thrown) {
    return { ok: false, why: toUnreadReason(thrown) }
  } finally {
    sdk.destroy()
  }
}
