import type { Result } from '../causes/catalogue.ts'
import type { CheckCauseName } from '../causes/doctor.ts'
import type {
  ActiveSecrets,
  DescribedClient,
  DescribedDomain,
  DescribedPool,
} from '../diagnosis/pool-evidence.ts'
import type { Secret } from '../secret.ts'
import type { Client } from '../settings/settings.ts'
import type { Change } from './command.ts'

/** Why a part of the configuration could not be read; `absent` is Cognito's own word for it. */
export type UnreadReason = 'absent' | 'denied' | 'unanswered' | 'unnamed'

/** One part of the user pool's configuration, or why it could not be read. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: UnreadReason }

/** An app client with everything about it that can be checked. */
export interface InspectedClient extends DescribedClient {
  readonly flows: readonly string[]
  readonly identityProviders: readonly string[]
  readonly refreshTokenSeconds: number
  readonly accessTokenSeconds: number
}

/** The key of the cookies, by two of its labels. */
export interface InspectedCookieKey {
  readonly secretId: string
  readonly current: Result<Secret>
  /** The key before it, which opens the cookies of users who were away. */
  readonly previous: Result<Secret>
}

/** The domain, and whether Cognito calls it `ACTIVE`. */
export interface InspectedDomain extends DescribedDomain {
  readonly status: string | undefined
}

/** What the domain answered to a request for its root. */
export interface DomainAnswer {
  /** How far its clock is ahead of ours, negative where it is behind; undefined where it told no time. */
  readonly aheadSeconds: number | undefined
}

/** What the proxy answered at its public address to the question for its health. */
export interface PublicAnswer {
  readonly status: number
  /** The OAuth error of a failure, as it came. */
  readonly error: string | undefined
}

/** Everything that was found out about one configured client. */
export interface Findings {
  readonly client: Client
  readonly secret: Result<Secret>
  /** The Region in which secrets are read by their names; undefined where it is not known. */
  readonly secretsRegion: string | undefined
  /** When the stored version of the secret was made, in milliseconds since 1970; undefined where nobody told. */
  readonly storedAtMs: number | undefined
  /** Whether the settings have the client, so that commands can name it; else it is made of flags. */
  readonly isConfigured: boolean
  readonly domainAnswer: Result<DomainAnswer>
  readonly appClient: Reading<InspectedClient>
  readonly activeSecrets: Reading<ActiveSecrets>
  readonly pool: Reading<DescribedPool>
  readonly domain: Reading<InspectedDomain>
  /** Undefined for a client that keeps nothing in a cookie. */
  readonly cookieKey: InspectedCookieKey | undefined
  /** Undefined where requests may come directly, `none` where nothing answered. */
  readonly publicAnswer: PublicAnswer | 'none' | undefined
  /** How Cognito took an invented code or refresh token; undefined where none was sent. */
  readonly probe: Result<unknown> | undefined
}

/** Every check, in the order in which they are made and shown. */
export const checkNames = [
  'settings',
  'secret_readable',
  'secret_well_formed',
  'domain_resolves',
  'domain_answers',
  'domain_owner',
  'client_exists',
  'client_has_secret',
  'client_secret',
  'code_flow',
  'oauth_enabled',
  'redirect_uris',
  'callback_urls',
  'scopes',
  'identity_providers',
  'revocation',
  'refresh_rotation',
  'refresh_validity',
  'device_tracking',
  'cookie_key',
  'edge',
  'clock',
  'live_probe',
] as const
/** The name of a check, as records and reports have it. */
export type CheckName = (typeof checkNames)[number]

/** One check as it is shown. */
export interface Check {
  /** `all` stands for every check, where none of them could be made. */
  readonly name: CheckName | 'all'
  readonly status: 'ok' | 'failed' | 'warning' | 'skipped'
  readonly found: string
  readonly cause?: CheckCauseName | undefined
  readonly fix?: string | undefined
  /** The AWS CLI call that fixes it; checks that one call fixes have the same. The doctor never makes it. */
  readonly command?: string | undefined
}

/** What a single check comes to. */
export interface Verdict extends Omit<Check, 'name'> {
  /** Settings of the app client to change; they become the command. */
  readonly change?: Change
  /** Only another app client can serve, so that nothing else is worth saying of this one. */
  readonly needsOtherClient?: true
}
