import type { AppClient, PoolConfig } from '../user-pool/pool-config.ts'
import { addClientSecret, deleteClientSecret, listClientSecrets } from './client-secrets.ts'
import {
  accountId,
  awsError,
  type Input,
  type Operation,
  type OperationResult,
  textOf,
} from './protocol.ts'

/** What Cognito's describe calls describe. */
export interface PoolDirectory {
  readonly pools: readonly PoolConfig[]
  readonly poolOfDomain: (domain: string) => PoolConfig | undefined
  readonly region: string
  /** The Region of the originals, where these pools are replicas: they take no changes. */
  readonly primaryRegion?: string | undefined
  /** The default date of creation. */
  readonly openedAtSeconds: number
}

/** The state that an operation on an app client works on. */
interface ClientCall {
  readonly directory: PoolDirectory
  readonly pool: PoolConfig
  readonly client: AppClient
  readonly input: Input
}

const clientOperations = new Map<string, (call: ClientCall) => OperationResult>([
  ['DescribeUserPoolClient', describeClient],
  ['ListUserPoolClientSecrets', ({ client }) => listClientSecrets(client)],
  ['AddUserPoolClientSecret', ({ pool, client, input }) => addClientSecret(pool, client, input)],
  ['DeleteUserPoolClientSecret', ({ client, input }) => deleteClientSecret(client, input)],
])

const changes: ReadonlySet<string> = new Set([
  'AddUserPoolClientSecret',
  'DeleteUserPoolClientSecret',
])

/** Finds an operation of Cognito on the configured pools. */
export function findPoolOperation(name: string, directory: PoolDirectory): Operation | undefined {
  if (name === 'DescribeUserPoolDomain') return (input) => describeDomain(directory, input)
  const clientOperation = clientOperations.get(name)
  if (!clientOperation && name !== 'DescribeUserPool') return undefined
  return (input) => {
    const poolId = textOf(input, 'UserPoolId')
    const pool = directory.pools.find((one) => one.poolId === poolId)
    if (!pool) return notFound(`User pool ${poolId} does not exist.`)
    if (!clientOperation) return describePool(directory, pool)
    const clientId = textOf(input, 'ClientId')
    const client = pool.appClients.find((one) => one.clientId === clientId)
    if (directory.primaryRegion !== undefined && changes.has(name)) {
      return awsError('OperationNotEnabledException', 'Not enabled in a secondary Region.')
    }
    if (!client) return notFound(`User pool client ${clientId} does not exist.`)
    return clientOperation({ directory, pool, client, input })
  }
}

function describePool(directory: PoolDirectory, pool: PoolConfig): OperationResult {
  const device = pool.deviceConfiguration
  return {
    output: {
      UserPool: {
        Id: pool.poolId,
        Name: pool.name,
        Arn: toPoolArn(directory, pool.poolId),
        LambdaConfig: pool.lambdaConfig,
        CreationDate: directory.openedAtSeconds,
        LastModifiedDate: directory.openedAtSeconds,
        MfaConfiguration: 'OFF',
        UserPoolTier: 'ESSENTIALS',
        IssuerConfiguration: { Type: pool.issuerType ?? 'ORIGINAL' },
        // The embedded domain is on loopback, which is no prefix, so it counts as a custom one.
        ...(pool.domainPoolId === pool.poolId && { CustomDomain: '127.0.0.1' }),
        ...(device && {
          DeviceConfiguration: {
            ChallengeRequiredOnNewDevice: device.challengeRequiredOnNewDevice,
            DeviceOnlyRememberedOnUserPrompt: false,
          },
        }),
      },
    },
  }
}

function describeClient({ directory, pool, client }: ClientCall): OperationResult {
  const newest = client.secrets.at(-1)
  // Once the original secret is deleted, none is described, although the app client stays confidential.
  const original = client.secrets.find(({ isAdded }) => isAdded === undefined)
  const shown = client.describedSecret ?? original?.value
  const rotation = client.refreshTokenRotation
  const madeAtSeconds =
    client.createdAtSeconds ?? original?.createdAtSeconds ?? directory.openedAtSeconds
  const UserPoolClient = {
    UserPoolId: pool.poolId,
    ClientName: client.clientName,
    ClientId: client.clientId,
    ClientType: client.clientType ?? 'REGULAR',
    ...(shown !== undefined && { ClientSecret: shown }),
    CreationDate: madeAtSeconds,
    LastModifiedDate: newest?.createdAtSeconds ?? madeAtSeconds,
    RefreshTokenValidity: client.refreshTokenValiditySeconds,
    AccessTokenValidity: client.accessTokenValiditySeconds,
    IdTokenValidity: client.accessTokenValiditySeconds,
    TokenValidityUnits: { AccessToken: 'seconds', IdToken: 'seconds', RefreshToken: 'seconds' },
    ReadAttributes: client.readAttributes,
    ExplicitAuthFlows: client.explicitAuthFlows,
    SupportedIdentityProviders: client.supportedIdentityProviders,
    CallbackURLs: client.callbackUrls,
    LogoutURLs: client.logoutUrls,
    AllowedOAuthFlows: client.allowedOAuthFlows,
    AllowedOAuthScopes: client.allowedOAuthScopes,
    AllowedOAuthFlowsUserPoolClient: client.allowedOAuthFlowsUserPoolClient,
    EnableTokenRevocation: client.enableTokenRevocation,
    ...(rotation && {
      RefreshTokenRotation: {
        Feature: 'ENABLED',
        RetryGracePeriodSeconds: rotation.retryGracePeriodSeconds,
      },
    }),
  }
  return { output: { UserPoolClient } }
}

/** Cognito answers an unknown domain with an empty description, not with an error. */
function describeDomain(directory: PoolDirectory, input: Input): OperationResult {
  const domain = textOf(input, 'Domain')
  if (domain === undefined) return awsError('InvalidParameterException', 'Domain is missing.')
  const pool = directory.poolOfDomain(domain)
  if (!pool) return { output: { DomainDescription: {} } }
  return {
    output: {
      DomainDescription: {
        Domain: domain,
        UserPoolId: pool.domainPoolId,
        AWSAccountId: accountId,
        Status: 'ACTIVE',
        ManagedLoginVersion: 1,
      },
    },
  }
}

/** The error for a call that the caller's role does not allow. */
export function denyPoolOperation(name: string, directory: PoolDirectory, input: Input) {
  const arn = toPoolArn(directory, textOf(input, 'UserPoolId') ?? '*')
  const message = `User: arn:aws:sts::${accountId}:assumed-role/local/local is not authorized to perform: cognito-idp:${name} on resource: ${arn} because no identity-based policy allows the cognito-idp:${name} action`
  return awsError('AccessDeniedException', message)
}

function toPoolArn(directory: PoolDirectory, poolId: string): string {
  return `arn:aws:cognito-idp:${directory.region}:${accountId}:userpool/${poolId}`
}

function notFound(message: string): OperationResult {
  return awsError('ResourceNotFoundException', message)
}
