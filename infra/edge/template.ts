import { finishTemplate } from '../finish-template.ts'
import { toEdgeStackName, toStackName } from '../physical-names.ts'
import type { Resource } from '../resource.ts'
import type { Stage } from '../stage.ts'
import { toDistribution } from './distribution.ts'
import { toWebAcl } from './web-acl.ts'

/** The outputs by which a later deployment knows what is deployed. */
export const edgeOutputs = {
  digest: 'EdgeKeyDigest',
  region: 'ApiRegion',
  target: 'DistributionDomainName',
} as const

const distributionId = 'Distribution'
const webAclId = 'WebAcl'
/** Route 53's own id for every distribution. */
const cloudFrontZone = 'Z2FDTNDATAQYW2'

/** A template of CloudFormation. */
export interface EdgeTemplate {
  readonly AWSTemplateFormatVersion: '2010-09-09'
  readonly Description: string
  readonly Parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly Resources: Readonly<Record<string, Resource>>
  readonly Outputs: Readonly<Record<string, unknown>>
}

/**
 * Makes the template of the stack in front of a stage. It is a stack of its own, because the web ACL and the
 * certificate of a distribution exist in us-east-1 alone.
 */
export function toEdgeTemplate(stage: Stage): EdgeTemplate {
  const { region, edgeDomainName = '', edgeHostedZone } = stage
  const name = toEdgeStackName(stage.name)
  const template = {
    AWSTemplateFormatVersion: '2010-09-09' as const,
    Description: `CloudFront with a web ACL in front of ${toStackName(stage.name)} in ${region}`,
    Parameters: toParameters(stage),
    Resources: {
      [webAclId]: toWebAcl(name, stage.edgeRequestsPerFiveMinutes),
      [distributionId]: toDistribution(stage, webAclId, name),
      ...(edgeHostedZone === undefined ? {} : toRecords(edgeDomainName, edgeHostedZone)),
    },
    Outputs: {
      [edgeOutputs.target]: {
        Description: 'The record of the domain name of the edge must lead here.',
        Value: { 'Fn::GetAtt': [distributionId, 'DomainName'] },
      },
      [edgeOutputs.digest]: {
        Description: 'The SHA-256 digest of the key that the distribution sends.',
        Value: { Ref: 'EdgeKeyDigest' },
      },
      [edgeOutputs.region]: {
        Description: 'The Region of the API behind the distribution.',
        Value: region,
      },
    },
  }
  return finishTemplate(template, stage)
}

function toParameters({ domainName }: Stage): EdgeTemplate['Parameters'] {
  return {
    OriginHost: {
      Type: 'String',
      Default: domainName,
      Description: 'The custom domain name of the API.',
    },
    EdgeKey: {
      Type: 'String',
      NoEcho: true,
      AllowedPattern: '[A-Za-z0-9_-]{43}',
      Description:
        'The key by which the functions know the distribution: 32 random bytes in base64url.',
    },
    EdgeKeyDigest: {
      Type: 'String',
      AllowedPattern: '[0-9a-f]{64}',
      Description: 'The SHA-256 digest of EdgeKey in lower-case hex.',
    },
  }
}

function toRecords(name: string, hostedZone: string): Readonly<Record<string, Resource>> {
  const toRecord = (type: 'A' | 'AAAA'): Resource => ({
    Type: 'AWS::Route53::RecordSet',
    Properties: {
      HostedZoneId: hostedZone,
      Name: name,
      Type: type,
      AliasTarget: {
        DNSName: { 'Fn::GetAtt': [distributionId, 'DomainName'] },
        HostedZoneId: cloudFrontZone,
        EvaluateTargetHealth: false,
      },
    },
  })
  return { EdgeRecord: toRecord('A'), EdgeRecordIpv6: toRecord('AAAA') }
}
