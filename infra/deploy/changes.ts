import { distributionId, siteBucketId } from '../site/bucket.ts'

/** One entry of a CloudFormation change set, as far as the operator has to know it. */
export interface StackChange {
  readonly action: string
  readonly type: string
  readonly logicalId: string
  /** `True`, `False` or `Conditional`; only of resources that are modified. */
  readonly replacement?: string | undefined
  /** What CloudFormation does with the old resource, if not to delete it. */
  readonly policyAction?: string | undefined
}

/** A change set in plain words. */
export interface ChangeSummary {
  readonly lines: readonly string[]
  /** What is lost by it, one line for each stateful resource. */
  readonly losses: readonly string[]
}

/** What goes with a resource that is deleted or replaced, by its type. */
const stateful: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::Api': 'its address, which every front end calls',
  'AWS::ApiGatewayV2::DomainName': 'the target to which the record of its name leads',
  'AWS::CloudFront::Distribution': 'its address, which every front end calls',
  'AWS::DynamoDB::Table': 'everything that it remembers',
  'AWS::Logs::LogGroup': 'its logs',
  'AWS::S3::Bucket': 'the packages for a rollback, or the reports of the canary',
  'AWS::SNS::Topic': 'the subscriptions that you added',
}

/** What goes with the resources of the site, by their logical ids: the files of the bucket are built again. */
const ofSite: Readonly<Record<string, string | undefined>> = {
  [siteBucketId]: undefined,
  [distributionId]: 'the address of the site, which alarms and answers link to',
}

const words: Readonly<Record<string, readonly [one: string, many: string]>> = {
  'AWS::ApiGatewayV2::Api': ['HTTP API', 'HTTP APIs'],
  'AWS::ApiGatewayV2::ApiMapping': ['mapping of a domain name', 'mappings of domain names'],
  'AWS::ApiGatewayV2::DomainName': ['custom domain name', 'custom domain names'],
  'AWS::ApiGatewayV2::Integration': ['integration', 'integrations'],
  'AWS::ApiGatewayV2::Route': ['route', 'routes'],
  'AWS::ApiGatewayV2::Stage': ['stage', 'stages'],
  'AWS::CloudFront::Distribution': ['distribution', 'distributions'],
  'AWS::CloudFront::Function': ['function at the edge', 'functions at the edge'],
  'AWS::CloudFront::OriginAccessControl': ['origin access control', 'origin access controls'],
  'AWS::CloudFront::ResponseHeadersPolicy': ['policy of headers', 'policies of headers'],
  'AWS::CloudWatch::Alarm': ['alarm', 'alarms'],
  'AWS::CloudWatch::CompositeAlarm': ['composite alarm', 'composite alarms'],
  'AWS::CloudWatch::Dashboard': ['dashboard', 'dashboards'],
  'AWS::CodeDeploy::Application': ['CodeDeploy application', 'CodeDeploy applications'],
  'AWS::CodeDeploy::DeploymentGroup': ['deployment group', 'deployment groups'],
  'AWS::DynamoDB::Table': ['table', 'tables'],
  'AWS::Events::Rule': ['schedule', 'schedules'],
  'AWS::IAM::Role': ['role', 'roles'],
  'AWS::Lambda::Alias': ['alias', 'aliases'],
  'AWS::Lambda::EventInvokeConfig': ['retry limit', 'retry limits'],
  'AWS::Lambda::Function': ['function', 'functions'],
  'AWS::Lambda::Permission': ['permission to invoke', 'permissions to invoke'],
  'AWS::Lambda::Version': ['version', 'versions'],
  'AWS::Logs::LogGroup': ['log group', 'log groups'],
  'AWS::Logs::QueryDefinition': ['saved query', 'saved queries'],
  'AWS::Route53::HealthCheck': ['health check', 'health checks'],
  'AWS::Route53::RecordSet': ['DNS record', 'DNS records'],
  'AWS::S3::Bucket': ['bucket', 'buckets'],
  'AWS::S3::BucketPolicy': ['bucket policy', 'bucket policies'],
  'AWS::SNS::Subscription': ['subscription', 'subscriptions'],
  'AWS::SNS::Topic': ['topic', 'topics'],
  'AWS::SNS::TopicPolicy': ['topic policy', 'topic policies'],
  'AWS::SecretsManager::ResourcePolicy': ['secret policy', 'secret policies'],
  'AWS::WAFv2::WebACL': ['web ACL', 'web ACLs'],
  'AWS::Synthetics::Canary': ['canary', 'canaries'],
  'AWS::SecretsManager::RotationSchedule': ['rotation schedule', 'rotation schedules'],
}

type Fate = 'created' | 'changed' | 'replaced' | 'perhaps replaced' | 'deleted' | 'left behind'
const fates: readonly Fate[] = [
  ...(['created', 'changed', 'replaced', 'perhaps replaced', 'deleted', 'left behind'] as const),
]
const losing: ReadonlySet<Fate> = new Set(['replaced', 'perhaps replaced', 'deleted'])

/** Says what a change set does: counts by kind, and each stateful resource that it replaces or deletes. */
export function summarizeChanges(changes: readonly StackChange[]): ChangeSummary {
  const withFates = changes.map((change) => ({ ...change, fate: toFate(change) }))
  const lines = fates.flatMap((fate) => {
    const ofFate = withFates.filter((change) => change.fate === fate)
    return ofFate.length === 0 ? [] : [`${fate}: ${countKinds(ofFate)}`]
  })
  const losses = withFates.flatMap(({ type, logicalId, fate }) => {
    const lost = logicalId in ofSite ? ofSite[logicalId] : stateful[type]
    if (lost === undefined || !losing.has(fate)) return []
    return [`the ${toWord(type, 1)} ${logicalId} is ${fate}: lost is ${lost}`]
  })
  return { lines: lines.length === 0 ? ['nothing changes'] : lines, losses }
}

/** An action that this code does not know may delete something. */
function toFate({ action, replacement, policyAction }: StackChange): Fate {
  if (action === 'Add' || action === 'Import') return 'created'
  if (policyAction === 'Retain') return 'left behind'
  if (action !== 'Modify') return 'deleted'
  if (replacement === 'True') return 'replaced'
  return replacement === 'Conditional' ? 'perhaps replaced' : 'changed'
}

function countKinds(changes: readonly StackChange[]): string {
  const counts = new Map<string, number>()
  for (const { type } of changes) counts.set(type, (counts.get(type) ?? 0) + 1)
  return [...counts]
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([type, count]) => `${count} ${toWord(type, count)}`)
    .join(', ')
}

/** Names a type of resource in words. */
export function toWord(type: string, count: number): string {
  const [one, many] = words[type] ?? [type, type]
  return count === 1 ? one : many
}
