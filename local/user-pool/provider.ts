import { randomBytes, randomUUID } from 'node:crypto'
import Provider, {
  type AdapterFactory,
  type AdapterPayload,
  type Configuration,
  interactionPolicy,
  type KoaContextWithOIDC,
} from 'oidc-provider'
import type { Accounts } from './accounts.ts'
import type { MemoryStore } from './memory-store.ts'
import { errorPage } from './pages.ts'
import type { AppClient } from './pool-config.ts'
import type { SigningKey } from './signing-key.ts'

export type { Provider }

export type FindClient = (clientId: string | undefined) => AppClient | undefined

/** What the provider depends on. */
export interface ProviderParts {
  readonly issuer: string
  /** The one that signs ID tokens. */
  readonly idTokenKey: SigningKey
  readonly accounts: Accounts
  /** Finds an app client as it was before a switch broke it, so that sign-in reaches the exchange. */
  readonly findClient: FindClient
  readonly scopes: readonly string[]
  readonly store: MemoryStore
  /** The one secret under which the provider itself knows every app client. */
  readonly innerSecret: string
}

const hourSeconds = 3600
const codeValiditySeconds = 5 * 60
// The longest lifetime of a refresh token in Cognito, so that no grant ends before its tokens.
const grantValiditySeconds = 3650 * 24 * hourSeconds
// Cognito's refresh tokens are well over a kilobyte, and cookies and limits must allow for that.
const refreshTokenCharacters = 1200
const bitsPerCharacter = 6

/** Sets up the certified provider with Cognito's paths, lifetimes and lack of consent. */
export function openProvider(parts: ProviderParts): Provider {
  const provider = new Provider(parts.issuer, {
    ...endpoints,
    adapter: openAdapterFactory(parts),
    clientBasedCORS: () => true,
    cookies: {
      keys: [randomBytes(32).toString('base64url')],
      names: { session: 'cognito', interaction: 'cognito-sign-in', resume: 'cognito-resume' },
    },
    findAccount: parts.accounts.find,
    jwks: { keys: [parts.idTokenKey.privateJwk] },
    scopes: parts.scopes,
    ttl: lifetimes(parts.findClient),
    interactions: { policy: signInOnly(), url: (_ctx, { uid, params }) => loginUrl(uid, params) },
    loadExistingGrant: grantAll,
    rotateRefreshToken: (ctx) =>
      parts.findClient(ctx.oidc.client?.clientId)?.refreshTokenRotation !== undefined,
  })
  // In every report, a code of Cognito is a UUID.
  Object.assign(provider.AuthorizationCode.prototype, { generateTokenId: () => randomUUID() })
  return provider
}

const endpoints = {
  routes: {
    authorization: '/oauth2/authorize',
    token: '/oauth2/token',
    revocation: '/oauth2/revoke',
    userinfo: '/oauth2/userInfo',
    jwks: '/jwks-of-the-second-address',
  },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    resourceIndicators: { enabled: false },
    revocation: {
      enabled: true,
      allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
    },
  },
  claims: {
    openid: ['sub', 'email', 'email_verified', 'name', 'cognito:username', 'username', 'token_use'],
    email: ['email', 'email_verified'],
    profile: ['name'],
  },
  conformIdTokenClaims: false,
  extraParams: ['resource'],
  formats: {
    bitsOfOpaqueRandomness: (_ctx, model) =>
      bitsPerCharacter * (model.kind === 'RefreshToken' ? refreshTokenCharacters : 43),
  },
  issueRefreshToken: () => true,
  expiresWithSession: () => false,
  pkce: { required: () => false },
  renderError: (ctx, out) => {
    ctx.type = 'html'
    ctx.body = errorPage(out.error_description ?? out.error)
  },
} as const satisfies Configuration

function lifetimes(findClient: FindClient): NonNullable<Configuration['ttl']> {
  const accessTokenSeconds = (clientId: string | undefined) =>
    findClient(clientId)?.accessTokenValiditySeconds ?? hourSeconds
  return {
    AuthorizationCode: codeValiditySeconds,
    AccessToken: (_ctx, _token, client) => accessTokenSeconds(client.clientId),
    IdToken: (_ctx, _token, client) => accessTokenSeconds(client.clientId),
    // A rotated token expires when the one that it replaces would have expired.
    RefreshToken: (ctx, _token, client) =>
      ctx.oidc.entities.RotatedRefreshToken?.remainingTTL ??
      findClient(client.clientId)?.refreshTokenValiditySeconds ??
      hourSeconds,
    Grant: grantValiditySeconds,
    Interaction: hourSeconds,
    Session: hourSeconds,
  }
}

function openAdapterFactory({ store, findClient, innerSecret }: ProviderParts): AdapterFactory {
  return (model) => {
    const adapter = store.adapterFor(model)
    if (model !== 'Client') return adapter
    return {
      ...adapter,
      find: async (clientId) => {
        const client = findClient(clientId)
        return client && toMetadata(client, innerSecret)
      },
    }
  }
}

function toMetadata(client: AppClient, innerSecret: string): AdapterPayload {
  const [first = 'https://no-callback.invalid/', ...others] = client.callbackUrls
  const isWeb = [first, ...others].every((url) => /^https?:/.test(url))
  return {
    client_id: client.clientId,
    client_name: client.clientName,
    client_secret: innerSecret,
    application_type: isWeb ? 'web' : 'native',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [first, ...others],
    require_auth_time: true,
  }
}

function signInOnly() {
  const policy = interactionPolicy.base()
  policy.remove('consent')
  return policy
}

/** The address of the login page repeats the request, as Cognito's does, and adds the id of the sign-in. */
function loginUrl(uid: string, params: Record<string, unknown>): string {
  const query = new URLSearchParams({ uid })
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === 'string') query.set(name, value)
  }
  return `/login?${query}`
}

// A grant for each sign-in, so that revoking a refresh token leaves the user's other ones alone.
async function grantAll(ctx: KoaContextWithOIDC) {
  const { provider, client, account } = ctx.oidc
  const grant = new provider.Grant({
    clientId: client?.clientId,
    accountId: account?.accountId,
  })
  grant.addOIDCScope([...ctx.oidc.requestParamScopes])
  await grant.save()
  return grant
}
