import { openCloudTrail } from './aws/cloud-trail.ts'
import { type AwsEndpoints, type AwsEndpointsOptions, openAwsEndpoints } from './aws/endpoints.ts'
import { type EvidenceTable, openEvidenceTable } from './aws/evidence-table.ts'
import { type LogEvents, openLogEvents } from './aws/log-events.ts'
import { openSecretStore, type SecretStore } from './aws/secrets/store.ts'
import type { PoolConfig } from './user-pool/pool-config.ts'
import { openUserPool, type UserPool } from './user-pool/user-pool.ts'
import { demoClients, demoUsers, region, toPoolConfig, toStoredSecret } from './world-config.ts'

/** The embedded replacement of Amazon's side. */
export interface Amazon {
  readonly config: PoolConfig
  readonly secrets: SecretStore
  readonly aws: AwsEndpoints
  readonly userPool: UserPool
  readonly table: EvidenceTable
  /** What the functions wrote, for those who look it up. */
  readonly logs: LogEvents
}

/** Opens the embedded replacement of Amazon's side: the user pool's domain, its issuer and the AWS endpoints. */
export async function openAmazon(
  toPort: (offset: number) => number,
  rotation: Pick<AwsEndpointsOptions, 'rotation' | 'onRotation'>,
  opened: AsyncDisposableStack,
): Promise<Amazon> {
  const secrets = openSecretStore()
  for (const client of demoClients) secrets.put(client.secretId, toStoredSecret(client))
  const config = toPoolConfig()
  const late: { userPool?: UserPool } = {}
  const trail = openCloudTrail(config.poolId, region)
  const logs = openLogEvents()
  const aws = await openAwsEndpoints({
    port: toPort(2),
    secrets,
    pools: [config],
    region,
    trail,
    logs,
    ...rotation,
    answerOther: (request, response) => late.userPool?.answerIssuer(request, response) ?? false,
  })
  opened.defer(aws.close)
  const userPool = await openUserPool({
    port: toPort(1),
    issuerUrl: aws.url,
    config,
    users: demoUsers,
    onAnswered: trail.record,
  })
  opened.defer(userPool.close)
  late.userPool = userPool
  const table = await openEvidenceTable(region, toPort(4))
  opened.defer(table.close)
  return { config, secrets, aws, userPool, table, logs }
}
