import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeCertificate } from './certificate.ts'
import { client } from './deployment.ts'
import type { PlaceName, Places, Seen } from './mock-places.ts'

/** The mocks, and what a process needs to talk to them. */
export interface World {
  /** A folder of this run for files, removed when the world is closed. */
  readonly folder: string
  readonly toEnvironment: (place: PlaceName, clientCount?: number) => Record<string, string>
  /** What the mocks have seen. */
  readonly look: () => Promise<Seen>
  readonly close: () => void
}

/** Starts the mocks in a process of their own, with a certificate that is made for this run. */
export async function openWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'token-proxy-bench-'))
  const certificate = makeCertificate({ dns: ['localhost'], ips: ['127.0.0.1'] })
  const certificateFile = join(folder, 'certificate.pem')
  writeFileSync(certificateFile, certificate.cert)
  const mocks = fork(join(import.meta.dirname, 'mock-process.ts'), {
    env: { BENCH_CERTIFICATE: JSON.stringify(certificate) },
  })
  const [places]: Places[] = await once(mocks, 'message')
  if (places === undefined) throw new Error('the mocks said nothing')
  return {
    folder,
    toEnvironment: (place, clientCount = 1) => ({
      ...toLambdaEnvironment(places, place),
      NODE_EXTRA_CA_CERTS: certificateFile,
      BENCH_CLIENTS: `${clientCount}`,
    }),
    look: async () => {
      mocks.send('look')
      const [seen]: Seen[] = await once(mocks, 'message')
      return seen ?? { connections: {}, sights: [] }
    },
    close: () => {
      mocks.disconnect()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The environment of a function as Lambda sets it, and what the contestants read. */
function toLambdaEnvironment(places: Places, place: PlaceName): Record<string, string> {
  const { secretsManagerUrl, cognitoUrl, describeUrl } = places[place]
  return {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_SESSION_TOKEN: 'example',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_FUNCTION_NAME: 'token-proxy-bench-oauth2',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=3995c3f42cd8ad89;Sampled=0',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManagerUrl,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: describeUrl,
    POWERTOOLS_METRICS_NAMESPACE: 'TokenProxy',
    POWERTOOLS_SERVICE_NAME: 'token-proxy',
    BENCH_DOMAIN: cognitoUrl,
    BENCH_SECRET_ID: client.secretId,
  }
}
