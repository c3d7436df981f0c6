import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import type { Reading } from '../../core/doctor/findings.ts'
import { toUnreadReason } from '../evidence/pool-describer.ts'

/**
 * Reads the base URL of a user pool's domain, its custom one if it has both; undefined where it has none, so
 * that there is no token endpoint.
 */
export async function askPoolDomain(userPoolId: string): Promise<Reading<string | undefined>> {
  const [region = ''] = userPoolId.split('_')
  const sdk = new CognitoIdentityProviderClient({ region, maxAttempts: 2 })
  try {
    const { UserPool } = await sdk.send(new DescribeUserPoolCommand({ UserPoolId: userPoolId }))
    const { CustomDomain, Domain } = UserPool ?? {}
    if (CustomDomain) return { ok: true, value: `https://${CustomDomain}` }
    const prefix = Domain && `https://${Domain}.auth.${region}.amazoncognito.com`
    return { ok: true, value: prefix || undefined }
  } catch (thrown) {
    return { ok: false, why: toUnreadReason(thrown) }
  } finally {
    sdk.destroy()
  }
}
