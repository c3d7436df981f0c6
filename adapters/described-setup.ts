import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  ListUserPoolClientSecretsCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import type { DescribedSetup } from '../core/setup/described-setup.ts'
import { toPoolRegion } from '../core/user-pool.ts'

/** What was read, or why it could not be, in one sentence. */
export type ReadSetup =
  | { readonly ok: true; readonly setup: DescribedSetup }
  | { readonly ok: false; readonly problem: string }

/**
 * Reads a user pool and one of its app clients with the credentials of whoever runs this, in the Region that the
 * pool's id begins with. The secret that Cognito may show is dropped at once. A list of secrets that may not be
 * read is no reason to stop.
 */
export async function readSetup(userPoolId: string, clientId: string): Promise<ReadSetup> {
  const client = new CognitoIdentityProviderClient({ region: toPoolRegion(userPoolId) })
  try {
    const ids = { UserPoolId: userPoolId, ClientId: clientId }
    const [{ UserPool: pool }, { UserPoolClient: app }, activeSecrets] = await Promise.all([
      client.send(new DescribeUserPoolCommand({ UserPoolId: userPoolId })),
      client.send(new DescribeUserPoolClientCommand(ids)),
      client.send(new ListUserPoolClientSecretsCommand(ids)).then(
        ({ ClientSecrets }) => ClientSecrets?.length,
        () => undefined,
      ),
    ])
    const rotation = app?.RefreshTokenRotation
    return {
      ok: true,
      setup: {
        ...{ userPoolId, clientId, activeSecrets },
        clientName: app?.ClientName ?? '',
        domainPrefix: pool?.Domain,
        customDomain: pool?.CustomDomain,
        callbackUrls: app?.CallbackURLs ?? [],
        logoutUrls: app?.LogoutURLs ?? [],
        hasIssuerOfAllRegions: pool?.IssuerConfiguration?.Type === 'UPDATED',
        isRotating: rotation?.Feature === 'ENABLED',
        retryGracePeriodSeconds: rotation?.RetryGracePeriodSeconds ?? 0,
        isSecretDescribed: app?.ClientSecret !== undefined,
      },
    }
  } catch (thrown) {
    return { ok: false, problem: toProblem(thrown, userPoolId) }
  } finally {
    client.destroy()
  }
}

/** What AWS says may quote ids and roles, so that only the names of errors that are known lead to a sentence. */
function toProblem(thrown: unknown, userPoolId: string): string {
  const name = thrown instanceof Error && /^\w{1,60}$/.test(thrown.name) ? thrown.name : 'an error'
  const region = toPoolRegion(userPoolId)
  if (name === 'ResourceNotFoundException') {
    return `there is no such user pool in ${region} of this account, or no such app client in it. Compare both ids with the console, and the account with aws sts get-caller-identity.`
  }
  if (name === 'AccessDeniedException' || name === 'NotAuthorizedException') {
    return 'these credentials may not read the user pool. They need cognito-idp:DescribeUserPool, cognito-idp:DescribeUserPoolClient and cognito-idp:ListUserPoolClientSecrets on it.'
  }
  if (name === 'InvalidParameterException') {
    return 'Cognito does not accept these ids. A user pool id is like eu-central-1_AbCdEfGhI, a client id like 7abcdefghijklmnopqrstuvwxy.'
  }
  return `Cognito in ${region} could not be asked (${name}). Check the network and the AWS credentials, then run the command again.`
}
