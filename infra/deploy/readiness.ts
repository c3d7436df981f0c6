import { toReplicateCommand, toRestoreCommand } from '../../core/doctor/command.ts'
import { type FoundCertificate, judgeCertificate, type WantedCertificate } from './certificates.ts'
import { type FoundEdge, judgeEdge } from './edge.ts'
import { type Judged, type Looked, type Remark, skip, stop, well } from './judged.ts'
import { judgeKey, type KeyState, type NamedKey } from './keys.ts'
import type { DeployNames } from './names.ts'
import { judgeStack } from './stack-state.ts'

export type SecretState = 'filled' | 'empty' | 'deleted' | 'absent'

/** What the account says before anything changes. */
export interface Findings {
  readonly concurrency: Looked<Concurrency>
  /** The actions that IAM denies. */
  readonly denied: Looked<readonly string[]>
  readonly secrets: readonly (readonly [secretId: string, state: Looked<SecretState>])[]
  readonly certificates: readonly (readonly [WantedCertificate, Looked<FoundCertificate>])[]
  /** The state of the stack; undefined where there is none. */
  readonly stackStatus: Looked<string | undefined>
  /** Those of the stack's log groups that exist already. */
  readonly logGroups: Looked<readonly string[]>
  readonly edge: FoundEdge
  readonly keys: readonly (readonly [key: NamedKey, state: Looked<KeyState | undefined>])[]
  /** Those of the alarms that take a gradual deployment back which are active. */
  readonly activeAlarms: Looked<readonly string[]>
}

interface Concurrency {
  /** How many sandboxes of the Region no function reserves. */
  readonly unreserved: number
  /** How many the functions of this stack reserve now. */
  readonly ours: number
}

/** What stops the deployment, and what could not be checked and stops nothing. */
export interface Readiness {
  readonly problems: readonly Remark[]
  readonly unchecked: readonly Remark[]
}

/** Lambda lets nobody reserve these of a Region. */
const alwaysUnreserved = 100

/** Judges whether a stage can be deployed into an account. */
export function judgeReadiness(
  findings: Findings,
  names: DeployNames,
  stageName: string,
): Readiness {
  const judged = [
    judgeStack({
      ...{ stack: names.stack, region: names.region, status: findings.stackStatus },
      removal: `npx osls remove --stage ${stageName}`,
    }),
    ...(names.edge === undefined ? [] : judgeEdge(names.edge, findings.edge)),
    ...judgeLogGroups(findings, names, stageName),
    judgeConcurrency(findings.concurrency, names),
    judgeRights(findings.denied),
    ...findings.certificates.map(([wanted, found]) => judgeCertificate(wanted, found)),
    ...findings.secrets.map(([id, state]) => judgeSecret(id, state, names, stageName)),
    ...findings.keys.map(([key, state]) => judgeKey(key, state)),
    judgeAlarms(findings.activeAlarms),
  ]
  return {
    problems: judged.flatMap(({ problem }) => problem ?? []),
    unchecked: judged.flatMap(({ unchecked }) => unchecked ?? []),
  }
}

/** Log groups of a stack that exists are its own. */
function judgeLogGroups(
  { logGroups, stackStatus }: Findings,
  { region }: DeployNames,
  stageName: string,
): readonly Judged[] {
  if (!stackStatus.ok) return []
  if (stackStatus.value !== undefined) return []
  if (!logGroups.ok) return [skip('whether log groups were left from before', logGroups.error)]
  return logGroups.value.map((name) =>
    stop(
      `the log group ${name} is left from an earlier stack of ${stageName}`,
      `Save what you need of it, then run aws logs delete-log-group --region ${region} --log-group-name ${name}.`,
    ),
  )
}

function judgeConcurrency(found: Findings['concurrency'], { reserved }: DeployNames): Judged {
  if (!found.ok) return skip('the concurrency that is left', found.error)
  const { unreserved, ours } = found.value
  const missing = reserved + alwaysUnreserved - unreserved - ours
  if (missing <= 0) return well
  return stop(
    `the stage reserves ${reserved} sandboxes, and the Region has ${Math.max(0, unreserved + ours - alwaysUnreserved)} left to reserve`,
    `Request ${missing} more "Concurrent executions" of Lambda in Service Quotas, or lower reservedConcurrency of the stage.`,
  )
}

function judgeRights(denied: Findings['denied']): Judged {
  if (!denied.ok) return skip('the rights of these credentials', denied.error)
  if (denied.value.length === 0) return well
  return stop(
    `these credentials may not ${denied.value.join(', ')}`,
    'Use credentials that may, or let somebody add these actions. If a condition allows them after all, add --skip-checks.',
  )
}

const secretTexts: Readonly<Record<Exclude<SecretState, 'filled'>, string>> = {
  absent: 'does not exist',
  empty: 'has no value',
  deleted: 'is scheduled for deletion',
}

function judgeSecret(
  id: string,
  state: Looked<SecretState>,
  { replica, region }: DeployNames,
  stageName: string,
): Judged {
  if (!state.ok) return skip(`the secret ${id}`, state.error)
  if (state.value === 'filled') return well
  return stop(
    `the secret ${id} ${secretTexts[state.value]}`,
    state.value === 'deleted'
      ? `Run ${toRestoreCommand(id, region)}.`
      : replica === undefined
        ? `Run npm run secret -- import --stage ${stageName}, with --client and its name, or --cookie-key.`
        : `Run ${toReplicateCommand(id, replica.from, region)}: it copies the secret of the stage ${replica.of}.`,
  )
}

/** CodeDeploy stops at once where one of them is active, although it may be what the deployment repairs. */
function judgeAlarms(active: Findings['activeAlarms']): Judged {
  if (!active.ok) return skip('the alarms that take a gradual deployment back', active.error)
  if (active.value.length === 0) return well
  return stop(
    `a gradual deployment would be taken back at once, because of active alarms: ${active.value.join(', ')}`,
    'Wait until they are over. If this deployment is what repairs it, add --all-at-once.',
  )
}
