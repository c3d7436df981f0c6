import { hasSyntax, syntaxes } from '../settings/syntax.ts'
import { toIssuerOfAllRegions, toPoolDomainUrl } from '../user-pool.ts'
import type { DescribedSetup } from './described-setup.ts'

/** What the settings of a client need and no user pool knows for certain. */
export interface Answers {
  readonly name: string
  readonly domain: string
  readonly secretId: string
  /** Empty for a native app, which calls without an origin. */
  readonly origins: readonly string[]
  readonly redirectUris: readonly string[]
  /** Given only where it is not that of the user pool. */
  readonly issuer?: string | undefined
}

/** A client as a stage file has it. */
export type ClientEntry = Readonly<Record<string, unknown>>

const longestAlias = 32

/**
 * Suggests an answer to every question, so that all of them can be accepted as they are. What the stage file says
 * of this app client already stays.
 *
 * @param entries the clients that the stage file has
 */
export function suggestAnswers(
  setup: DescribedSetup,
  entries: readonly ClientEntry[],
  stageName: string,
): Answers {
  const own = entries.find(({ clientId }) => clientId === setup.clientId) ?? {}
  const others = entries.filter((entry) => entry !== own).map((entry) => entry['name'])
  const name = toText(own['name']) ?? suggestAlias(setup.clientName, others)
  const redirectUris = toTexts(own['redirectUris']) ?? suggestRedirectUris(setup)
  return {
    name,
    domain: toText(own['domain']) ?? toPoolDomainUrl(setup) ?? '',
    secretId: toText(own['secretId']) ?? `token-proxy/${stageName}/${name}`,
    origins: toTexts(own['origins']) ?? suggestOrigins(redirectUris),
    redirectUris,
  }
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function toTexts(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined
  return value.filter((item) => typeof item === 'string')
}

/** The name of the app client, as far as an alias may have its characters. */
function suggestAlias(clientName: string, taken: readonly unknown[]): string {
  const words = clientName
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, longestAlias - 3)
    .split('-')
    .filter((word) => word !== '')
    .join('-')
  const alias = hasSyntax(words, syntaxes.alias) ? words : 'web'
  const toName = (number: number) => (number === 1 ? alias : `${alias}-${number}`)
  let number = 1
  while (taken.includes(toName(number))) number += 1
  return toName(number)
}

/** Cognito takes more than the proxy does: no wildcards here, and no plain HTTP beyond loopback. */
function suggestRedirectUris({ callbackUrls }: DescribedSetup): readonly string[] {
  return [...new Set(callbackUrls.filter((uri) => hasSyntax(uri, syntaxes.redirectUri)))]
}

/**
 * The origins of pages that sign-ins come back to. A loopback address by its number is where native apps listen
 * (RFC 8252 section 7.3), and a scheme of its own is an app, too: neither has an origin.
 */
function suggestOrigins(redirectUris: readonly string[]): readonly string[] {
  const origins = redirectUris.flatMap((uri) => {
    const [, origin = ''] = /^(https?:\/\/[^/?#]+)/.exec(uri) ?? []
    const isNative = /^http:\/\/(?:127\.0\.0\.1|\[::1\])/.test(origin)
    return !isNative && hasSyntax(origin, syntaxes.origin) ? [origin] : []
  })
  return [...new Set(origins)]
}

/** Writes the entry of a client: the answers, what the user pool says, and what the entry had before besides. */
export function toClientEntry(
  setup: DescribedSetup,
  answers: Answers,
  before: ClientEntry = {},
): ClientEntry {
  const logoutUris = toTexts(before['logoutUris']) ?? suggestLogoutUris(setup)
  const isNative = answers.origins.length === 0
  const issuer = answers.issuer ?? before['issuer'] ?? suggestIssuer(setup)
  return {
    ...before,
    name: answers.name,
    clientId: setup.clientId,
    secretId: answers.secretId,
    domain: answers.domain,
    userPoolId: setup.userPoolId,
    ...(issuer === undefined ? {} : { issuer }),
    origins: answers.origins,
    ...(isNative ? { allowNoOrigin: true } : {}),
    redirectUris: answers.redirectUris,
    ...(logoutUris.length > 0 ? { logoutUris } : {}),
    refreshTokenRotation: setup.isRotating ? 'on' : 'off',
    ...(setup.isRotating || 'retryGracePeriodSeconds' in before
      ? { retryGracePeriodSeconds: setup.retryGracePeriodSeconds }
      : {}),
  }
}

/** That of one Region follows from the id of the pool. */
function suggestIssuer({ hasIssuerOfAllRegions, userPoolId }: DescribedSetup): string | undefined {
  return hasIssuerOfAllRegions ? toIssuerOfAllRegions(userPoolId) : undefined
}

function suggestLogoutUris({ logoutUrls }: DescribedSetup): readonly string[] {
  return [...new Set(logoutUrls.filter((uri) => hasSyntax(uri, syntaxes.redirectUri)))]
}
