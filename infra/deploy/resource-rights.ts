import type { TemplateResource } from '../account/organisation.ts'
import {
  aFunction,
  alarm,
  anAlias,
  anything,
  application,
  bucket,
  canary,
  canaryFunction,
  canaryLayer,
  dashboard,
  deploymentConfig,
  deploymentGroup,
  distribution,
  edgeFunction,
  logGroup,
  ofApi,
  ofRoute53,
  type Place,
  role,
  rotateFunction,
  rule,
  type Sample,
  secret,
  table,
  topic,
  webAcl,
  zone,
} from './resource-arns.ts'
import { type Right, toRight } from './right.ts'

/** Actions on one resource; those with a property are needed where a resource has it. */
export type Need = readonly [on: Sample, actions: string, property?: string]

const [logs, cloudFront] = [anything('logs'), anything('cloudfront')]

/** What API Gateway does in the name of whoever deploys, so that an access log is delivered. */
const logDelivery: readonly Need[] = [
  'CreateLogDelivery GetLogDelivery UpdateLogDelivery DeleteLogDelivery ListLogDeliveries',
  'PutResourcePolicy DescribeResourcePolicies DescribeLogGroups',
].map((actions) => [logs, actions, 'AccessLogSettings'])

/**
 * What it takes to make and to change resources of each type: the permissions of CloudFormation's handlers, as far as
 * the templates use them. A test asks for a row for every type. Rights on KMS keys are not here, because a key policy can
 * give them, too, and none for tags of an API.
 *
 * @see https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
 */
