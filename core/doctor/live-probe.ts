import { type CauseName, type Failure, fail } from '../causes/catalogue.ts'
import type { GrantType } from '../causes/cause.ts'
import type { Client } from '../settings/settings.ts'
import { toDomainCommand } from './command.ts'
import type { Findings, Verdict } from './findings.ts'
import { type Fix, toStoreFix } from './secret.ts'
import { pass, rejectFailure, skip } from './verdict.ts'

/** The refusal that an invented code or refresh token must meet: it proves everything that comes before it. */
const wanted: ReadonlySet<CauseName> = new Set(['code_rejected', 'refresh_token_rejected'])

/** Chooses what the live probe asks for: a code proves most, where the client has codes to exchange. */
export function chooseProbeGrant({ grants }: Client): GrantType {
  return grants.includes('authorization_code') ? 'authorization_code' : 'refresh_token'
}

/** Whether Cognito refused the junk itself, which it does only after it has taken client and secret. */
export function isSecretProved({ probe }: Pick<Findings, 'probe'>): boolean {
  return probe?.ok === false && wanted.has(probe.cause)
}

const junk: Readonly<Record<GrantType, string>> = {
  authorization_code: 'an invented code',
  refresh_token: 'an invented refresh token',
}

/** Judges how Cognito took the junk: that it refused the code or token itself, and nothing before it. */
export function judgeProbe(findings: Findings): Verdict {
  const { probe, client } = findings
  if (probe === undefined) return skip('unanswered')
  const sent = junk[chooseProbeGrant(client)]
  if (isSecretProved(findings)) {
    return pass(`${sent} was refused as expected: secret, client and grant are correct`)
  }
  const verdict = probe.ok
    ? rejectFailure(fail('cognito_answer_unusable', { evidence: ['not_tokens'] }))
    : rejectFailure(probe, probeFixes[probe.cause]?.(findings, probe))
  return { ...verdict, found: `${sent} was sent: ${verdict.found}` }
}

const probeFixes: { readonly [N in CauseName]?: (findings: Findings, failure: Failure) => Fix } = {
  client_secret_mismatch: (findings) => toStoreFix(findings, 'client_secret_mismatch'),
  // A secret that Cognito does not show can only be replaced.
  client_rejected: (findings, { evidence }) =>
    evidence.includes('secret_undescribed') ? toStoreFix(findings, 'client_secret_mismatch') : {},
  domain_not_found: ({ client }) => ({ command: toDomainCommand(client) }),
  domain_of_another_pool: ({ client }) => ({ command: toDomainCommand(client) }),
}
