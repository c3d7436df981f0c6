import { httpApiId, httpApiStageId } from '../logical-ids.ts'
import { toFailoverProperties, toHealthCheck } from '../regions/failover.ts'
import type { Resource } from '../resource.ts'
import type { Stage } from '../stage.ts'

/** The output that names where the record of the custom domain name must lead. */
export const domainTargetOutput = 'CustomDomainTarget'

const domainId = 'CustomDomain'

/**
 * Makes the custom domain name of the HTTP API, the mapping of its base path, and the record in Route 53 where the
 * stage names a hosted zone. None without a domain name.
 */
export function toDomainResources(stage: Stage): Readonly<Record<string, Resource>> {
  const { domainName, domainCertificate, domainBasePath, domainHostedZone } = stage
  if (domainName === undefined) return {}
  return {
    [domainId]: {
      Type: 'AWS::ApiGatewayV2::DomainName',
      Properties: {
        DomainName: domainName,
        DomainNameConfigurations: [
          {
            CertificateArn: domainCertificate,
            EndpointType: 'REGIONAL',
            SecurityPolicy: 'TLS_1_2',
          },
        ],
      },
    },
    CustomDomainMapping: {
      Type: 'AWS::ApiGatewayV2::ApiMapping',
      Properties: {
        ApiId: { Ref: httpApiId },
        DomainName: { Ref: domainId },
        Stage: { Ref: httpApiStageId },
        ...(domainBasePath === undefined ? {} : { ApiMappingKey: domainBasePath }),
      },
    },
    ...(domainHostedZone === undefined
      ? {}
      : {
          CustomDomainRecord: toRecord(domainName, domainHostedZone, stage),
          ...toHealthCheck(stage),
        }),
  }
}

/** An alias costs nothing per query, and follows the target. */
function toRecord(domainName: string, hostedZone: string, stage: Stage): Resource {
  return {
    Type: 'AWS::Route53::RecordSet',
    Properties: {
      HostedZoneId: hostedZone,
      Name: domainName,
      Type: 'A',
      ...toFailoverProperties(stage),
      AliasTarget: {
        DNSName: { 'Fn::GetAtt': [domainId, 'RegionalDomainName'] },
        HostedZoneId: { 'Fn::GetAtt': [domainId, 'RegionalHostedZoneId'] },
        EvaluateTargetHealth: false,
      },
    },
  }
}

/** Makes the outputs that say where the record of the custom domain name must lead. */
export function toDomainOutputs({ domainName }: Stage): Readonly<Record<string, unknown>> {
  if (domainName === undefined) return {}
  const toOutput = (attribute: string, description: string) => ({
    Description: description,
    Value: { 'Fn::GetAtt': [domainId, attribute] },
  })
  return {
    [domainTargetOutput]: toOutput(
      'RegionalDomainName',
      'The record of the custom domain name must lead here.',
    ),
    CustomDomainTargetZone: toOutput(
      'RegionalHostedZoneId',
      'The hosted zone of that target, for an alias record.',
    ),
  }
}
