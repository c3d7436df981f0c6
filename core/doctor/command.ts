import type { Client } from '../settings/settings.ts'
import { toPoolRegion } from '../user-pool.ts'
import { toAsciiJson } from './printable.ts'

/** Settings of an app client to change: the entries of a list are added, anything else is set. */
export type Change = Readonly<Record<string, string | number | boolean | readonly string[]>>

/** What is described of an app client and cannot be set, the secret first of all. */
const readOnly = '.ClientSecret, .ClientType, .CreationDate, .LastModifiedDate'

/**
 * Writes the call that makes changes to an app client, all at once: Cognito takes some settings only
 * together. It changes the configuration as it then is, and carries all of it, since Cognito resets whatever
 * an update leaves out. A secret can only be had from the beginning, so that `GenerateSecret` makes another
 * app client like this one. No answer is shown but the id: the whole of it holds the secret. Undefined where
 * the pool is not named.
 */
export function toChangeCommand(client: Client, change: Change): string | undefined {
  const { userPoolId } = client
  if (userPoolId === undefined) return undefined
  const isNew = 'GenerateSecret' in change
  const left = isNew ? `.ClientId, ${readOnly}` : readOnly
  const filter = [`del(${left})`, ...Object.entries(change).map(toStep)].join(' | ')
  const call = `aws cognito-idp ${isNew ? 'create' : 'update'}-user-pool-client${toPoolFlag(userPoolId)}`
  const read = `${toDescribeCall(client, userPoolId)} --query UserPoolClient --output json`
  // By a pipe it would come to nothing: the CLI reads this argument twice.
  return `${call} --query UserPoolClient.ClientId --output text --cli-input-json "$(${read} | jq ${quote(filter)})"`
}

/** What jq takes for a string is what JSON takes for one. To add twice is to add once. */
function toStep([name, value]: readonly [string, Change[string]]): string {
  const json = toAsciiJson(value)
  return Array.isArray(value) ? `.${name} |= (. // []) - ${json} + ${json}` : `.${name} = ${json}`
}

/**
 * Writes the call that stores the app client's secret. With the user pool known it goes from Cognito to
 * Secrets Manager through a pipe, and is neither shown nor typed. Undefined for a new secret that has only
 * an ARN: no secret can be made under one.
 *
 * @param region that in which secrets are read by their names; undefined where it is not known
 */
export function toStoreCommand(
  client: Client,
  isNew: boolean,
  region: string | undefined,
): string | undefined {
  const { userPoolId, secretId } = client
  const store = toWriteCall(secretId, isNew, region)
  if (store === undefined) return undefined
  if (userPoolId === undefined) return `${store} --secret-string file://client-secret.json`
  const query = "'UserPoolClient.{client_id:ClientId,client_secret:ClientSecret}'"
  const read = `${toDescribeCall(client, userPoolId)} --query ${query} --output json`
  // Cognito may show none. Nothing is stored then: a value has at least one character.
  return `${read} | jq 'select(.client_secret)' | ${store} --secret-string file:///dev/stdin`
}

/**
 * Writes the call that adds a second secret to the app client and stores it, unseen: for one whose secrets
 * Cognito does not show. Undefined where the pool is not named, or a new secret has only an ARN.
 */
export function toAddCommand(
  client: Client,
  isNew: boolean,
  region: string | undefined,
): string | undefined {
  const { userPoolId, clientId, secretId } = client
  const store = toWriteCall(secretId, isNew, region)
  if (store === undefined || userPoolId === undefined) return undefined
  const add = `aws cognito-idp add-user-pool-client-secret ${toNamed(clientId, userPoolId)} --query ClientSecretDescriptor.ClientSecretValue --output text`
  const shape = `jq -R ${quote(`{client_id: ${toAsciiJson(clientId)}, client_secret: .}`)}`
  return `${add} | ${shape} | ${store} --secret-string file:///dev/stdin`
}

/** Writes the call that stores a fresh cookie key, unseen; undefined for a new one that has only an ARN. */
export function toKeyCommand(
  secretId: string,
  isNew: boolean,
  region: string | undefined,
): string | undefined {
  const store = toWriteCall(secretId, isNew, region)
  if (store === undefined) return undefined
  return `openssl rand -base64 32 | ${store} --secret-string file:///dev/stdin`
}

