import { isOriginalActive } from '../diagnosis/original-secret.ts'
import { chooseNearestDifference } from '../redirect-uri.ts'
import { toListCommand, toPoolsCommand } from './command.ts'
import type { Findings, Verdict } from './findings.ts'
import { forAppClient, forGrant, type Judge } from './judge.ts'
import { isSecretProved } from './live-probe.ts'
import { toStoreFix } from './secret.ts'
import { pass, reject, skip, warn } from './verdict.ts'

/** Judges whether the user pool has the app client, and first whether there is such a pool. */
export function judgeExistence({ appClient, pool, domain, client }: Findings): Verdict {
  if (appClient.ok) return pass(`${client.clientId} in ${client.userPoolId}`)
  if (!pool.ok && pool.why === 'absent') {
    const owner = domain.ok ? domain.value.userPoolId : undefined
    const hint = owner === undefined ? '' : `; the domain belongs to ${owner}`
    const found = `there is no user pool ${client.userPoolId}${hint}`
    return reject('user_pool_not_found', found, { command: toPoolsCommand(client) })
  }
  // Settings that name no user pool do not ask for this; any other reason is worth a look.
  if (appClient.why === 'unnamed') return skip(appClient.why)
  if (appClient.why !== 'absent') return { ...skip(appClient.why), status: 'warning' }
  const found = `${client.userPoolId} has no app client ${client.clientId}`
  return reject('client_not_found', found, { command: toListCommand(client) })
}

const forSignIn = (judge: Parameters<typeof forAppClient>[0]): Judge =>
  forGrant('authorization_code', forAppClient(judge))

/**
 * Judges whether the app client has a secret. That Cognito describes none proves nothing: it describes the one
 * that the app client was made with, which may have been deleted since. The list of secrets tells.
 */
export const judgeHasSecret = forAppClient(({ secret }, _client, { activeSecrets }) => {
  if (secret !== undefined) return pass('it is a confidential client')
  if (!activeSecrets.ok) {
    return warn(
      'Cognito shows no secret, and its list of secrets could not be read; see the live probe',
      'Allow cognito-idp:ListUserPoolClientSecrets on the user pool.',
    )
  }
  const { count } = activeSecrets.value
  return count > 0
    ? pass(`it is a confidential client: ${toCount(count)}, which Cognito does not show`)
    : reject('client_has_no_secret', 'it is a public client', {
        fix: 'Create an app client with a secret, and set clientId to the id that the command prints. A secret cannot be added to an existing app client.',
        change: { GenerateSecret: true },
      })
})

/**
 * Judges whether the stored secret is the app client's. Cognito describes at most the secret that the app
 * client was made with, so that another one is wrong only while that is the only active one. Otherwise the
 * live probe decides: a secret that it proved is right, whatever is described.
 */
export const judgeClientSecret = forAppClient((described, _client, findings) => {
  const { secret, activeSecrets } = findings
  const listed = activeSecrets.ok ? activeSecrets.value : undefined
  const two = listed?.count === 2 ? '; two secrets are active' : ''
  if (!secret.ok) return skip('unanswered')
  if (described.secret?.equals(secret.value)) {
    return pass(`the stored secret is the one that Cognito shows${two}`)
  }
  const shown = described.secret === undefined ? 'none' : 'another one'
  if (isSecretProved(findings)) {
    return pass(`the live probe proves the stored secret; Cognito shows ${shown}${two}`)
  }
  if (described.secret === undefined) {
    const found =
      'cannot tell: Cognito does not show the secret, as after a rotation; see the live probe'
    return { status: 'skipped', found }
  }
  if (listed?.count !== 1 || !isOriginalActive(described, listed)) {
    return warn(
      `the secret that Cognito shows differs from the stored one${two}; see the live probe`,
    )
  }
  return reject('client_secret_mismatch', 'the only active secret differs from the stored one', {
    ...toStoreFix(findings, 'client_secret_mismatch'),
  })
})

