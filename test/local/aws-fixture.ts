import type { TestContext } from 'node:test'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import {
  type AwsEndpoints,
  type AwsEndpointsOptions,
  openAwsEndpoints,
} from '../../local/aws/endpoints.ts'
import { openSecretStore, type SecretStore } from '../../local/aws/secret-store.ts'
import type { AppClient, PoolConfig } from '../../local/user-pool/pool-config.ts'

export const appClient: AppClient = {
  clientId: 'client1',
  clientName: 'Web',
  secrets: [
    { id: 'client1--1', value: 'old', createdAtSeconds: 1 },
    { id: 'client1--2', value: 'new', createdAtSeconds: 2 },
  ],
  allowedOAuthFlows: ['code'],
  allowedOAuthFlowsUserPoolClient: true,
  allowedOAuthScopes: ['openid'],
  callbackUrls: ['https://app.example/callback'],
  logoutUrls: ['https://app.example/'],
  supportedIdentityProviders: ['COGNITO'],
  explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
  readAttributes: ['email'],
  enableTokenRevocation: true,
  refreshTokenRotation: { retryGracePeriodSeconds: 10 },
  accessTokenValiditySeconds: 3600,
  refreshTokenValiditySeconds: 86400,
}

export function makePool(): PoolConfig {
  return {
    poolId: 'eu-central-1_a',
    name: 'People',
    domainPoolId: 'eu-central-1_a',
    lambdaConfig: { PreTokenGeneration: 'arn:aws:lambda:x' },
    deviceConfiguration: { challengeRequiredOnNewDevice: true },
    appClients: [structuredClone(appClient)],
  }
}

export interface TestWorld {
  readonly endpoints: AwsEndpoints
  readonly secrets: SecretStore
  readonly client: SecretsManagerClient
  readonly pool: PoolConfig
}

/** AWS endpoints with one pool, and the real SDK pointed at them, without retries. */
export async function openWorld(
  t: TestContext,
  options: Partial<AwsEndpointsOptions> = {},
): Promise<TestWorld> {
  const secrets = openSecretStore()
  const pool = makePool()
  const endpoints = await openAwsEndpoints({ port: 0, secrets, pools: [pool], ...options })
  const client = new SecretsManagerClient({
    endpoint: endpoints.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'AKIA', secretAccessKey: 'x' },
    maxAttempts: 1,
  })
  t.after(async () => {
    client.destroy()
    await endpoints.close()
  })
  return { endpoints, secrets, client, pool }
}

const signed = `AWS4-HMAC-SHA256 Credential=AKIA/20261121/eu-central-1/x/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`

/** Makes a call as the SDK would, without one. */
export function call(
  url: string,
  target: string,
  body: unknown,
  authorization = signed,
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': target,
      ...(authorization && { authorization }),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}
