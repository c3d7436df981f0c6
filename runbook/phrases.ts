import { numberSettings } from '../core/settings/table.ts'

const cooldown = numberSettings.secretRefetchCooldownSeconds
const clientPage = 'Cognito > User pools > POOL > App clients > CLIENT'

/** Where the console shows the OAuth settings of an app client. */
export const loginPages = `${clientPage} > Login pages > Edit`

/** Where the console shows lifetimes, rotation and revocation of an app client. */
export const clientSettings = `${clientPage} > App client information > Edit`

/** Where the console shows the function that answers token requests. */
export const functionPage = 'Lambda > Functions > `token-proxy-STAGE-oauth2`'

/** Where the console shows a stored secret. */
export const secretPage = 'Secrets Manager > Secrets > SECRET'

/** Where the console shows the domains of a user pool. */
export const domainPage = 'Cognito > User pools > POOL > Branding > Domain'

/** Why a finding counts as proved. */
export const fresh = 'the user pool was read after the refusal'

/** Why the same finding counts only as likely. */
export const aged = 'the user pool was read before the refusal, up to five minutes earlier'

/** What the proxy did about the secret after the refusal, before it read the user pool. */
export const afterRefusal = {
  secret_changed:
    'the proxy read the secret again; it had changed, and Cognito also refused the new one',
  secret_changed_untried:
    'the proxy read the secret again; it had changed, but no time was left to try the new one; the next request uses it',
  secret_unchanged: 'the proxy read the secret again; it is still the one that Cognito refused',
  refetch_failed: 'the proxy could not read the secret again',
  cooling_down: `the proxy did not read the secret again, because it did so less than \`${cooldown.variable}\` ago (${cooldown.byDefault} ${cooldown.unit} by default)`,
  pending_secret_refused:
    'a rotation is under way; the proxy tried the version labelled `AWSPENDING`, and Cognito also refused it',
  previous_secret_refused:
    'a rotation ended a short time ago; the proxy tried the version labelled `AWSPREVIOUS`, and Cognito also refused it',
} as const

/** What Cognito's description hints at, for every cause that may be about a redirect URI. */
export const describedAsRedirect =
  "Cognito's description says `invalid_redirect`: a strong hint about the redirect URI, although Cognito does not document its texts"

/** Which pool owns the domain, if it is not the configured one. */
export const ownedElsewhere =
  '`DescribeUserPoolDomain` says that the domain belongs to a user pool other than `userPoolId`'

/** The call of a rotation that failed, in words. */
export const rotationCalls = {
  describe_secret: '`secretsmanager:DescribeSecret` on the secret',
  put_secret_value: '`secretsmanager:PutSecretValue` on the secret',
  update_secret_version_stage: '`secretsmanager:UpdateSecretVersionStage` on the secret',
  create_secret: '`secretsmanager:CreateSecret`, for whoever runs `npm run secret`',
  rotate_secret:
    '`secretsmanager:RotateSecret` on the secret and `lambda:InvokeFunction` on the function `rotate`, for whoever runs `npm run secret`',
  list_client_secrets: '`cognito-idp:ListUserPoolClientSecrets` on the user pool',
  add_client_secret: '`cognito-idp:AddUserPoolClientSecret` on the user pool',
  delete_client_secret: '`cognito-idp:DeleteUserPoolClientSecret` on the user pool',
  describe_client: '`cognito-idp:DescribeUserPoolClient` on the user pool',
} as const
