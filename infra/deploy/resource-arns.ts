import type { TemplateResource } from '../account/organisation.ts'
import type { Caller } from './right.ts'

/** Where the resources of a stack are, and what they are named after. */
export interface Place extends Caller {
  readonly region: string
  readonly stack: string
  readonly rolePath: string
}

/** What a template says of one resource. */
export type Properties = NonNullable<TemplateResource['Properties']>

/** One resource that stands for all of its kind, as its service writes it. */
export interface Sample {
  readonly service: string
  readonly toArn: (at: Place, properties: Properties) => string
}

type ToRest = (stack: string, properties: Properties) => string

const inRegion = (service: string, toRest: ToRest): Sample => ({
  service,
  toArn: ({ partition, region, account, stack }, properties) =>
    `arn:${partition}:${service}:${region}:${account}:${toRest(stack, properties)}`,
})

const everywhere = (service: string, toRest: ToRest): Sample => ({
  service,
  toArn: ({ partition, account, stack }, properties) =>
    `arn:${partition}:${service}::${account}:${toRest(stack, properties)}`,
})

/** For actions of a service that IAM knows no resource for. */
export const anything = (service: string): Sample => ({ service, toArn: () => '*' })

/** What a path of API Gateway leads to. */
export const ofApi = (path: string): Sample => ({
  service: 'apigateway',
  toArn: ({ partition, region }) => `arn:${partition}:apigateway:${region}::${path}`,
})

/** What Route 53 has, which is in no account and no Region. */
export const ofRoute53 = (toRest: (properties: Properties) => string): Sample => ({
  service: 'route53',
  toArn: ({ partition }, properties) => `arn:${partition}:route53:::${toRest(properties)}`,
})

export const aFunction: Sample = inRegion('lambda', (stack) => `function:${stack}-oauth2`)
export const anAlias: Sample = inRegion('lambda', (stack) => `function:${stack}-oauth2:live`)
/** Synthetics makes both for a canary, in the name of whoever deploys. */
export const canaryFunction: Sample = inRegion('lambda', (stack) => `function:cwsyn-${stack}-1`)
export const canaryLayer: Sample = inRegion('lambda', (stack) => `layer:cwsyn-${stack}-1`)
export const rotateFunction: Sample = inRegion('lambda', (stack) => `function:${stack}-rotate`)
export const logGroup: Sample = inRegion(
  'logs',
  (stack) => `log-group:/aws/lambda/${stack}-oauth2:*`,
)
export const alarm: Sample = inRegion('cloudwatch', (stack) => `alarm:${stack}-alarm`)
export const dashboard: Sample = everywhere('cloudwatch', (stack) => `dashboard/${stack}-board`)
export const topic: Sample = inRegion('sns', (stack) => `${stack}-topic`)
export const rule: Sample = inRegion('events', (stack) => `rule/${stack}-rule`)
export const table: Sample = inRegion('dynamodb', (stack) => `table/${stack}-table`)
export const canary: Sample = inRegion('synthetics', (stack) => `canary:${stack}-smoke`)
export const application: Sample = inRegion('codedeploy', (stack) => `application:${stack}`)
export const deploymentGroup: Sample = inRegion(
  'codedeploy',
  (stack) => `deploymentgroup:${stack}/oauth2-gradual`,
)
export const deploymentConfig: Sample = inRegion('codedeploy', () => 'deploymentconfig:1')
export const distribution: Sample = everywhere('cloudfront', () => 'distribution/1')
export const edgeFunction: Sample = everywhere('cloudfront', (stack) => `function/${stack}-site`)
export const webAcl: Sample = inRegion('wafv2', (stack) => `global/webacl/${stack}/1`)
export const zone: Sample = ofRoute53(({ HostedZoneId }) => `hostedzone/${HostedZoneId}`)
export const stack: Sample = inRegion('cloudformation', (name) => `stack/${name}/1`)

export const bucket: Sample = {
  service: 's3',
  toArn: ({ partition, stack: name }) => `arn:${partition}:s3:::${name}-bucket`,
}
export const file: Sample = {
  service: 's3',
  toArn: (at, properties) => `${bucket.toArn(at, properties)}/package.zip`,
}
export const role: Sample = {
  service: 'iam',
  toArn: ({ partition, account, rolePath, stack: name }) =>
    `arn:${partition}:iam::${account}:role${rolePath}${name}-role`,
}

/** Secrets Manager adds six characters to the name of a secret. */
const namedSecret = inRegion('secretsmanager', (_, { SecretId }) => `secret:${SecretId}-AbCdEf`)
export const secret: Sample = {
  service: 'secretsmanager',
  toArn: (at, properties) => {
    const id = String(properties['SecretId'])
    return id.startsWith('arn:') ? id : namedSecret.toArn(at, properties)
  },
}
