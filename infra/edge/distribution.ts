import { edgeKeyHeader } from '../../core/edge-key.ts'
import { integrationTimeoutSeconds } from '../../core/http-api.ts'
import type { Resource } from '../resource.ts'
import type { Stage } from '../stage.ts'

/** Policies that AWS keeps, the same in every account. */
const managedPolicies = {
  cachingDisabled: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
  allViewerExceptHostHeader: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
} as const
const originId = 'api'

/**
 * Without a time of its own, CloudFront keeps an error for 10 seconds and answers others with it, whatever
 * `Cache-Control` and the cache policy say. These are all errors for which it takes a time.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html
 */
const keptErrors = [400, 403, 404, 405, 414, 500, 501, 502, 503, 504]

/**
 * Makes the distribution. It caches nothing, passes every header on but `Host`, and adds the edge key in place of
 * whatever a caller sends under that name. It writes no log: addresses of sign-ins contain what must not be kept.
 */
export function toDistribution(stage: Stage, webAclId: string, comment: string): Resource {
  const { edgeDomainName, edgeCertificate, edgePriceClass, edgeHttp } = stage
  return {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Comment: comment,
        Enabled: true,
        HttpVersion: 'http2and3',
        IPV6Enabled: true,
        PriceClass: edgePriceClass,
        Aliases: [edgeDomainName],
        ViewerCertificate: {
          AcmCertificateArn: edgeCertificate,
          SslSupportMethod: 'sni-only',
          MinimumProtocolVersion: 'TLSv1.2_2021',
        },
        WebACLId: { 'Fn::GetAtt': [webAclId, 'Arn'] },
        Origins: [toOrigin(stage)],
        CustomErrorResponses: keptErrors.map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })),
        DefaultCacheBehavior: {
          TargetOriginId: originId,
          ViewerProtocolPolicy: edgeHttp === 'redirect' ? 'redirect-to-https' : 'https-only',
          AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
          CachedMethods: ['GET', 'HEAD'],
          CachePolicyId: managedPolicies.cachingDisabled,
          OriginRequestPolicyId: managedPolicies.allViewerExceptHostHeader,
          // Answers that contain tokens are never compressed together with what a caller chose.
          Compress: false,
        },
      },
    },
  }
}

/** The HTTP API by its custom domain name. CloudFront repeats no POST that may have arrived. */
function toOrigin({ domainBasePath }: Stage) {
  return {
    Id: originId,
    DomainName: { Ref: 'OriginHost' },
    ...(domainBasePath === undefined ? {} : { OriginPath: `/${domainBasePath}` }),
    ConnectionAttempts: 2,
    ConnectionTimeout: 5,
    CustomOriginConfig: {
      OriginProtocolPolicy: 'https-only',
      OriginSSLProtocols: ['TLSv1.2'],
      HTTPSPort: 443,
      // The HTTP API itself answers within this time.
      OriginReadTimeout: integrationTimeoutSeconds,
      OriginKeepaliveTimeout: 60,
    },
    OriginCustomHeaders: [{ HeaderName: edgeKeyHeader, HeaderValue: { Ref: 'EdgeKey' } }],
  }
}
