import { isRedirectUri } from '../settings/addresses.ts'
import { type Client, parseClient } from '../settings/client.ts'
import { openProblems } from '../settings/problems.ts'
import type { Told } from './checks.ts'
import type { Findings, InspectedClient } from './findings.ts'
import { pass, reject, warn } from './verdict.ts'

/** What a command line says of an app client that no settings know. */
export interface NamedClient {
  readonly userPoolId: string
  readonly clientId: string
  /** The base URL of its user pool domain. */
  readonly domain: string
  /** The redirect URI that a front end uses, if one is given to compare. */
  readonly redirectUri: string | undefined
  /** The name or ARN of its secret, if it is in Secrets Manager. */
  readonly secretId: string | undefined
}

/** A client that can be checked, or everything that is wrong with the flags. */
export type NamedClientResult =
  | { readonly ok: true; readonly client: Client }
  | { readonly ok: false; readonly problems: readonly string[] }

/** Stands for the secret in what a check shows, where none is in Secrets Manager. */
const givenSecret = 'the-given-secret'
/** A client with the code grant has one; that none is registered is told instead. */
const noRedirectUri = 'https://no-callback-url.invalid/'

/**
 * Makes a client of flags and of the app client itself, so that the doctor can check any app client of any user
 * pool. What settings would have to repeat of the app client is taken from it.
 */
export function toNamedClient(
  named: NamedClient,
  described: InspectedClient | undefined,
): NamedClientResult {
  const { userPoolId, clientId, domain, redirectUri, secretId = givenSecret } = named
  const registered = described?.callbackUrls.filter(isRedirectUri) ?? []
  const redirectUris = redirectUri === undefined ? registered : [redirectUri]
  const problems = openProblems()
  const client = parseClient(
    {
      ...{ name: 'app-client', clientId, secretId, domain, userPoolId },
      ...{ origins: [], allowNoOrigin: true },
      redirectUris: redirectUris.length > 0 ? redirectUris : [noRedirectUri],
      grants: ['authorization_code', 'refresh_token'],
      refreshTokenRotation: described?.isRotating ? 'on' : 'off',
      retryGracePeriodSeconds: described?.isRotating ? described.retryGracePeriodSeconds : 0,
    },
    'flags',
    problems,
  )
  return client !== undefined && problems.list.length === 0
    ? { ok: true, client }
    : { ok: false, problems: problems.list.map(toFlag) }
}

/** Whoever typed a flag knows it by that name, and not as a setting. */
function toFlag(problem: string): string {
  return problem
    .replace(/^flags\.redirectUris\[0\]/, '--redirect-uri')
    .replace(
      /^flags\.(\w+)/,
      (_, field: string) =>
        `--${field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    )
}

const unasked = {
  status: 'skipped',
  found: 'no secret was given (--secret-id or --secret-stdin)',
} as const

/**
 * Says what the checks come to that settings or a secret would be needed for. An app client that has a secret,
 * while none is given, is the commonest cause of `invalid_client` in a front end, so that it gets a warning.
 */
export function toToldVerdicts(
  { appClient }: Pick<Findings, 'appClient'>,
  given: { readonly hasSecret: boolean; readonly hasRedirectUri: boolean },
): Told {
  return {
    settings: pass('made of the flags and of the app client'),
    callback_urls: pass('not compared: there are no settings'),
    refresh_rotation: pass('not compared: there are no settings'),
    ...(given.hasRedirectUri ? {} : { redirect_uris: toRegistered(appClient) }),
    ...(given.hasSecret
      ? {}
      : {
          secret_readable: unasked,
          secret_well_formed: unasked,
          client_secret: unasked,
          live_probe: unasked,
          client_has_secret: toSecretVerdict(appClient),
        }),
  }
}

function toRegistered(appClient: Findings['appClient']): Told['redirect_uris'] {
  if (!appClient.ok) return undefined
  const urls = appClient.value.callbackUrls
  return urls.length === 0
    ? reject('callback_not_registered', 'no callback URL is registered')
    : pass(`registered: ${urls.join(', ')}; compare yours with --redirect-uri`)
}

function toSecretVerdict(appClient: Findings['appClient']): Told['client_has_secret'] {
  if (!appClient.ok) return undefined
  return appClient.value.secret === undefined
    ? pass('Cognito shows no secret; a request that sends one gets invalid_client')
    : warn(
        'it has a secret; a request without it gets invalid_client',
        'For a browser or an app that calls Cognito itself, create an app client without a secret, or let a server add the secret.',
      )
}
