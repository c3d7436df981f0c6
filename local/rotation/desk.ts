import { randomUUID } from 'node:crypto'
import { parseJsonObject } from '../../core/json.ts'
import type { AwsEndpoints } from '../aws/endpoints.ts'
import type { RotationProgress } from '../aws/rotation-runner.ts'
import { passTime, type StoredSecret } from '../aws/secrets/versions.ts'
import type { RotationView, StepFailureView } from './view.ts'

/** Starts rotations of one client's secret, and says where they stand. */
export interface RotationDesk {
  readonly view: () => RotationView
  readonly rotate: () => Promise<void>
  /** Lets the time pass until the overlap is over, and calls the function as its schedule does. */
  readonly endOverlap: () => Promise<void>
  /** Reports each change; returns a function that stops it. */
  readonly onChange: (listener: () => void) => () => void
  /** Takes what the runner of rotations reports. */
  readonly takeProgress: (progress: RotationProgress) => void
  /** Takes a line of the rotate function. */
  readonly takeLine: (line: string) => void
  /** Takes a request record. */
  readonly takeRecord: (record: unknown) => void
}

export interface RotationDeskParts {
  readonly client: string
  readonly secretId: string
  readonly aws: Pick<AwsEndpoints, 'call'>
  readonly secret: () => StoredSecret | undefined
  readonly countActive: () => number
  readonly invokeOnSchedule: () => Promise<void>
}

/** Longer than any overlap can be set to. */
const longEnoughSeconds = 30 * 86_400

type Counts = Pick<RotationView, 'served' | 'failed' | 'refusal' | 'failure'>

const nothing: Counts = { served: 0, failed: 0, refusal: undefined, failure: undefined }

/** Opens the desk of one client. */
export function openRotationDesk(parts: RotationDeskParts): RotationDesk {
  const { client, secretId, aws } = parts
  const listeners = new Set<() => void>()
  let progress: RotationProgress | undefined
  let counts = nothing
  const change = (changes: Partial<Counts>) => {
    counts = { ...counts, ...changes }
    for (const listener of listeners) listener()
  }
  return {
    view: () => toView(parts, progress, counts),
    rotate: async () => {
      progress = undefined
      change(nothing)
      const input = { SecretId: secretId, ClientRequestToken: randomUUID() }
      const result = await aws.call('secretsmanager.RotateSecret', input)
      if ('error' in result) change({ refusal: `${result.error.type}: ${result.error.message}` })
    },
    endOverlap: async () => {
      const secret = parts.secret()
      if (secret === undefined) return
      passTime(secret, longEnoughSeconds)
      await parts.invokeOnSchedule()
      passTime(secret, -longEnoughSeconds)
      change({})
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    takeProgress: (next) => {
      if (next.secretName !== secretId) return
      progress = next
      change(next.state === 'done' ? { failure: undefined, refusal: undefined } : {})
    },
    takeLine: (line) => {
      const failure = toFailure(client, line)
      if (failure !== undefined) change({ failure })
    },
    takeRecord: (record) => {
      if (progress === undefined || !isOf(record, client)) return
      const isFailure = record['outcome'] === 'failed' && record['fault'] !== 'caller'
      change(isFailure ? { failed: counts.failed + 1 } : { served: counts.served + 1 })
    },
  }
}

function toView(
  { client, countActive }: RotationDeskParts,
  progress: RotationProgress | undefined,
  counts: Counts,
): RotationView {
  const activeSecrets = countActive()
  return {
    ...counts,
    ...{ client, activeSecrets, state: progress?.state ?? 'idle' },
    ...{ step: progress?.step, attempt: progress?.attempt ?? 1 },
    isOverlapping: progress?.state === 'done' && activeSecrets === 2,
  }
}

/** Reads the cause off a record of the rotate function; undefined for any other line. */
function toFailure(client: string, line: string): StepFailureView | undefined {
  const record = parseJsonObject(line)
  if (record?.['rotation_result'] !== 'failed' || record['client'] !== client) return undefined
  const { cause, evidence, fix } = record
  if (typeof cause !== 'string') return undefined
  return {
    cause,
    evidence: Array.isArray(evidence) ? evidence.map(String) : [],
    fix: typeof fix === 'string' ? fix : undefined,
  }
}

function isOf(record: unknown, client: string): record is Readonly<Record<string, unknown>> {
  return typeof record === 'object' && record !== null && Reflect.get(record, 'client') === client
}