function toCount(secrets: number): string {
  return secrets === 1 ? 'one secret is active' : `${secrets} secrets are active`
}

/**
 * Judges whether the app client may use authorization codes. Cognito refuses to add them to one that is
 * made for client credentials, so that no change to it can fix this.
 */
export const judgeCodeFlow = forSignIn(({ allowsCode, flows }) => {
  if (allowsCode) return pass('the code grant is allowed')
  const found = `AllowedOAuthFlows: ${toList(flows)}`
  return flows.includes('client_credentials')
    ? reject('grant_not_allowed', `${found}, which Cognito does not combine with the code flow`, {
        fix: 'Create a separate app client with the code grant for sign-in, and set clientId and secretId to it.',
        needsOtherClient: true,
      })
    : reject('grant_not_allowed', found, { change: { AllowedOAuthFlows: ['code'] } })
})

/**
 * Judges whether OAuth is switched on for the app client. Whether a refresh needs it is not known, so that
 * for a client that only refreshes the live probe decides.
 */
export const judgeOAuthSwitch = forAppClient(({ isOAuthEnabled }, { grants }) => {
  if (isOAuthEnabled) return pass('OAuth is on')
  const found = 'AllowedOAuthFlowsUserPoolClient: false'
  return grants.includes('authorization_code')
    ? reject('oauth_flows_disabled', found, { change: { AllowedOAuthFlowsUserPoolClient: true } })
    : warn(`${found}, but the client only refreshes; see the live probe`)
})

/** Judges whether every configured redirect URI is registered, and tells near misses. */
export const judgeRedirectUris = forSignIn(({ callbackUrls }, { redirectUris }) => {
  const missing = redirectUris.filter((uri) => !callbackUrls.includes(uri))
  if (missing.length === 0) return pass(`registered: ${toList(redirectUris)}`)
  const found = missing.map((uri) => `${uri} is not registered${toNearMiss(uri, callbackUrls)}`)
  return reject('callback_not_registered', found.join('; '), {
    change: { CallbackURLs: missing },
  })
})

/** Names callback URLs that are registered but not configured: nobody can use them here. */
export const judgeCallbackUrls = forSignIn(({ callbackUrls }, { redirectUris }) => {
  const others = callbackUrls.filter((url) => !redirectUris.includes(url))
  return others.length === 0
    ? pass('no others are registered')
    : warn(
        `registered, but not configured: ${toList(others)}`,
        'Configure them in redirectUris, or remove them from the app client.',
      )
})

/** Judges whether sign-in can ask for anything. */
export const judgeScopes = forSignIn(({ scopes }) =>
  scopes.length > 0
    ? pass(toList(scopes))
    : reject('scopes_missing', 'AllowedOAuthScopes is empty', {
        change: { AllowedOAuthScopes: ['openid'] },
      }),
)

/** Judges whether anybody can sign in. */
export const judgeIdentityProviders = forSignIn(({ identityProviders }) =>
  identityProviders.length > 0
    ? pass(toList(identityProviders))
    : reject('identity_providers_missing', 'SupportedIdentityProviders is empty', {
        change: { SupportedIdentityProviders: ['COGNITO'] },
      }),
)

/** Judges whether sign-out can revoke. */
export const judgeRevocation = forAppClient(({ isRevocationEnabled }) =>
  isRevocationEnabled
    ? pass('revocation is on')
    : reject('revocation_disabled', 'EnableTokenRevocation: false', {
        change: { EnableTokenRevocation: true },
      }),
)

function toNearMiss(uri: string, registered: readonly string[]): string {
  const difference = chooseNearestDifference(uri, registered)
  const nearest = registered.find((url) => chooseNearestDifference(uri, [url]) === difference)
  if (nearest === undefined || difference === 'nothing_near') return ''
  return `, but ${nearest} is (${difference.replaceAll('_', ' ')})`
}

function toList(texts: readonly string[]): string {
  return texts.length === 0 ? 'none' : texts.join(', ')
}
