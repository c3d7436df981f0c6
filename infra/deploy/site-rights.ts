import { type Caller, type Right, toRight } from './right.ts'

/** Lists the rights that the site needs besides: to make its resources, and to upload its files. */
export function listSiteRights(stack: string, { partition, account }: Caller): readonly Right[] {
  const bucket = `arn:${partition}:s3:::${stack}-sitebucket`
  const toArn = (rest: string) => `arn:${partition}:cloudfront::${account}:${rest}`
  return [
    toRight(bucket, 's3', [
      ...['CreateBucket', 'PutBucketPolicy', 'PutEncryptionConfiguration', 'ListBucket'],
      ...['PutBucketPublicAccessBlock', 'PutBucketOwnershipControls', 'PutBucketVersioning'],
      ...['PutLifecycleConfiguration', 'ListBucketVersions'],
    ]),
    toRight(`${bucket}/index.html`, 's3', ['PutObject', 'DeleteObject', 'DeleteObjectVersion']),
    toRight(toArn('distribution/EXAMPLE'), 'cloudfront', [
      ...['CreateDistribution', 'GetDistribution', 'UpdateDistribution', 'CreateInvalidation'],
    ]),
    toRight(toArn(`function/${stack}-site`), 'cloudfront', [
      ...['CreateFunction', 'DescribeFunction', 'PublishFunction', 'UpdateFunction'],
    ]),
    toRight(toArn('origin-access-control/EXAMPLE'), 'cloudfront', ['CreateOriginAccessControl']),
    toRight(toArn('response-headers-policy/EXAMPLE'), 'cloudfront', [
      'CreateResponseHeadersPolicy',
    ]),
  ]
}