export const needsOfTypes: Readonly<Record<string, readonly Need[]>> = {
  'AWS::ApiGatewayV2::Api': [
    [ofApi('/apis'), 'POST'],
    [ofApi('/apis/1'), 'GET'],
  ],
  'AWS::ApiGatewayV2::ApiMapping': [[ofApi('/domainnames/1/apimappings'), 'POST']],
  'AWS::ApiGatewayV2::DomainName': [
    [ofApi('/domainnames'), 'POST'],
    [ofApi('/domainnames/1'), 'GET'],
  ],
  'AWS::ApiGatewayV2::Integration': [[ofApi('/apis/1/integrations'), 'POST']],
  'AWS::ApiGatewayV2::Route': [[ofApi('/apis/1/routes'), 'POST']],
  'AWS::ApiGatewayV2::Stage': [[ofApi('/apis/1/stages'), 'POST'], ...logDelivery],
  'AWS::CloudFront::Distribution': [
    [cloudFront, 'CreateDistribution'],
    [distribution, 'GetDistribution GetDistributionConfig UpdateDistribution'],
    [distribution, 'TagResource', 'Tags'],
  ],
  'AWS::CloudFront::Function': [
    [cloudFront, 'CreateFunction'],
    [edgeFunction, 'DescribeFunction PublishFunction UpdateFunction'],
    [edgeFunction, 'TagResource', 'Tags'],
  ],
  'AWS::CloudFront::OriginAccessControl': [[cloudFront, 'CreateOriginAccessControl']],
  'AWS::CloudFront::ResponseHeadersPolicy': [[cloudFront, 'CreateResponseHeadersPolicy']],
  'AWS::CloudWatch::Alarm': [
    [alarm, 'PutMetricAlarm DescribeAlarms'],
    [alarm, 'TagResource', 'Tags'],
  ],
  'AWS::CloudWatch::CompositeAlarm': [
    [alarm, 'PutCompositeAlarm DescribeAlarms'],
    [alarm, 'TagResource', 'Tags'],
  ],
  'AWS::CloudWatch::Dashboard': [
    [dashboard, 'PutDashboard GetDashboard'],
    [dashboard, 'TagResource', 'Tags'],
  ],
  'AWS::CodeDeploy::Application': [
    [application, 'CreateApplication RegisterApplicationRevision GetApplicationRevision'],
    [application, 'TagResource', 'Tags'],
  ],
  'AWS::CodeDeploy::DeploymentGroup': [
    [deploymentGroup, 'CreateDeploymentGroup GetDeploymentGroup CreateDeployment GetDeployment'],
    [deploymentConfig, 'GetDeploymentConfig'],
    [deploymentGroup, 'TagResource', 'Tags'],
  ],
  'AWS::DynamoDB::Table': [
    [table, 'CreateTable DescribeTable'],
    [table, 'UpdateTimeToLive DescribeTimeToLive', 'TimeToLiveSpecification'],
    [table, 'TagResource', 'Tags'],
  ],
  'AWS::Events::Rule': [
    [rule, 'PutRule DescribeRule'],
    [rule, 'PutTargets', 'Targets'],
    [rule, 'TagResource', 'Tags'],
  ],
  'AWS::IAM::Role': [
    [role, 'CreateRole GetRole PassRole'],
    [role, 'PutRolePolicy GetRolePolicy', 'Policies'],
    [role, 'AttachRolePolicy', 'ManagedPolicyArns'],
    [role, 'TagRole', 'Tags'],
  ],
  'AWS::Lambda::Alias': [
    [aFunction, 'CreateAlias UpdateAlias'],
    [
      anAlias,
      'PutProvisionedConcurrencyConfig GetProvisionedConcurrencyConfig',
      'ProvisionedConcurrencyConfig',
    ],
  ],
  'AWS::Lambda::EventInvokeConfig': [[aFunction, 'PutFunctionEventInvokeConfig']],
  'AWS::Lambda::Function': [
    [aFunction, 'CreateFunction GetFunction UpdateFunctionCode UpdateFunctionConfiguration'],
    [aFunction, 'PutFunctionConcurrency', 'ReservedConcurrentExecutions'],
    [aFunction, 'TagResource', 'Tags'],
  ],
  'AWS::Lambda::Permission': [[aFunction, 'AddPermission']],
  'AWS::Lambda::Version': [
    [aFunction, 'PublishVersion GetFunctionConfiguration ListVersionsByFunction'],
  ],
  'AWS::Logs::LogGroup': [
    [logs, 'DescribeLogGroups'],
    [logGroup, 'CreateLogGroup'],
    [logGroup, 'PutRetentionPolicy', 'RetentionInDays'],
    [logGroup, 'TagResource', 'Tags'],
  ],
  'AWS::Logs::QueryDefinition': [[logs, 'PutQueryDefinition']],
  'AWS::Route53::HealthCheck': [
    [anything('route53'), 'CreateHealthCheck'],
    [ofRoute53(() => 'healthcheck/1'), 'ChangeTagsForResource', 'HealthCheckTags'],
  ],
  'AWS::Route53::RecordSet': [
    [zone, 'ChangeResourceRecordSets ListResourceRecordSets GetHostedZone'],
    [ofRoute53(() => 'change/1'), 'GetChange'],
  ],
  'AWS::S3::Bucket': [
    [bucket, 'CreateBucket ListBucket'],
    [bucket, 'PutEncryptionConfiguration', 'BucketEncryption'],
    [bucket, 'PutBucketPublicAccessBlock', 'PublicAccessBlockConfiguration'],
    [bucket, 'PutBucketOwnershipControls', 'OwnershipControls'],
    [bucket, 'PutBucketVersioning', 'VersioningConfiguration'],
    [bucket, 'PutLifecycleConfiguration', 'LifecycleConfiguration'],
    [bucket, 'PutBucketTagging', 'Tags'],
  ],
  'AWS::S3::BucketPolicy': [[bucket, 'PutBucketPolicy GetBucketPolicy']],
  'AWS::SNS::Subscription': [[topic, 'Subscribe']],
  'AWS::SNS::Topic': [
    [topic, 'CreateTopic GetTopicAttributes'],
    [topic, 'TagResource', 'Tags'],
  ],
  'AWS::SNS::TopicPolicy': [[topic, 'SetTopicAttributes']],
  'AWS::SecretsManager::ResourcePolicy': [[secret, 'PutResourcePolicy GetResourcePolicy']],
  'AWS::SecretsManager::RotationSchedule': [
    [secret, 'RotateSecret DescribeSecret'],
    // Secrets Manager tries the function in the name of whoever makes the schedule.
    [rotateFunction, 'InvokeFunction'],
  ],
  'AWS::Synthetics::Canary': [
    [anything('synthetics'), 'CreateCanary'],
    [canary, 'GetCanary StartCanary UpdateCanary'],
    [canary, 'TagResource', 'Tags'],
    [canaryFunction, 'CreateFunction AddPermission PublishVersion GetFunctionConfiguration'],
    [canaryFunction, 'UpdateFunctionCode UpdateFunctionConfiguration'],
    [canaryLayer, 'PublishLayerVersion'],
    [bucket, 'GetBucketLocation'],
  ],
  'AWS::WAFv2::WebACL': [
    [webAcl, 'CreateWebACL GetWebACL UpdateWebACL ListTagsForResource'],
    [webAcl, 'TagResource', 'Tags'],
  ],
}

/** Lists the rights that the resources of a template need. */
export function listResourceRights(
  resources: Readonly<Record<string, TemplateResource>>,
  at: Place,
): readonly Right[] {
  return Object.values(resources).flatMap(({ Type, Properties = {} }) =>
    (needsOfTypes[Type] ?? [])
      .filter(([, , property]) => property === undefined || property in Properties)
      .map(([{ service, toArn }, actions]) =>
        toRight(toArn(at, Properties), service, actions.split(' ')),
      ),
  )
}
