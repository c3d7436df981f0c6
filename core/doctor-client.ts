import { toCreateCommand, toListCommand, toStoreCommand } from './doctor-command.ts'
import type { Findings, InspectedClient, Verdict } from './doctor-findings.ts'
import { pass, reject, skip, warn } from './doctor-verdict.ts'
import { chooseNearestDifference } from './redirect-uri.ts'
import type { Client } from './settings.ts'

type Judge = (findings: Findings) => Verdict

/** Judges whether the user pool has the app client, and first whether there is such a pool. */
export function judgeExistence({ appClient, pool, client }: Findings): Verdict {
  if (appClient.ok) return pass(`${client.clientId} in ${client.userPoolId}`)
  if (!pool.ok && pool.why === 'absent') {
    return reject('user_pool_not_found', `there is no user pool ${client.userPoolId}`)
  }
  // Settings that name no user pool do not ask for this; any other reason is worth a look.
  if (appClient.why === 'unnamed') return skip(appClient.why)
  if (appClient.why !== 'absent') return { ...skip(appClient.why), status: 'warning' }
  const found = `${client.userPoolId} has no app client ${client.clientId}`
  return reject('client_not_found', found, { command: toListCommand(client) })
}

/** Judges one thing about the app client, where it could be read at all. */
function aboutClient(
  judge: (described: InspectedClient, client: Client, findings: Findings) => Verdict,
): Judge {
  return (findings) => {
    const { appClient, client } = findings
    return appClient.ok ? judge(appClient.value, client, findings) : skip(appClient.why)
  }
}

/** Judges whether the app client has a secret. */
export const judgeHasSecret = aboutClient(({ secret, configuration }, client) =>
  secret === undefined
    ? reject('client_has_no_secret', 'it is a public client', {
        command: toCreateCommand(client, configuration),
      })
    : pass('it is a confidential client'),
)

/**
 * Judges whether the stored secret is the app client's. Of two active ones Cognito describes only one, so
 * that another one proves nothing: the live probe does.
 */
export const judgeClientSecret = aboutClient(({ secret: described }, client, findings) => {
  const { secret, activeSecrets } = findings
  const count = activeSecrets.ok ? activeSecrets.value : undefined
  const two = count === 2 ? '; two secrets are active' : ''
  if (!secret.ok || described === undefined) return skip('unanswered')
  if (described.equals(secret.value)) return pass(`the stored secret is the app client's${two}`)
  if (count !== 1) {
    return warn(`the described secret differs from the stored one${two}; see the live probe`)
  }
  return reject('client_secret_mismatch', 'the only active secret differs from the stored one', {
    command: toStoreCommand(client, false),
  })
})

/**
 * Judges whether the app client may use authorization codes. Cognito refuses to add them to one that is
 * made for client credentials, so that no change to it can mend this.
 */
export const judgeCodeFlow = aboutClient(({ allowsCode, configuration }) => {
  if (allowsCode) return pass('the code grant is allowed')
  const flows = toTexts(configuration['AllowedOAuthFlows'])
  const found = `AllowedOAuthFlows: ${toList(flows)}`
  return flows.includes('client_credentials')
    ? reject('grant_not_allowed', `${found}, which Cognito does not combine with code`, {
        fix: 'Make a separate app client with the code grant for sign-in, and set its clientId and secretId.',
        isWrongClient: true,
      })
    : reject('grant_not_allowed', found, { change: { AllowedOAuthFlows: [...flows, 'code'] } })
})

/** Judges whether OAuth is switched on for the app client. */
export const judgeOAuthSwitch = aboutClient(({ isOAuthEnabled }) =>
  isOAuthEnabled
    ? pass('OAuth is on')
    : reject('oauth_flows_disabled', 'AllowedOAuthFlowsUserPoolClient: false', {
        change: { AllowedOAuthFlowsUserPoolClient: true },
      }),
)

/** Judges whether every configured redirect URI is registered, and tells near misses. */
export const judgeRedirectUris = aboutClient(({ callbackUrls }, { redirectUris }) => {
  const missing = redirectUris.filter((uri) => !callbackUrls.includes(uri))
  if (missing.length === 0) return pass(`registered: ${toList(redirectUris)}`)
  const found = missing.map((uri) => `${uri} is not registered${toNearMiss(uri, callbackUrls)}`)
  return reject('callback_not_registered', found.join('; '), {
    change: { CallbackURLs: [...callbackUrls, ...missing] },
  })
})

