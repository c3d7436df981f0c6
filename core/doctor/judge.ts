import type { GrantType } from '../causes/cause.ts'
import type { Client } from '../settings/settings.ts'
import type { Findings, InspectedClient, Verdict } from './findings.ts'
import { pass, skip } from './verdict.ts'

/** Makes one check of what was found out. */
export type Judge = (findings: Findings) => Verdict

const unneeded: Readonly<Record<GrantType, string>> = {
  authorization_code: 'not needed: the client does not exchange codes',
  refresh_token: 'not needed: the client does not refresh',
}

/** Judges what matters to one grant alone, where the settings give the client that grant. */
export function forGrant(grant: GrantType, judge: Judge): Judge {
  return (findings) =>
    findings.client.grants.includes(grant) ? judge(findings) : pass(unneeded[grant])
}

/** Judges one thing about the app client, where it could be read at all. */
export function forAppClient(
  judge: (described: InspectedClient, client: Client, findings: Findings) => Verdict,
): Judge {
  return (findings) => {
    const { appClient, client } = findings
    return appClient.ok ? judge(appClient.value, client, findings) : skip(appClient.why)
  }
}
