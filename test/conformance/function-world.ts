import type { TestContext } from 'node:test'
import { type AwsEndpoints, openAwsEndpoints } from '../../local/aws/endpoints.ts'
import { openSecretStore, type SecretStore } from '../../local/aws/secret-store.ts'
import { toEnvironment, webClient } from './proxy.ts'

type ClientSettings = Readonly<Record<string, unknown>> & {
  readonly clientId: string
  readonly secretId: string
}

/** What a function is to be run with. */
export interface FunctionWorld {
  readonly env: Readonly<Record<string, string>>
  readonly secrets: SecretStore
  readonly aws: AwsEndpoints
}

/** The client secret that the world's Secrets Manager begins with. */
export const firstSecret = 'first-secret-0123456789-abcdef'

/** The text of a stored secret. */
export const toStored = (clientId: string, secret: string) =>
  JSON.stringify({ client_id: clientId, client_secret: secret })

/** Opens Secrets Manager and makes the environment of a function whose clients are at `domain`. */
export async function openFunctionWorld(
  t: TestContext,
  domain: string,
  toClients: (web: typeof webClient & { domain: string }) => readonly ClientSettings[] = (web) => [
    web,
  ],
): Promise<FunctionWorld> {
  const secrets = openSecretStore()
  const aws = await openAwsEndpoints({ port: 0, secrets, pools: [] })
  t.after(() => aws.close())
  const clients = toClients({ ...webClient, domain })
  for (const { clientId, secretId } of clients) {
    secrets.put(secretId, toStored(clientId, firstSecret))
  }
  return { env: toEnvironment(aws.url, clients), secrets, aws }
}