/** Names callback URLs that are registered but not configured: nobody can use them here. */
export const judgeCallbackUrls = aboutClient(({ callbackUrls }, { redirectUris }) => {
  const others = callbackUrls.filter((url) => !redirectUris.includes(url))
  return others.length === 0
    ? pass('no other is registered')
    : warn(
        `registered, but not configured: ${toList(others)}`,
        'Configure them in redirectUris, or remove them from the app client.',
      )
})

/** Judges whether sign-in can ask for anything. */
export const judgeScopes = aboutClient(({ scopes }) =>
  scopes.length > 0
    ? pass(toList(scopes))
    : reject('scopes_missing', 'AllowedOAuthScopes is empty', {
        change: { AllowedOAuthScopes: ['openid'] },
      }),
)

/** Judges whether anybody can sign in. */
export const judgeIdentityProviders = aboutClient(({ identityProviders }) =>
  identityProviders.length > 0
    ? pass(toList(identityProviders))
    : reject('identity_providers_missing', 'SupportedIdentityProviders is empty', {
        change: { SupportedIdentityProviders: ['COGNITO'] },
      }),
)

/** Judges whether sign-out can revoke. */
export const judgeRevocation = aboutClient(({ isRevocationEnabled }) =>
  isRevocationEnabled
    ? pass('revocation is on')
    : reject('revocation_disabled', 'EnableTokenRevocation: false', {
        change: { EnableTokenRevocation: true },
      }),
)

/** Judges the proxy's settings for second attempts by what the app client really does. */
export const judgeRotation = aboutClient((described, client) => {
  const real = described.isRotating ? 'on' : 'off'
  const grace = described.isRotating ? described.retryGracePeriodSeconds : 0
  const found = described.isRotating ? `rotation is on, ${grace} s of grace` : 'rotation is off'
  if (client.refreshTokenRotation === 'unknown') {
    return warn(
      `${found}, but the settings do not say so`,
      `Set ${toSettings(real, grace)}: then a lost refresh can be sent again where that is safe.`,
    )
  }
  const isSame = client.refreshTokenRotation === real && client.retryGracePeriodSeconds === grace
  if (isSame) return pass(found)
  const said = toSettings(client.refreshTokenRotation, client.retryGracePeriodSeconds)
  return reject('refresh_settings_differ', `${found}; the settings say ${said}`, {
    fix: `Set ${toSettings(real, grace)} for the client.`,
  })
})

/** Judges whether a refresh token outlives the access token that it renews. */
export const judgeValidity = aboutClient(({ refreshTokenSeconds, accessTokenSeconds }) => {
  const found = `${toSpan(refreshTokenSeconds)} from sign-in`
  return refreshTokenSeconds > accessTokenSeconds
    ? pass(found)
    : warn(
        `${found}, no longer than the access token's ${toSpan(accessTokenSeconds)}`,
        'Raise RefreshTokenValidity of the app client: as it is, no refresh can help.',
      )
})

function toSettings(rotation: string, graceSeconds: number): string {
  const grace = graceSeconds > 0 ? ` and retryGracePeriodSeconds ${graceSeconds}` : ''
  return `refreshTokenRotation "${rotation}"${grace}`
}

function toNearMiss(uri: string, registered: readonly string[]): string {
  const difference = chooseNearestDifference(uri, registered)
  const nearest = registered.find((url) => chooseNearestDifference(uri, [url]) === difference)
  if (nearest === undefined || difference === 'nothing_near') return ''
  return `, but ${nearest} is (${difference.replaceAll('_', ' ')})`
}

function toSpan(seconds: number): string {
  if (seconds % 86_400 === 0) return `${seconds / 86_400} days`
  return seconds % 3600 === 0 ? `${seconds / 3600} h` : `${Math.round(seconds / 60)} min`
}

function toList(texts: readonly string[]): string {
  return texts.length === 0 ? 'none' : texts.join(', ')
}

function toTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
