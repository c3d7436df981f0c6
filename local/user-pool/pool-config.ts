/** The configuration of the embedded user pool, in the terms of Cognito's describe calls. */
export interface PoolConfig {
  /** `<region>_<id>`, as in Cognito. */
  readonly poolId: string
  name: string
  /** The user pool that owns the domain; another id means that the domain has moved to another pool. */
  domainPoolId: string
  lambdaConfig: Readonly<Record<string, string>>
  deviceConfiguration: { challengeRequiredOnNewDevice: boolean } | undefined
  appClients: AppClient[]
  /** In whose name tokens are issued: `UPDATED` is the issuer of all Regions. Left out: `ORIGINAL`. */
  issuerType?: 'ORIGINAL' | 'UPDATED'
  /** How long a newly added secret is not yet accepted. */
  secretSpreadMs?: number
}

/** One app client of the embedded user pool. Mutable: the switchboard and the tests change it. */
export interface AppClient {
  readonly clientId: string
  clientName: string
  /** By default, the date of its original secret. */
  createdAtSeconds?: number
  /** Missing for a client that was not registered dynamically. */
  clientType?: 'REGULAR' | 'DCR'
  /** Described in place of the original secret, for reports that say so; may be empty. */
  describedSecret?: string | undefined
  /** Active secrets, oldest first, at most two; none for a public client. */
  secrets: ClientSecret[]
  allowedOAuthFlows: ('code' | 'implicit' | 'client_credentials')[]
  allowedOAuthFlowsUserPoolClient: boolean
  allowedOAuthScopes: string[]
  callbackUrls: string[]
  logoutUrls: string[]
  supportedIdentityProviders: string[]
  explicitAuthFlows: string[]
  readAttributes: string[]
  enableTokenRevocation: boolean
  /** Undefined if rotation is off. */
  refreshTokenRotation: { readonly retryGracePeriodSeconds: number } | undefined
  accessTokenValiditySeconds: number
  refreshTokenValiditySeconds: number
}

/** One active secret of an app client. */
export interface ClientSecret {
  readonly id: string
  readonly value: string
  readonly createdAtSeconds: number
  /** It was added later: Cognito describes only the one that the app client was made with, and never this. */
  readonly isAdded?: true
  /** By the pool's clock; from the beginning where it is left out. */
  readonly worksFromMs?: number
}

/** A user of the embedded user pool, with the password typed on its sign-in page. */
export interface PoolUser {
  readonly username: string
  readonly password: string
  readonly email: string
  readonly name: string
  /** Left out, each opened pool makes its own; a pool and its replica know a user by the same. */
  readonly sub?: string
}
