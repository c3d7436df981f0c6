import { toIssuer } from '../settings/client-fields.ts'
import type { Client } from '../settings/settings.ts'
import { toIssuerOfAllRegions, toPoolRegion } from '../user-pool.ts'
import type { Reading, Verdict } from './findings.ts'
import { pass, reject, skip, warn } from './verdict.ts'

/**
 * Judges whether tokens are issued in one name, and whether the settings have that name: the discovery document of
 * both Regions says it, and front ends compare it with the tokens.
 *
 * @param issuerType `UPDATED` for the issuer of all Regions
 */
export function judgePairIssuer(client: Client, issuerType: Reading<string | undefined>): Verdict {
  if (!issuerType.ok) return skip(issuerType.why)
  const { userPoolId = '', issuer } = client
  const ofAll = toIssuerOfAllRegions(userPoolId)
  const isOfAll = issuerType.value === 'UPDATED'
  const real = isOfAll ? ofAll : toIssuer(userPoolId)
  if (issuer !== real) {
    return reject('regions_differ', `tokens come from ${real}, and the settings say ${issuer}`, {
      fix: `Set issuer of the client to ${real}.`,
    })
  }
  return isOfAll
    ? pass('the issuer of all Regions')
    : warn(
        `tokens come from the issuer of ${toPoolRegion(userPoolId)} alone`,
        `Set IssuerConfiguration of the user pool to UPDATED, and issuer of the client to ${ofAll}.`,
      )
}
