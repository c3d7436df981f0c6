import {
  AddUserPoolClientSecretCommand,
  type CognitoIdentityProviderClient,
  DeleteUserPoolClientSecretCommand,
  DescribeUserPoolClientCommand,
  ListUserPoolClientSecretsCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { failStep } from '../../core/causes/rotation.ts'
import { judgePoolCall } from '../../core/rotation/call-error.ts'
import type { ActiveSecret } from '../../core/rotation/seen.ts'
import { Secret } from '../../core/secret.ts'
import type { Client } from '../../core/settings/settings.ts'
import { openPoolClients } from '../pool-clients.ts'
import { askAws, callSettings } from './aws-call.ts'
import type { StepResult } from './secret-versions.ts'

/** The active secrets of app clients at Cognito. */
export interface PoolSecrets {
  /** Ids and dates; Cognito lists no values. */
  readonly list: (client: Client) => Promise<StepResult<readonly ActiveSecret[]>>
  /** The secret that Cognito still describes, if any, and whether the client was registered dynamically. */
  readonly describe: (client: Client) => Promise<StepResult<DescribedSecrets>>
  /** Gives the id of the added secret, if Cognito says it. */
  readonly add: (client: Client, value: Secret) => Promise<StepResult<string | undefined>>
  /** Deletes by id; that it is gone already is as good. */
  readonly delete: (client: Client, secretId: string) => Promise<StepResult<unknown>>
  readonly close: () => void
}

interface DescribedSecrets {
  readonly secret: Secret | undefined
  readonly isDynamic: boolean
}

/**
 * Opens the secrets of app clients through the SDK, in the Region of each pool. Fails with
 * `rotation_pool_unnamed`, `rotation_access_denied`, `rotation_throttled`, `rotation_unanswered`,
 * `rotation_add_refused` and `client_not_found`.
 */
export function openPoolSecrets(): PoolSecrets {
  const pools = openPoolClients(callSettings)
  return {
    list: (client) =>
      withPool(client, async (ids) => {
        const command = new ListUserPoolClientSecretsCommand(ids)
        const asked = await askAws((abortSignal) => pools.of(client).send(command, { abortSignal }))
        if (!asked.ok) return judgePoolCall('list_client_secrets', asked.error.name)
        const { ClientSecrets = [], NextToken } = asked.value
        // More than one page is more than Cognito has ever allowed: nothing can be counted on.
        if (NextToken !== undefined) return failStep('rotation_unanswered', 'list_client_secrets')
        const value = ClientSecrets.map(({ ClientSecretId = '', ClientSecretCreateDate }) => ({
          id: ClientSecretId,
          createdAtMs: ClientSecretCreateDate?.getTime() ?? 0,
        }))
        return { ok: true, value }
      }),
    describe: (client) => withPool(client, (ids) => describe(pools.of(client), ids)),
    add: (client, value) =>
      withPool(client, async (ids) => {
        const sdk = pools.of(client)
        const command = new AddUserPoolClientSecretCommand({ ...ids, ClientSecret: value.reveal() })
        const asked = await askAws((abortSignal) => sdk.send(command, { abortSignal }))
        if (asked.ok) {
          return { ok: true, value: asked.value.ClientSecretDescriptor?.ClientSecretId }
        }
        const refused = judgePoolCall('add_client_secret', asked.error.name)
        if (!refused.evidence.includes('invalid_parameter')) return refused
        const described = await describe(sdk, ids)
        return described.ok && described.value.isDynamic
          ? failStep('rotation_add_refused', 'registered_dynamically')
          : refused
      }),
    delete: (client, ClientSecretId) =>
      withPool(client, async (ids) => {
        const command = new DeleteUserPoolClientSecretCommand({ ...ids, ClientSecretId })
        const asked = await askAws((abortSignal) => pools.of(client).send(command, { abortSignal }))
        const isGone = asked.ok || asked.error.name === 'ResourceNotFoundException'
        if (isGone) return { ok: true, value: undefined }
        return judgePoolCall('delete_client_secret', asked.error.name)
      }),
    close: pools.close,
  }
}

interface Ids {
  readonly UserPoolId: string
  readonly ClientId: string
}

async function withPool<T>(
  { userPoolId, clientId }: Client,
  ask: (ids: Ids) => Promise<StepResult<T>>,
): Promise<StepResult<T>> {
  if (userPoolId === undefined) return failStep('rotation_pool_unnamed')
  return ask({ UserPoolId: userPoolId, ClientId: clientId })
}

async function describe(
  sdk: CognitoIdentityProviderClient,
  ids: Ids,
): Promise<StepResult<DescribedSecrets>> {
  const command = new DescribeUserPoolClientCommand(ids)
  const asked = await askAws((abortSignal) => sdk.send(command, { abortSignal }))
  if (!asked.ok) return judgePoolCall('describe_client', asked.error.name)
  const { ClientSecret, ClientType } = asked.value.UserPoolClient ?? {}
  const secret = ClientSecret ? new Secret(ClientSecret) : undefined
  return { ok: true, value: { secret, isDynamic: ClientType === 'DCR' } }
}
