import { canaryVariables } from '../../core/smoke/canary.ts'
import { toSmokeClient } from '../../core/smoke/target.ts'
import { toFrontAddress } from '../domain/address.ts'
import { httpApiId } from '../logical-ids.ts'
import { toStackName } from '../physical-names.ts'
import { privateBucket, toTlsOnly } from '../private-bucket.ts'
import type { Resource } from '../resource.ts'
import { allow, toServiceRole } from '../service-role.ts'
import type { Stage } from '../stage.ts'

/** The logical id of the canary. */
export const canaryId = 'SmokeCanary'

const bucketId = 'CanaryRuns'
const roleId = 'CanaryRole'

/**
 * The newest runtime of Synthetics whose scripts are documented to be plain functions, at the time of this release. AWS
 * publishes new ones every few months; an old one keeps running, but cannot be changed any more.
 */
const canaryRuntime = 'syn-nodejs-puppeteer-15.0'

/** How long the reports of the runs are kept. */
const keptDays = 31
/** How much of the canary's name is in that of its function, which has an id after it. */
const functionNameLength = 21
/** The least that Synthetics takes. */
const memoryMb = 960
/** About fifteen requests, each of which may take as long as the functions themselves. */
const timeoutSeconds = 120

/**
 * Makes a canary that runs the smoke test on a schedule, with a role that can do nothing but report, and a bucket for
 * its reports. None where the stage does not ask for it.
 */
export function toCanaryResources(stage: Stage): Readonly<Record<string, Resource>> {
  if (stage.canaryEveryMinutes === 0) return {}
  return {
    [canaryId]: toCanary(stage),
    [roleId]: toCanaryRole(toCanaryName(stage)),
    [bucketId]: bucket,
    [`${bucketId}Policy`]: bucketPolicy,
  }
}

function toCanaryName({ name }: Stage): string {
  return `${toStackName(name)}-smoke`
}

function toCanary(stage: Stage): Resource {
  const { canaryEveryMinutes: minutes, canaryScript = '' } = stage
  // The functions have the same limit, and their settings say more of each client.
  const clients = [...stage.settings.clients.values()]
  return {
    Type: 'AWS::Synthetics::Canary',
    Properties: {
      Name: toCanaryName(stage),
      RuntimeVersion: canaryRuntime,
      // What is given as a text becomes the file index.js.
      Code: { Handler: 'index.handler', Script: canaryScript },
      ExecutionRoleArn: { 'Fn::GetAtt': [roleId, 'Arn'] },
      ArtifactS3Location: { 'Fn::Sub': `s3://\${${bucketId}}/smoke` },
      Schedule: { Expression: minutes === 1 ? 'rate(1 minute)' : `rate(${minutes} minutes)` },
      RunConfig: {
        TimeoutInSeconds: Math.min(timeoutSeconds, minutes * 60),
        MemoryInMB: memoryMb,
        EnvironmentVariables: {
          [canaryVariables.url]: toAddress(stage),
          [canaryVariables.clients]: JSON.stringify(clients.map(toSmokeClient)),
        },
      },
      SuccessRetentionPeriod: keptDays,
      FailureRetentionPeriod: keptDays,
      StartCanaryAfterCreation: true,
      ProvisionedResourceCleanup: 'AUTOMATIC',
    },
  }
}

/** What front ends call; in a second Region its own address, because the shared one leads to the other. */
function toAddress(stage: Stage): unknown {
  const shared = toFrontAddress(stage)
  const isOwnHidden = stage.disableExecuteApiEndpoint
  if (shared !== undefined && (stage.replicaOf === undefined || isOwnHidden)) return shared
  return { 'Fn::Sub': `https://\${${httpApiId}}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}` }
}

const bucketArn = { 'Fn::GetAtt': [bucketId, 'Arn'] }

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_CanaryPermissions.html */
function toCanaryRole(canaryName: string): Resource {
  // Synthetics names the function after the beginning of a longer name.
  const logGroup = `log-group:/aws/lambda/cwsyn-${canaryName.slice(0, functionNameLength)}*`
  return toServiceRole('lambda.amazonaws.com', [
    allow(['s3:PutObject', 's3:GetObject'], [{ 'Fn::Sub': `\${${bucketId}.Arn}/smoke/*` }]),
    allow(['s3:GetBucketLocation'], [bucketArn]),
    // Synthetics looks for its bucket among all, and IAM knows no resource for that.
    allow(['s3:ListAllMyBuckets'], ['*']),
    allow(
      ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      [{ 'Fn::Sub': `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:${logGroup}` }],
    ),
    {
      ...allow(['cloudwatch:PutMetricData'], ['*']),
      Condition: { StringEquals: { 'cloudwatch:namespace': 'CloudWatchSynthetics' } },
    },
  ])
}

/** A bucket with something in it cannot be deleted, so it stays behind a stack, and empties itself. */
const bucket: Resource = {
  Type: 'AWS::S3::Bucket',
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
  Properties: {
    ...privateBucket,
    LifecycleConfiguration: {
      Rules: [
        {
          Status: 'Enabled',
          ExpirationInDays: keptDays,
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        },
      ],
    },
  },
}

const bucketPolicy: Resource = {
  Type: 'AWS::S3::BucketPolicy',
  Properties: {
    Bucket: { Ref: bucketId },
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [toTlsOnly(bucketId)],
    },
  },
}
