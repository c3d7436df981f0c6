import { numberSettings } from '../core/settings/table.ts'

const cooldown = numberSettings.secretRefetchCooldownSeconds
const clientPage = 'Cognito > User pools > POOL > App clients > CLIENT'

/** Where the console has the OAuth settings of an app client. */
export const loginPages = `${clientPage} > Login pages > Edit`

/** Where the console has lifetimes, rotation and revocation of an app client. */
export const clientSettings = `${clientPage} > App client information > Edit`

/** Where the console has the function that answers. */
export const functionPage = 'Lambda > Functions > `token-proxy-STAGE-oauth2`'

/** Where the console has a stored secret. */
export const secretPage = 'Secrets Manager > Secrets > SECRET'

/** Where the console has the domains of a user pool. */
export const domainPage = 'Cognito > User pools > POOL > Branding > Domain'

/** What makes a finding count as proved. */
export const fresh = 'the user pool was asked after the refusal'

/** What makes the same finding no more than likely. */
export const aged =
  'what is known of the user pool is from before the refusal, up to five minutes old'

/** What the proxy did about the secret after the refusal, before it asked the user pool. */
export const afterRefusal = {
  secret_changed:
    'the secret was read anew and had changed, and Cognito refused the new one as well',
  secret_changed_untried:
    'the secret was read anew and had changed, and no time was left to try the new one; the next request uses it',
  secret_unchanged: 'the secret was read anew and is still the one that Cognito refused',
  refetch_failed: 'the secret could not be read anew',
  cooling_down: `it had been read anew less than \`${cooldown.variable}\` ago (${cooldown.byDefault} ${cooldown.unit} by default), so it was not read again`,
} as const

/** What Cognito's description hints at, wherever a redirect URI may be the reason. */
export const describedAsRedirect =
  "Cognito's description says `invalid_redirect`: a strong hint at the redirect URI, though its texts are not fixed"

/** Whose the domain is, where it is not the pool's own. */
export const ownedElsewhere =
  '`DescribeUserPoolDomain` names another user pool than `userPoolId` as the owner of the domain'