/** Writes the call that makes the version before the current one the current one again. */
export function toRollBackCommand(secretId: string, region: string | undefined): string {
  const named = toNamedSecret(secretId, region)
  const toVersion = (stage: string) =>
    `"$(aws secretsmanager get-secret-value ${named} --version-stage ${stage} --query VersionId --output text)"`
  return `aws secretsmanager update-secret-version-stage ${named} --version-stage AWSCURRENT --move-to-version-id ${toVersion('AWSPREVIOUS')} --remove-from-version-id ${toVersion('AWSCURRENT')}`
}

/** Writes the call that takes a secret back from its deletion. */
export function toRestoreCommand(secretId: string, region: string | undefined): string {
  return `aws secretsmanager restore-secret ${toNamedSecret(secretId, region)}`
}

/** Writes the call that copies a secret, and every later value of it, into a second Region. */
export function toReplicateCommand(secretId: string, from: string | undefined, to: string): string {
  return `aws secretsmanager replicate-secret-to-regions ${toNamedSecret(secretId, from)} --add-replica-regions Region=${to}`
}

/**
 * Writes the call that lets a role read one secret; ROLE stands for the function's role. A role has one
 * policy of a name, so that each secret needs a name of its own.
 */
export function toAllowCommand(secretId: string, policyName: string): string {
  const policy = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: toResource(secretId) },
    ],
  }
  return `aws iam put-role-policy --role-name ROLE --policy-name ${policyName} --policy-document ${quote(toAsciiJson(policy))}`
}

/** Writes the call that lists the app clients of the user pool; undefined where the pool is not named. */
export function toListCommand({ userPoolId }: Client): string | undefined {
  if (userPoolId === undefined) return undefined
  return `aws cognito-idp list-user-pool-clients${toPoolFlag(userPoolId)} --user-pool-id ${quote(userPoolId)}`
}

/** Writes the call that shows the domains of the user pool; undefined where the pool is not named. */
export function toDomainCommand({ userPoolId }: Client): string | undefined {
  if (userPoolId === undefined) return undefined
  return `aws cognito-idp describe-user-pool${toPoolFlag(userPoolId)} --user-pool-id ${quote(userPoolId)} --query 'UserPool.[Domain,CustomDomain]'`
}

/** Writes the call that lists the user pools of the Region; undefined where the pool is not named. */
export function toPoolsCommand({ userPoolId }: Client): string | undefined {
  if (userPoolId === undefined) return undefined
  return `aws cognito-idp list-user-pools${toPoolFlag(userPoolId)} --max-results 60`
}

function toDescribeCall({ clientId }: Client, userPoolId: string): string {
  return `aws cognito-idp describe-user-pool-client ${toNamed(clientId, userPoolId)}`
}

/** The arguments that name an app client. */
function toNamed(clientId: string, userPoolId: string): string {
  return `${toPoolFlag(userPoolId).trim()} --user-pool-id ${quote(userPoolId)} --client-id ${quote(clientId)}`
}

/** Undefined for a new secret that has only an ARN. */
function toWriteCall(
  secretId: string,
  isNew: boolean,
  region: string | undefined,
): string | undefined {
  if (!isNew) return `aws secretsmanager put-secret-value ${toNamedSecret(secretId, region)}`
  if (isArn(secretId)) return undefined
  return `aws secretsmanager create-secret${toRegionFlag(region)} --name ${quote(secretId)}`
}

/**
 * The arguments that name a secret that exists. An ARN names the Region of its secret; a name is that of the secret
 * in the Region where it is read.
 */
function toNamedSecret(secretId: string, region: string | undefined): string {
  const flag = toRegionFlag(isArn(secretId) ? secretId.split(':')[3] : region)
  return `${flag} --secret-id ${quote(secretId)}`.trim()
}

/**
 * The service adds a hyphen and six characters to the name; settings may leave them out of an ARN. One that
 * ends so may be whole, or that of a secret whose name ends so.
 */
function toResource(secretId: string): string | readonly string[] {
  if (!isArn(secretId)) return `arn:aws:secretsmanager:*:*:secret:${secretId}-??????`
  const partial = `${secretId}-??????`
  return /-[A-Za-z0-9]{6}$/.test(secretId) ? [secretId, partial] : partial
}

function isArn(secretId: string): boolean {
  return secretId.startsWith('arn:')
}

function toPoolFlag(userPoolId: string): string {
  return toRegionFlag(toPoolRegion(userPoolId))
}

/** Without it, the CLI takes the Region of whoever runs it. */
function toRegionFlag(region: string | undefined): string {
  return region === undefined ? '' : ` --region ${region}`
}

/** Within single quotes a shell takes everything as it stands, but for the quote itself. */
function quote(text: string): string {
  return /^[\w./:=@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
