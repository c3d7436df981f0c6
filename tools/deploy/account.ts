import { ACMClient, DescribeCertificateCommand } from '@aws-sdk/client-acm'
import type { Stack } from '@aws-sdk/client-cloudformation'
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  type EvaluationResult,
  GetRoleCommand,
  IAMClient,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam'
import { DescribeKeyCommand, GetKeyPolicyCommand, KMSClient } from '@aws-sdk/client-kms'
import {
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda'
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import type { FoundCertificate, WantedCertificate } from '../../infra/deploy/certificates.ts'
import type { FoundEdge } from '../../infra/deploy/edge.ts'
import type { Looked } from '../../infra/deploy/judged.ts'
import type { KeyState } from '../../infra/deploy/keys.ts'
import type { DeployNames } from '../../infra/deploy/names.ts'
import type { Findings, SecretState } from '../../infra/deploy/readiness.ts'
import { listRights } from '../../infra/deploy/rights.ts'
import { digestsParameter } from '../../infra/edge/digests.ts'
import type { Stage } from '../../infra/stage.ts'
import { askEdge } from './edge.ts'
import { look, orAbsent, toClientSettings } from './look.ts'
import { askStack, toOutputs } from './stack.ts'

/** Who deploys, as STS says. */
export interface Identity {
  readonly arn: string
  readonly account: string
}

/** Asks whose credentials these are; no other answer counts before this one. */
export function askIdentity(region: string): Promise<Looked<Identity>> {
  const sts = new STSClient(toClientSettings(region))
  return look(async () => {
    const { Arn = '', Account = '' } = await sts.send(new GetCallerIdentityCommand({}))
    return { arn: Arn, account: Account }
  })
}

/** Reads from the account what may stop a deployment. It changes nothing. */
export async function askFindings(
  names: DeployNames,
  stage: Stage,
  identity: Identity,
): Promise<Findings> {
  const settings = toClientSettings(stage.region)
  const secretsManager = new SecretsManagerClient(settings)
  const certificates = Promise.all(
    names.certificates.map(async (one) => [one, await look(() => askCertificate(one))] as const),
  )
  const kms = new KMSClient(settings)
  const keys = Promise.all(
    names.keys.map(async (key) => [key, await look(() => askKey(kms, key.arn))] as const),
  )
  const activeAlarms = look(() => askActive(new CloudWatchClient(settings), names))
  const [concurrency, denied, stack, logGroups, ...secrets] = await Promise.all([
    look(() => askConcurrency(new LambdaClient(settings), names)),
    look(() => askDenied(new IAMClient(settings), { names, stage, identity })),
    look(() => askStack(stage.region, names.stack)),
    look(() => askLogGroups(new CloudWatchLogsClient(settings), names)),
    ...names.secretIds.map(
      async (id) => [id, await look(() => askSecret(secretsManager, id))] as const,
    ),
  ])
  return {
    stackStatus: stack.ok ? { ok: true, value: stack.value?.StackStatus } : stack,
    ...{ concurrency, denied, logGroups, secrets, keys: await keys },
    ...{ certificates: await certificates, activeAlarms: await activeAlarms },
    edge: await askEdgeBefore(names, stack),
  }
}

/** An API without the parameter of the key serves whoever comes directly. */
async function askEdgeBefore(
  { edge }: DeployNames,
  stack: Looked<Stack | undefined>,
): Promise<FoundEdge> {
  const own = stack.ok ? stack.value : undefined
  const isKeyed = (own?.Parameters ?? []).some((one) => one.ParameterKey === digestsParameter)
  // A first deployment that failed may have left the stack without an API.
  const servesDirectly = toOutputs(own).has('HttpApiUrl') && !isKeyed
  if (edge === undefined) return { edge: { ok: true, value: undefined }, servesDirectly }
  return { edge: await look(() => askEdge(edge.stack)), servesDirectly }
}

async function askConcurrency(lambda: LambdaClient, { functions }: DeployNames) {
  const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}))
  const own = await Promise.all(functions.map((name) => askReserved(lambda, name)))
  return {
    unreserved: AccountLimit?.UnreservedConcurrentExecutions ?? 0,
    ours: own.reduce((sum, one) => sum + one, 0),
  }
}

