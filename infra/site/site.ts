import { textSettings } from '../../core/settings/table.ts'
import { siteContentPolicy } from '../../core/site-files.ts'
import { toStackName } from '../physical-names.ts'
import type { Resource } from '../resource.ts'
import type { Stage } from '../stage.ts'
import { bucket, bucketPolicy, distributionId, siteBucketId } from './bucket.ts'
import { handler } from './viewer-request.ts'

const accessControlId = 'SiteAccessControl'
const functionId = 'SiteViewerRequest'
const headersId = 'SiteHeaders'

/** The names of the stack's outputs that a deployment reads. */
export const siteOutputs = {
  bucket: 'SiteBucketName',
  distribution: 'SiteDistributionId',
  url: 'SiteUrl',
} as const

/** AWS's policy for static files: compressed, a day at the edge, without query, cookies and headers. */
const cachingOptimized = '658327ea-f89d-4fab-a63d-88639e58acf6'
const bucketOrigin = 'bucket'
/** A year, as browsers want it to remember that a host is reached by TLS alone. */
const strictTransportSeconds = 31_536_000
/** CloudFront answers from its memory for so long when a page is missing. */
const missingSeconds = 60

/** CloudFront's names are unique in the account, those of stacks only in a Region; 64 characters are allowed. */
function toOwnName(stage: Stage): Name {
  return { 'Fn::Sub': `${toStackName(stage.name)}-\${AWS::Region}-site` }
}

type Name = Readonly<Record<'Fn::Sub', string>>

/**
 * Makes what publishes the site: a private bucket, and CloudFront in front of it with its own certificate, which
 * works from a stack in any Region. Nothing of the proxy depends on it but the addresses of pages.
 */
export function toSiteResources(stage: Stage): Readonly<Record<string, Resource>> {
  if (!stage.site) return {}
  const name = toOwnName(stage)
  return {
    [siteBucketId]: bucket,
    [`${siteBucketId}Policy`]: bucketPolicy,
    [accessControlId]: toAccessControl(name),
    [functionId]: toViewerRequest(name),
    [headersId]: toHeadersPolicy(name),
    [distributionId]: toDistribution(name),
  }
}

/** Makes the outputs that say where the site is, and where its files belong. */
export function toSiteOutputs(stage: Stage): Readonly<Record<string, object>> {
  if (!stage.site) return {}
  return {
    [siteOutputs.bucket]: { Value: { Ref: siteBucketId } },
    [siteOutputs.distribution]: { Value: { Ref: distributionId } },
    [siteOutputs.url]: { Value: { 'Fn::Sub': siteUrl } },
  }
}

const siteUrl = `https://\${${distributionId}.DomainName}`

/**
 * Gives the address of the runbook: that of the settings, or else that of the stack's own site, with a name in it
 * that CloudFormation fills in; empty where there is none.
 */
export function toRunbookUrl(stage: Stage): string {
  const { runbookUrl } = stage.settings
  return runbookUrl === '' && stage.site ? `${siteUrl}/runbook` : runbookUrl
}

/** Gives the functions the address of the stack's own site, which is known only after its creation. */
export function toRunbookVariable(stage: Stage): Readonly<Record<string, object>> {
  if (stage.settings.runbookUrl !== '' || !stage.site) return {}
  return { [textSettings.runbookUrl.variable]: { 'Fn::Sub': toRunbookUrl(stage) } }
}

function toAccessControl(name: Name): Resource {
  return {
    Type: 'AWS::CloudFront::OriginAccessControl',
    Properties: {
      OriginAccessControlConfig: {
        Name: name,
        OriginAccessControlOriginType: 's3',
        SigningBehavior: 'always',
        SigningProtocol: 'sigv4',
      },
    },
  }
}

function toViewerRequest(name: Name): Resource {
  return {
    Type: 'AWS::CloudFront::Function',
    Properties: {
      Name: name,
      AutoPublish: true,
      FunctionCode: handler.toString(),
      FunctionConfig: {
        Comment: 'Finds the file of an address.',
        Runtime: 'cloudfront-js-2.0',
      },
    },
  }
}

function toHeadersPolicy(name: Name): Resource {
  return {
    Type: 'AWS::CloudFront::ResponseHeadersPolicy',
    Properties: {
      ResponseHeadersPolicyConfig: {
        Name: name,
        SecurityHeadersConfig: {
          ContentSecurityPolicy: { ContentSecurityPolicy: siteContentPolicy, Override: true },
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: 'DENY', Override: true },
          ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
          StrictTransportSecurity: {
            AccessControlMaxAgeSec: strictTransportSeconds,
            IncludeSubdomains: false,
            Override: true,
          },
        },
        CustomHeadersConfig: {
          Items: [{ Header: 'cross-origin-opener-policy', Value: 'same-origin', Override: true }],
        },
      },
    },
  }
}

function toDistribution(name: Name): Resource {
  return {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Comment: name,
        Enabled: true,
        HttpVersion: 'http2and3',
        IPV6Enabled: true,
        Origins: [
          {
            Id: bucketOrigin,
            DomainName: { 'Fn::GetAtt': [siteBucketId, 'RegionalDomainName'] },
            OriginAccessControlId: { 'Fn::GetAtt': [accessControlId, 'Id'] },
            // Required beside the access control, and empty.
            S3OriginConfig: { OriginAccessIdentity: '' },
          },
        ],
        DefaultCacheBehavior: {
          TargetOriginId: bucketOrigin,
          ViewerProtocolPolicy: 'redirect-to-https',
          AllowedMethods: ['GET', 'HEAD'],
          Compress: true,
          CachePolicyId: cachingOptimized,
          ResponseHeadersPolicyId: { 'Fn::GetAtt': [headersId, 'Id'] },
          FunctionAssociations: [
            {
              EventType: 'viewer-request',
              FunctionARN: { 'Fn::GetAtt': [functionId, 'FunctionARN'] },
            },
          ],
        },
        // Without the right to list, S3 answers 403 for what is missing.
        CustomErrorResponses: [403, 404].map((ErrorCode) => ({
          ErrorCode,
          ResponseCode: 404,
          ResponsePagePath: '/404.html',
          ErrorCachingMinTTL: missingSeconds,
        })),
        ViewerCertificate: { CloudFrontDefaultCertificate: true },
      },
    },
  }
}
