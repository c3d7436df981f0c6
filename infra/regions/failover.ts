import { httpApiId } from '../logical-ids.ts'
import type { Resource } from '../resource.ts'
import type { FailoverValues } from './failover-rules.ts'

const healthCheckId = 'DomainHealthCheck'

/** Makes the health check of this Region's deployment, if DNS leads by it from one Region to the other. */
export function toHealthCheck({
  domainFailover,
}: FailoverValues): Readonly<Record<string, Resource>> {
  if (!domainFailover) return {}
  const host = `\${${httpApiId}}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}`
  return {
    [healthCheckId]: {
      Type: 'AWS::Route53::HealthCheck',
      Properties: {
        HealthCheckConfig: {
          Type: 'HTTPS',
          // The custom domain name would lead it to whichever Region serves.
          FullyQualifiedDomainName: { 'Fn::Sub': host },
          ResourcePath: '/health',
          EnableSNI: true,
          RequestInterval: 30,
          FailureThreshold: 3,
        },
      },
    },
  }
}

/** What makes the record of the custom domain name one of two. */
export function toFailoverProperties(stage: FailoverValues): Readonly<Record<string, unknown>> {
  if (!stage.domainFailover) return {}
  return {
    SetIdentifier: stage.region,
    Failover: stage.replicaOf === undefined ? 'PRIMARY' : 'SECONDARY',
    HealthCheckId: { Ref: healthCheckId },
  }
}
