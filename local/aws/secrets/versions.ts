/** One version of a secret, possibly without a value yet. */
export interface SecretVersion {
  readonly id: string
  /** Undefined: a rotation has made the version, and its function has put no value there yet. */
  value: string | undefined
  /** Staging labels; a version without one is deprecated. */
  readonly stages: Set<string>
  createdAtSeconds: number
}

/** How a secret rotates, in the terms of `DescribeSecret`. */
export interface SecretRotation {
  isEnabled: boolean
  functionArn: string | undefined
  rules: RotationRules
  lastRotatedAtSeconds: number | undefined
  nextAtSeconds: number | undefined
}

export interface RotationRules {
  readonly AutomaticallyAfterDays?: number
  readonly ScheduleExpression?: string
  readonly Duration?: string
}

export interface StoredSecret {
  readonly name: string
  readonly versions: Map<string, SecretVersion>
  createdAtSeconds: number
  lastChangedAtSeconds: number
  deletedAtSeconds: number | undefined
  /** Undefined until rotation is configured for the first time. */
  rotation: SecretRotation | undefined
}

const daySeconds = 86_400
/** The most versions without a label that Secrets Manager keeps. */
const mostDeprecated = 100

/** Makes a secret without any version. */
export function makeSecret(name: string): StoredSecret {
  const createdAtSeconds = nowSeconds()
  return {
    ...{ name, versions: new Map(), createdAtSeconds, lastChangedAtSeconds: createdAtSeconds },
    ...{ deletedAtSeconds: undefined, rotation: undefined },
  }
}

/** Adds a version, which takes the labels from the versions that had them. */
export function addVersion(
  secret: StoredSecret,
  id: string,
  value: string | undefined,
  stages: readonly string[],
): SecretVersion {
  const version: SecretVersion = { id, value, stages: new Set(), createdAtSeconds: nowSeconds() }
  secret.versions.set(id, version)
  for (const stage of stages) moveStage(secret, stage, version)
  forgetDeprecated(secret)
  return version
}

/** Moves a label; the version that loses AWSCURRENT becomes AWSPREVIOUS, as in Secrets Manager. */
export function moveStage(
  secret: StoredSecret,
  stage: string,
  to: SecretVersion | undefined,
): void {
  const from = findByStage(secret, stage)
  if (from === to) return
  from?.stages.delete(stage)
  to?.stages.add(stage)
  secret.lastChangedAtSeconds = nowSeconds()
  if (stage !== 'AWSCURRENT') return
  // A value stored by hand counts as a rotation when the next one is scheduled.
  if (secret.rotation?.isEnabled) planRotation(secret.rotation)
  if (from) moveStage(secret, 'AWSPREVIOUS', from)
}

/** Finds the version that holds a label. */
export function findByStage(secret: StoredSecret, stage: string): SecretVersion | undefined {
  return [...secret.versions.values()].find((version) => version.stages.has(stage))
}

/** Plans the next rotation by the number of days; a schedule expression is kept and not followed. */
export function planRotation(rotation: SecretRotation): void {
  const days = rotation.rules.AutomaticallyAfterDays
  rotation.nextAtSeconds = days === undefined ? undefined : nowSeconds() + days * daySeconds
}

/** Turns rotation on, as `RotateSecret` does when it need not start immediately. */
export function enableRotation(
  secret: StoredSecret,
  functionArn: string,
  rules: RotationRules,
): void {
  const { lastRotatedAtSeconds } = secret.rotation ?? {}
  secret.rotation = {
    isEnabled: true,
    functionArn,
    rules,
    lastRotatedAtSeconds,
    nextAtSeconds: undefined,
  }
  planRotation(secret.rotation)
}

/** Moves all dates of one secret into the past by the given time. */
export function passTime(secret: StoredSecret, seconds: number): void {
  secret.createdAtSeconds -= seconds
  secret.lastChangedAtSeconds -= seconds
  for (const version of secret.versions.values()) version.createdAtSeconds -= seconds
  const { rotation } = secret
  if (rotation?.lastRotatedAtSeconds !== undefined) rotation.lastRotatedAtSeconds -= seconds
  if (rotation?.nextAtSeconds !== undefined) rotation.nextAtSeconds -= seconds
}

function forgetDeprecated(secret: StoredSecret): void {
  const deprecated = [...secret.versions.values()].filter(({ stages }) => stages.size === 0)
  for (const { id } of deprecated.slice(0, -mostDeprecated)) secret.versions.delete(id)
}

/** Formats a time as Secrets Manager does: seconds since 1970, with a fraction. */
export function nowSeconds(): number {
  return Date.now() / 1000
}
