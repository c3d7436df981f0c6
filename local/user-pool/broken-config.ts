import { randomBytes } from 'node:crypto'
import type { AppClient, PoolConfig } from './pool-config.ts'
import type { SwitchOf } from './pool-switch.ts'

type Undo = () => void

// The broken state is written into the configuration itself, so that describe calls show it too.
export const configFaults = {
  secret_mismatch: eachClient('secrets', ({ secrets }) => secrets.map(freshSecret)),
  client_gone: (config) => {
    const { appClients } = config
    config.appClients = []
    return () => {
      config.appClients = appClients
    }
  },
  client_without_secret: eachClient('secrets', () => []),
  code_grant_not_allowed: eachClient('allowedOAuthFlows', ({ allowedOAuthFlows }) =>
    allowedOAuthFlows.filter((flow) => flow !== 'code'),
  ),
  oauth_flows_off: eachClient('allowedOAuthFlowsUserPoolClient', () => false),
  // A trailing slash is the usual mistake.
  callback_not_registered: eachClient('callbackUrls', ({ callbackUrls }) =>
    callbackUrls.map((url) => (url.endsWith('/') ? url.slice(0, -1) : `${url}/`)),
  ),
  trigger_failed: (config) => {
    const { lambdaConfig } = config
    const arn = 'arn:aws:lambda:eu-central-1:123456789012:function:pre-token-generation'
    config.lambdaConfig = { ...lambdaConfig, PreTokenGeneration: arn }
    return () => {
      config.lambdaConfig = lambdaConfig
    }
  },
} as const satisfies Record<SwitchOf<'user pool'>, (config: PoolConfig) => Undo>

function eachClient<Field extends keyof AppClient>(
  field: Field,
  breakField: (client: AppClient) => AppClient[Field],
): (config: PoolConfig) => Undo {
  return ({ appClients }) => {
    const kept = appClients.map((client) => ({ client, value: client[field] }))
    for (const client of appClients) client[field] = breakField(client)
    return () => {
      for (const { client, value } of kept) client[field] = value
    }
  }
}

function freshSecret(secret: AppClient['secrets'][number]) {
  return { ...secret, value: randomBytes(26).toString('hex') }
}