function askReserved(lambda: LambdaClient, name: string): Promise<number> {
  const ask = async () => {
    const found = await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: name }))
    return found.ReservedConcurrentExecutions ?? 0
  }
  return orAbsent(ask, ['ResourceNotFoundException'], 0)
}

interface RightsOrder {
  readonly names: DeployNames
  readonly stage: Stage
  readonly identity: Identity
}

/** The root user has every right, and IAM simulates none of it. */
async function askDenied(iam: IAMClient, order: RightsOrder): Promise<readonly string[]> {
  const { names, stage, identity } = order
  if (identity.arn.endsWith(':root')) return []
  const principal = await askPrincipal(iam, identity.arn)
  const [, partition = 'aws'] = identity.arn.split(':')
  const rights = listRights(names, stage, { account: identity.account, partition })
  const denied = new Set<string>()
  // One after the other: IAM throttles who asks for everything at once.
  for (const { actions, resource } of rights) {
    const { EvaluationResults = [] } = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: principal,
        ActionNames: [...actions],
        ResourceArns: [resource],
      }),
    )
    for (const one of EvaluationResults.filter(isDenied)) denied.add(one.EvalActionName ?? '')
  }
  return [...denied]
}

/** A policy with conditions is undecided where the simulation lacks their values. */
function isDenied({ EvalDecision, MissingContextValues = [] }: EvaluationResult): boolean {
  if (EvalDecision === 'allowed') return false
  return EvalDecision === 'explicitDeny' || MissingContextValues.length === 0
}

/** IAM simulates users and roles: a session stands for its role, whose path only IAM knows. */
async function askPrincipal(iam: IAMClient, arn: string): Promise<string> {
  const [, roleName] = /:assumed-role\/([^/]+)\//.exec(arn) ?? []
  if (roleName === undefined) return arn
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: roleName }))
  return Role?.Arn ?? arn
}

async function askLogGroups(logs: CloudWatchLogsClient, { logGroups }: DeployNames) {
  const found = await Promise.all(
    logGroups.map(async (name) => {
      const answer = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }))
      return (answer.logGroups ?? []).some(({ logGroupName }) => logGroupName === name)
    }),
  )
  return logGroups.filter((_, index) => found[index])
}

function askCertificate({ arn, region }: WantedCertificate): Promise<FoundCertificate> {
  const acm = new ACMClient(toClientSettings(region))
  const ask = async () => {
    const answer = await acm.send(new DescribeCertificateCommand({ CertificateArn: arn }))
    const { Status = '', DomainName, SubjectAlternativeNames = [] } = answer.Certificate ?? {}
    return { status: Status, names: [...new Set([DomainName ?? '', ...SubjectAlternativeNames])] }
  }
  return orAbsent(ask, ['ResourceNotFoundException'], undefined)
}

async function askSecret(secretsManager: SecretsManagerClient, id: string): Promise<SecretState> {
  const ask = async (): Promise<SecretState> => {
    const found = await secretsManager.send(new DescribeSecretCommand({ SecretId: id }))
    if (found.DeletedDate !== undefined) return 'deleted'
    const labels = Object.values(found.VersionIdsToStages ?? {}).flat()
    return labels.includes('AWSCURRENT') ? 'filled' : 'empty'
  }
  return orAbsent(ask, ['ResourceNotFoundException'], 'absent')
}

/** Whoever may not read the policy of a key may still use the key. */
async function askKey(kms: KMSClient, arn: string): Promise<KeyState | undefined> {
  const ask = async (): Promise<KeyState> => {
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: arn }))
    const policy = await look(async () => {
      const found = await kms.send(new GetKeyPolicyCommand({ KeyId: arn }))
      return found.Policy ?? ''
    })
    return { state: KeyMetadata?.KeyState ?? 'unknown', policy }
  }
  return orAbsent(ask, ['NotFoundException'], undefined)
}

async function askActive(cloudWatch: CloudWatchClient, { stoppingAlarms }: DeployNames) {
  if (stoppingAlarms.length === 0) return []
  const found = await cloudWatch.send(
    new DescribeAlarmsCommand({ AlarmNames: [...stoppingAlarms], StateValue: 'ALARM' }),
  )
  return (found.MetricAlarms ?? []).flatMap(({ AlarmName }) => AlarmName ?? [])
}
