import { type CheckCauseName, toCheckCause } from '../causes/doctor.ts'
import type { Verdict } from './findings.ts'

/** What fixes a cause where a command line has named everything, so that there is no setting to change. */
const fixes: { readonly [N in CheckCauseName]?: string } = {
  user_pool_not_found:
    'Give --user-pool-id of a user pool in this account; the id begins with the Region of the pool.',
  client_not_found: 'Give --client-id of an app client that exists in the user pool.',
  callback_not_registered:
    'Add the redirect URI to the callback URLs of the app client, or let the front end use one that is registered.',
  domain_not_found: 'Give --domain of the user pool, or leave it out: then the pool says it.',
  domain_of_another_pool: 'Give --domain and --user-pool-id of the same user pool.',
  cognito_redirected:
    'Give --domain the address that serves the token endpoint without a redirect.',
  cognito_request_rejected:
    'Check --domain and what stands in front of it; then give the Cognito request id to AWS Support.',
  secret_not_found:
    'Create the secret in Secrets Manager under the name that --secret-id gives, or correct the name.',
  client_secret_mismatch:
    "Give the app client's current secret, or store it where --secret-id says.",
}

/** The flag that stands for a field of the settings. */
const flags = {
  userPoolId: '--user-pool-id',
  clientId: '--client-id',
  secretId: '--secret-id',
} as const

/**
 * Says the fix of a verdict in the words of whoever has no settings and typed flags. A fix that is that of its
 * cause alone has another text; in any other, the fields have the names of their flags.
 */
export function toFixByFlags<V extends Verdict>(verdict: V): V {
  const { cause, fix } = verdict
  if (fix === undefined) return verdict
  if (cause !== undefined && fix === toCheckCause(cause).fix) {
    return { ...verdict, fix: fixes[cause] ?? fix }
  }
  return { ...verdict, fix: nameFlags(cause === undefined ? fix : replaceOwn(cause, fix)) }
}

/** Some texts begin with the fix of their cause and say more. */
function replaceOwn(cause: CheckCauseName, fix: string): string {
  const own = fixes[cause]
  return own === undefined ? fix : fix.replace(toCheckCause(cause).fix, own)
}

function nameFlags(fix: string): string {
  return Object.entries(flags).reduce(
    (text, [field, flag]) => text.replaceAll(new RegExp(`\\b${field}\\b`, 'g'), flag),
    fix,
  )
}
