import { toAsciiJson } from './doctor-text.ts'
import type { Client } from './settings.ts'

type Configuration = Readonly<Record<string, unknown>>

/**
 * Writes the call that changes an app client. It carries every described setting, since Cognito resets
 * whatever an update leaves out.
 *
 * @param configuration the described settings without secret and read-only fields
 */
export function toUpdateCommand(
  { userPoolId }: Client,
  configuration: Configuration,
  change: Configuration,
): string {
  const input = toAsciiJson({ ...configuration, ...change })
  return `aws cognito-idp update-user-pool-client${toRegion(userPoolId)} --cli-input-json ${quote(input)}`
}

/** Writes the call that makes an app client like the described one, but with a secret. */
export function toCreateCommand({ userPoolId }: Client, configuration: Configuration): string {
  const { ClientId: _, ...settings } = configuration
  const input = toAsciiJson({ ...settings, GenerateSecret: true })
  return `aws cognito-idp create-user-pool-client${toRegion(userPoolId)} --cli-input-json ${quote(input)}`
}

/**
 * Writes the call that stores the app client's secret. With the user pool known it goes from Cognito to
 * Secrets Manager through a pipe, and is neither shown nor typed.
 */
export function toStoreCommand(client: Client, isNew: boolean): string {
  const { userPoolId, clientId, secretId } = client
  const store = isNew
    ? `aws secretsmanager create-secret --name ${quote(secretId)}`
    : `aws secretsmanager put-secret-value --secret-id ${quote(secretId)}`
  if (userPoolId === undefined) return `${store} --secret-string file://client-secret.json`
  const query = "'UserPoolClient.{client_id:ClientId,client_secret:ClientSecret}'"
  const read = `aws cognito-idp describe-user-pool-client${toRegion(userPoolId)} --user-pool-id ${quote(userPoolId)} --client-id ${quote(clientId)} --query ${query} --output json`
  return `${read} | ${store} --secret-string file:///dev/stdin`
}

/** Writes the call that takes a secret back from its deletion. */
export function toRestoreCommand({ secretId }: Client): string {
  return `aws secretsmanager restore-secret --secret-id ${quote(secretId)}`
}

/** Writes the call that lets a role read the secret; ROLE stands for the function's role. */
export function toAllowCommand({ secretId }: Client): string {
  const isArn = secretId.startsWith('arn:')
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'secretsmanager:GetSecretValue',
        // The service adds a hyphen and six characters to the name.
        Resource: isArn ? secretId : `arn:aws:secretsmanager:*:*:secret:${secretId}-??????`,
      },
    ],
  }
  return `aws iam put-role-policy --role-name ROLE --policy-name read-client-secret --policy-document ${quote(toAsciiJson(policy))}`
}

/** Writes the call that lists the app clients of the user pool; undefined where the pool is not named. */
export function toListCommand({ userPoolId }: Client): string | undefined {
  if (userPoolId === undefined) return undefined
  return `aws cognito-idp list-user-pool-clients${toRegion(userPoolId)} --user-pool-id ${quote(userPoolId)}`
}

/** Writes the call that shows the domains of the user pool; undefined where the pool is not named. */
export function toDomainCommand({ userPoolId }: Client): string | undefined {
  if (userPoolId === undefined) return undefined
  return `aws cognito-idp describe-user-pool${toRegion(userPoolId)} --user-pool-id ${quote(userPoolId)} --query 'UserPool.[Domain,CustomDomain]'`
}

/** A pool's id begins with its Region. */
function toRegion(userPoolId: string | undefined): string {
  return userPoolId === undefined ? '' : ` --region ${userPoolId.split('_', 1).join('')}`
}

/** Within single quotes a shell takes everything as it stands, but for the quote itself. */
function quote(text: string): string {
  return /^[\w./:=@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
