import { toCode, toTable } from '../../runbook/markdown.ts'
import type { Resources } from './reviewed-stack.ts'

/** What the types of resources are for, in the order of the page. */
const purposes: Readonly<Record<string, readonly string[]>> = {
  'is called from the internet': ['AWS::ApiGatewayV2::', 'AWS::CloudFront::', 'AWS::WAFv2::'],
  'names the address': ['AWS::Route53::'],
  'runs the code': ['AWS::Lambda::', 'AWS::Events::'],
  'limits what the code may do': ['AWS::IAM::'],
  remembers: ['AWS::DynamoDB::', 'AWS::Logs::LogGroup'],
  'replaces secrets': ['AWS::SecretsManager::'],
  watches: ['AWS::CloudWatch::', 'AWS::Synthetics::', 'AWS::Logs::QueryDefinition'],
  'notifies people': ['AWS::SNS::'],
  'keeps the pages of the docs, and what the canary saw': ['AWS::S3::'],
  'lets a version take over': ['AWS::CodeDeploy::'],
}

/** More resources of one type than this are only counted. */
const mostNamed = 6

/** Finds the types that have no purpose on the page. */
export function findPurposeless(resources: Resources): readonly string[] {
  const prefixes = Object.values(purposes).flat()
  const types = Object.values(resources).map(({ Type }) => Type)
  return [...new Set(types)].filter((type) => !prefixes.some((prefix) => type.startsWith(prefix)))
}

/** Writes every resource, by what it is for. */
export function toPurposeTable(resources: Resources): string {
  const rows = Object.entries(purposes).flatMap(([purpose, prefixes]) => {
    const fitting = Object.entries(resources).filter(([, { Type }]) =>
      prefixes.some((prefix) => Type.startsWith(prefix)),
    )
    const byType = Map.groupBy(fitting, ([, { Type }]) => Type)
    return [...byType].map(([type, found]) => [
      purpose,
      toCode(type),
      found.length > mostNamed
        ? `${found.length} of them`
        : found.map(([id]) => toCode(withoutHash(id))).join(', '),
    ])
  })
  return toTable(['what it does', 'type', 'resources'], rows)
}

/** Ids of versions end with a digest of the code, which would change the page with every line of it. */
function withoutHash(id: string): string {
  return id.replace(/Version[0-9a-f]{16}$/, 'Version…')
}
