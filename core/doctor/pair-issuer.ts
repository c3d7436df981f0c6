import type { Client } from '../settings/settings.ts'
import { toPoolRegion } from '../user-pool.ts'
import type { Reading, Verdict } from './findings.ts'
import { pass, reject, skip, warn } from './verdict.ts'

/**
 * Judges whether tokens are issued in one name, and whether the settings have that name: the discovery document of
 * both Regions says it, and front ends compare it with the tokens.
 *
 * @param issuerType `UPDATED` for the issuer of all Regions
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_IssuerConfigurationType.html
 */
export function judgePairIssuer(client: Client, issuerType: Reading<string | undefined>): Verdict {
  if (!issuerType.ok) return skip(issuerType.why)
  const { userPoolId = '', issuer } = client
  const region = toPoolRegion(userPoolId)
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
  const ofAll = `https://issuer-cognito-idp.${region}.${suffix}/${userPoolId}`
  const isOfAll = issuerType.value === 'UPDATED'
  const real = isOfAll ? ofAll : `https://cognito-idp.${region}.${suffix}/${userPoolId}`
  if (issuer !== real) {
    return reject('regions_differ', `tokens come from ${real}, and the settings say ${issuer}`, {
      fix: `Set issuer of the client to ${real}.`,
    })
  }
  return isOfAll
    ? pass('the issuer of all Regions')
    : warn(
        `tokens come from the issuer of ${region} alone`,
        `Set IssuerConfiguration of the user pool to UPDATED, and issuer of the client to ${ofAll}.`,
      )
}
