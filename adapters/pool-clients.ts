import {
  CognitoIdentityProviderClient,
  type CognitoIdentityProviderClientConfig,
} from '@aws-sdk/client-cognito-identity-provider'
import type { Client } from '../core/settings/settings.ts'
import { toReadRegion } from '../core/user-pool.ts'

/** The SDK's clients of Cognito's API, one for each Region that a user pool is in. */
export interface PoolClients {
  readonly of: (client: Client) => CognitoIdentityProviderClient
  readonly close: () => void
}

/** Opens them as they are needed, all with the same configuration. */
export function openPoolClients(config: CognitoIdentityProviderClientConfig): PoolClients {
  const clients = new Map<string, CognitoIdentityProviderClient>()
  return {
    of: (client) => {
      const region = toReadRegion(client)
      const known = clients.get(region)
      if (known !== undefined) return known
      const opened = new CognitoIdentityProviderClient({ ...config, region })
      clients.set(region, opened)
      return opened
    },
    close: () => {
      for (const client of clients.values()) client.destroy()
    },
  }
}
