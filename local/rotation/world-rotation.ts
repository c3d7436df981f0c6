import type { AwsEndpoints, AwsEndpointsOptions } from '../aws/endpoints.ts'
import type { SecretStore } from '../aws/secrets/store.ts'
import { enableRotation } from '../aws/secrets/versions.ts'
import type { RecordBoard } from '../record-board.ts'
import type { PoolConfig } from '../user-pool/pool-config.ts'
import { openRotationDesk, type RotationDesk } from './desk.ts'
import { openRotateFunction } from './rotate-function.ts'

/** Rotations of the embedded world: the function, and the desk at which they are started. */
export interface WorldRotation {
  /** What the AWS endpoints need to know; the function may be opened after them. */
  readonly options: Pick<AwsEndpointsOptions, 'rotation' | 'onRotation'>
  readonly open: (parts: WorldRotationParts) => OpenWorldRotation
}

export interface OpenWorldRotation {
  readonly desk: RotationDesk
  readonly close: () => Promise<void>
}

export interface WorldRotationParts {
  readonly functionsFolder: string
  readonly env: Readonly<Record<string, string>>
  readonly records: Pick<RecordBoard, 'take' | 'onRecord'>
  readonly aws: AwsEndpoints
  readonly store: SecretStore
  readonly config: PoolConfig
  readonly rotating: readonly RotatingClient[]
}

/** A client whose secret rotates. */
export interface RotatingClient {
  readonly name: string
  readonly clientId: string
  readonly secretId: string
}

const arn = 'arn:aws:lambda:eu-central-1:000000000000:function:rotate'
const rules = { AutomaticallyAfterDays: 30 }
/** Secrets Manager waits longer. */
const usualRetryDelaysMs: readonly number[] = [1000, 3000]

/** Opens the rotations; the desk is the first client's. */
export function openWorldRotation(retryDelaysMs = usualRetryDelaysMs): WorldRotation {
  const late: { desk?: RotationDesk; invoke?: (event: object) => Promise<boolean> } = {}
  return {
    options: {
      rotation: {
        arn,
        retryDelaysMs,
        invoke: async (event) => (await late.invoke?.(event)) ?? false,
      },
      onRotation: (progress) => late.desk?.takeProgress(progress),
    },
    open: (parts) => {
      const opened = openDesk(parts)
      Object.assign(late, { desk: opened.desk, invoke: opened.invoke })
      return opened
    },
  }
}

function openDesk({
  functionsFolder,
  env,
  records,
  aws,
  store,
  config,
  rotating,
}: WorldRotationParts) {
  for (const { secretId } of rotating) {
    const secret = store.secrets.get(secretId)
    if (secret !== undefined) enableRotation(secret, arn, rules)
  }
  const rotate = openRotateFunction(functionsFolder, env, (line) => {
    records.take(line)
    desk.takeLine(line)
  })
  const [{ name: client, clientId, secretId } = { name: '', clientId: '', secretId: '' }] = rotating
  const desk = openRotationDesk({
    ...{ client, secretId, aws, invokeOnSchedule: rotate.invokeOnSchedule },
    secret: () => store.secrets.get(secretId),
    countActive: () =>
      config.appClients.find((one) => one.clientId === clientId)?.secrets.length ?? 0,
  })
  const endRecords = records.onRecord(desk.takeRecord)
  const close = async () => {
    endRecords()
    await aws.rotations.close()
    await rotate.close()
  }
  return { desk, invoke: rotate.invoke, close }
}
