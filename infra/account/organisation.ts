import type { Stage } from '../stage.ts'

/** A resource of the whole template, as osls leaves it. */
export interface TemplateResource {
  readonly Type: string
  readonly DependsOn?: string | readonly string[]
  readonly Properties?: Readonly<Record<string, unknown>>
}

type OrganisationFields = Pick<Stage, 'logsKmsKey' | 'permissionsBoundary' | 'rolePath' | 'tags'>
type Change = (stage: OrganisationFields) => Readonly<Record<string, unknown>>

const toTagList: Change = ({ tags }) => toProperty('Tags', tags, toPairs)
/** API Gateway alone takes tags as an object. */
const toTagMap: Change = ({ tags }) => toProperty('Tags', tags, (all) => all)

/**
 * What an organisation's fields add to each type of resource. Every type that can have tags is here; the others of a
 * stack have none in CloudFormation: what belongs to one resource only, such as an alias, a permission, a policy, a
 * route or a subscription, and saved queries.
 */
const additions: Readonly<Record<string, readonly Change[]>> = {
  'AWS::ApiGatewayV2::Api': [toTagMap],
  'AWS::ApiGatewayV2::DomainName': [toTagMap],
  'AWS::ApiGatewayV2::Stage': [toTagMap],
  'AWS::CertificateManager::Certificate': [toTagList],
  'AWS::CloudFront::Distribution': [toTagList],
  'AWS::CloudFront::Function': [toTagList],
  'AWS::CloudWatch::Alarm': [toTagList],
  'AWS::CloudWatch::CompositeAlarm': [toTagList],
  'AWS::CloudWatch::Dashboard': [toTagList],
  'AWS::CodeDeploy::Application': [toTagList],
  'AWS::CodeDeploy::DeploymentGroup': [toTagList],
  'AWS::DynamoDB::Table': [toTagList],
  'AWS::Events::Rule': [toTagList],
  'AWS::IAM::Role': [
    toTagList,
    ({ permissionsBoundary }) => toProperty('PermissionsBoundary', permissionsBoundary),
    ({ rolePath }) => toProperty('Path', rolePath),
  ],
  'AWS::Lambda::Function': [toTagList],
  'AWS::Logs::LogGroup': [toTagList, ({ logsKmsKey }) => toProperty('KmsKeyId', logsKmsKey)],
  'AWS::Route53::HealthCheck': [({ tags }) => toProperty('HealthCheckTags', tags, toPairs)],
  'AWS::S3::Bucket': [toTagList],
  'AWS::SNS::Topic': [toTagList],
  'AWS::Synthetics::Canary': [toTagList],
  'AWS::WAFv2::IPSet': [toTagList],
  'AWS::WAFv2::WebACL': [toTagList],
}

/**
 * Puts tags on every resource that can have them, the boundary and the path on every role, and the key on every log
 * group, whoever made it: osls makes some of them. What a resource says of itself stays.
 */
export function applyOrganisation(
  resources: Readonly<Record<string, TemplateResource>>,
  stage: OrganisationFields,
): Readonly<Record<string, TemplateResource>> {
  return Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => {
      const changes = additions[resource.Type] ?? []
      const added: Readonly<Record<string, unknown>> = Object.assign(
        {},
        ...changes.map((change) => change(stage)),
      )
      const Properties = { ...added, ...resource.Properties }
      return [id, Object.keys(added).length === 0 ? resource : { ...resource, Properties }]
    }),
  )
}

function toPairs(tags: Stage['tags']) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}

/** The property with its value; nothing for what the stage leaves out. */
function toProperty<T>(
  name: string,
  value: T | undefined,
  convert: (value: T) => unknown = (one) => one,
): Readonly<Record<string, unknown>> {
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0
  return value === undefined || isEmpty ? {} : { [name]: convert(value) }
}
