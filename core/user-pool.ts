/** What a user pool says of the domains at which its token endpoint can be. */
export interface PoolDomains {
  readonly userPoolId: string
  /** The prefix of the domain that AWS makes; undefined without one. */
  readonly domainPrefix: string | undefined
  /** The host name of the pool's own domain; undefined without one. */
  readonly customDomain: string | undefined
}

/** The primary Region of a user pool: its id begins with it, and it may differ from the stack's. */
export function toPoolRegion(userPoolId: string): string {
  return userPoolId.split('_', 1).join('')
}

/**
 * The issuer under which every Region of a replicated user pool issues tokens.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_IssuerConfigurationType.html
 */
export function toIssuerOfAllRegions(userPoolId: string): string {
  const region = toPoolRegion(userPoolId)
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
  return `https://issuer-cognito-idp.${region}.${suffix}/${userPoolId}`
}

/** How the settings of a client name its user pool. */
interface NamedPool {
  readonly userPoolId: string | undefined
  readonly userPoolRegion: string | undefined
}

/** The Region in which a client's user pool is read: its primary one, unless the settings name that of a replica. */
export function toReadRegion({ userPoolId = '', userPoolRegion }: NamedPool): string {
  return userPoolRegion ?? toPoolRegion(userPoolId)
}

/** Whether the user pool is known to have a replica, so that a Region may not know yet what the other one issued. */
export function isReplicated({ userPoolRegion }: Pick<NamedPool, 'userPoolRegion'>): boolean {
  return userPoolRegion !== undefined
}

/**
 * Gives the base URL of a user pool's domain; undefined where it has none, so that there is no token endpoint.
 * The pool's own domain is what its users know. AWS GovCloud has FIPS endpoints alone.
 */
export function toPoolDomainUrl(pool: PoolDomains): string | undefined {
  const { userPoolId, domainPrefix, customDomain } = pool
  if (customDomain) return `https://${customDomain}`
  if (!domainPrefix) return undefined
  const region = toPoolRegion(userPoolId)
  const label = region.startsWith('us-gov-') ? 'auth-fips' : 'auth'
  return `https://${domainPrefix}.${label}.${region}.amazoncognito.com`
}

const ownDomain = /^([^.]+)\.auth(?:-fips)?\.([a-z0-9-]+)\.amazoncognito\.com$/

/**
 * Gives the name by which Cognito knows a domain: the prefix alone, or a custom domain's whole host name. The same
 * prefix in another Region is another domain, which no pool of this one can have.
 *
 * @param domain a base URL
 * @param region that of the user pool
 */
export function toDomainName(domain: string, region: string): string {
  const hostname = URL.parse(domain)?.hostname ?? ''
  const [, prefix, own] = ownDomain.exec(hostname) ?? []
  return prefix !== undefined && own === region ? prefix : hostname
}

/** Gives the Region that a domain of Cognito's names; undefined for a custom domain. */
export function toDomainRegion(domain: string): string | undefined {
  return ownDomain.exec(URL.parse(domain)?.hostname ?? '')?.[2]
}
