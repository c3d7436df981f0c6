import { privateBucket, toTlsOnly } from '../private-bucket.ts'
import type { Resource } from '../resource.ts'

/** The logical id of the bucket, which a deployment fills and empties. */
export const siteBucketId = 'SiteBucket'

/** The logical id of the distribution, which alone reads the bucket. */
export const distributionId = 'SiteDistribution'

/** An earlier version of a page is of use only until somebody has noticed a mistake. */
const noncurrentDays = 30

const files = { 'Fn::Sub': `\${${siteBucketId}.Arn}/*` }

/**
 * Its content is built from the sources, so that the bucket goes with the stack; `tools/deploy` empties it before.
 * Versions are there to see what was published when.
 */
export const bucket: Resource = {
  Type: 'AWS::S3::Bucket',
  DeletionPolicy: 'Delete',
  UpdateReplacePolicy: 'Delete',
  Properties: {
    ...privateBucket,
    VersioningConfiguration: { Status: 'Enabled' },
    LifecycleConfiguration: {
      Rules: [
        {
          Id: 'earlier-versions',
          Status: 'Enabled',
          NoncurrentVersionExpiration: { NoncurrentDays: noncurrentDays },
          ExpiredObjectDeleteMarker: true,
        },
      ],
    },
  },
}

/** Only this distribution reads files, and it may not list them: what is missing is refused, not shown. */
export const bucketPolicy: Resource = {
  Type: 'AWS::S3::BucketPolicy',
  Properties: {
    Bucket: { Ref: siteBucketId },
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Action: 's3:GetObject',
          Resource: files,
          Condition: {
            StringEquals: {
              'aws:SourceArn': {
                'Fn::Sub': `arn:\${AWS::Partition}:cloudfront::\${AWS::AccountId}:distribution/\${${distributionId}}`,
              },
            },
          },
        },
        toTlsOnly(siteBucketId),
      ],
    },
  },
}
