import { keyFields } from '../account/keys.ts'
import { type Deployment, listPlans } from '../deployment.ts'
import { listStoppingAlarms } from '../gradual/stopping-alarms.ts'
import { listAliased } from '../gradual/versions.ts'
import {
  toAccessLogGroupName,
  toFunctionName,
  toLogGroupName,
  toStackName,
} from '../physical-names.ts'
import type { Stage } from '../stage.ts'
import { listCertificates, type WantedCertificate } from './certificates.ts'
import { toWantedEdge, type WantedEdge } from './edge.ts'
import type { NamedKey } from './keys.ts'

/** What a deployment of a stage is called in AWS, and what it takes from the account. */
export interface DeployNames {
  readonly stack: string
  readonly region: string
  readonly functions: readonly string[]
  readonly logGroups: readonly string[]
  /** How many sandboxes the functions reserve together. */
  readonly reserved: number
  /** Names or ARNs of the secrets that the functions read. */
  readonly secretIds: readonly string[]
  /** In a second Region: the stage whose secrets are replicated to this Region, and its own Region, if it is known. */
  readonly replica?: { readonly of: string; readonly from: string | undefined }
  /** The KMS keys that the services of the stack use. */
  readonly keys: readonly NamedKey[]
  readonly certificates: readonly WantedCertificate[]
  /** The alarms that take a gradual deployment back; none where it is not gradual. */
  readonly stoppingAlarms: readonly string[]
  /** The functions of which versions are published. */
  readonly versioned: readonly string[]
  /** Undefined where the stage has no edge. */
  readonly edge: WantedEdge | undefined
}

/** Lists what has to be looked at before a stage is deployed. */
export function toDeployNames(stageName: string, stage: Stage): DeployNames {
  const plans = listPlans(stage)
  const functions = plans.map(([name]) => toFunctionName(stageName, name))
  const { clients, cookieKeySecret } = stage.settings
  const secretIds = [...clients.values()].map(({ secretId }) => secretId)
  return {
    stack: toStackName(stageName),
    region: stage.region,
    functions,
    logGroups: [...functions.map(toLogGroupName), toAccessLogGroupName(stageName)],
    reserved: plans.reduce((sum, [, { reservedConcurrency }]) => sum + reservedConcurrency, 0),
    secretIds: [...new Set([...secretIds, cookieKeySecret])].filter((id) => id !== ''),
    ...(stage.replicaOf !== undefined && {
      replica: { of: stage.replicaOf, from: stage.primaryRegion },
    }),
    keys: keyFields.flatMap((field) => {
      const arn = stage[field]
      return arn === undefined ? [] : [{ field, arn }]
    }),
    certificates: listCertificates(stage),
    stoppingAlarms: stage.gradualDeployment
      ? listStoppingAlarms(stage).map((name) => `${toStackName(stageName)}-${name}`)
      : [],
    versioned: listAliased(stage).map((name) => toFunctionName(stageName, name)),
    edge: toWantedEdge(stage),
  }
}

/** Where the dashboard of a deployed stage is shown. */
export function toDashboardUrl(stack: string, region: Deployment['region']): string {
  const host = region.startsWith('cn-') ? 'console.amazonaws.cn' : 'console.aws.amazon.com'
  return `https://${region}.${host}/cloudwatch/home?region=${region}#dashboards/dashboard/${stack}-${region}`
}
