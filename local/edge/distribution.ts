import {
  type Properties,
  readChoice,
  readList,
  readObject,
  readText,
  refuseOthers,
} from '../cloudwatch/properties.ts'
import { substitute } from '../cloudwatch/template.ts'

/** Viewers that may use plain HTTP are sent on to HTTPS, refused, or served. */
const protocolPolicies = ['redirect-to-https', 'https-only', 'allow-all'] as const

/** How requests for some paths are treated. */
export interface Behavior {
  /** With `*` and `?`; the last behavior has `*`. */
  readonly pathPattern: string
  readonly allowedMethods: readonly string[]
  readonly protocolPolicy: (typeof protocolPolicies)[number]
}

/** A header that every request to the origin gets. */
export interface OriginHeader {
  readonly name: string
  /** Undefined where only a deployment knows it. */
  readonly value: string | undefined
}

/** What a template makes of a CloudFront distribution, as far as it is played here. */
export interface Distribution {
  /** The first whose pattern matches decides. */
  readonly behaviors: readonly Behavior[]
  readonly originHeaders: readonly OriginHeader[]
  /** What is put before the path of every request; mostly nothing. */
  readonly originPath: string
  /** For how many seconds an error of the origin is kept, by its status, where that is said. */
  readonly errorSeconds: ReadonlyMap<number, number>
  /** The logical id of the web ACL in front; undefined where there is none. */
  readonly webAclId: string | undefined
}

/**
 * The only policies that are played, by the ids that AWS gives them. Any other would cache answers of one user for
 * another, or drop headers that the proxy needs.
 */
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'
const allViewerExceptHostHeader = 'b689b0a8-53d0-40ab-baf2-68738e2966ac'

/** They change nothing that a request could notice here. */
const unseen = [
  'Aliases',
  'Comment',
  'HttpVersion',
  'IPV6Enabled',
  'Logging',
  'PriceClass',
  'ViewerCertificate',
]
const unseenOfBehavior = ['CachedMethods', 'Compress', 'TargetOriginId']

/**
 * Reads the distribution of a packaged template, and refuses whatever is not played.
 *
 * @throws Error that names what is missing or cannot be played
 */
export function readDistribution(template: unknown): Distribution {
  const config = readConfig(template)
  const values = toParameterValues(template)
  const known = [
    'CacheBehaviors',
    'CustomErrorResponses',
    'DefaultCacheBehavior',
    'Enabled',
    'Origins',
    'WebACLId',
  ]
  refuseOthers(config, [...known, ...unseen])
  if (config['Enabled'] !== true) throw new Error('the distribution is not enabled')
  const [origin, ...others] = readList(config, 'Origins')
  if (origin === undefined || others.length > 0)
    throw new Error('exactly one origin is played here')
  const behaviors = readList(config, 'CacheBehaviors').map((value) => {
    const behavior = readObject(value, 'a behavior')
    return readBehavior(behavior, readText(behavior, 'PathPattern'), values)
  })
  const byDefault = readObject(config['DefaultCacheBehavior'], 'DefaultCacheBehavior')
  return {
    behaviors: [...behaviors, readBehavior(byDefault, '*', values)],
    originHeaders: readOriginHeaders(readObject(origin, 'an origin')),
    originPath: readOriginPath(readObject(origin, 'an origin')),
    errorSeconds: new Map(
      readList(config, 'CustomErrorResponses').map((value) => readErrorSeconds(value)),
    ),
    webAclId: readWebAclId(config['WebACLId']),
  }
}

function readConfig(template: unknown): Properties {
  const resources = readObject(readObject(template, 'the template')['Resources'], 'Resources')
  const found = Object.values(resources)
    .map((value) => readObject(value, 'a resource'))
    .find(({ Type }) => Type === 'AWS::CloudFront::Distribution')
  if (found === undefined) throw new Error('the template has no distribution')
  return readObject(
    readObject(found['Properties'], 'Properties')['DistributionConfig'],
    'DistributionConfig',
  )
}

/** What parameters are by default; without one, only a deployment knows it. */
export function toParameterValues(template: unknown): Readonly<Record<string, string>> {
  const parameters = readObject(
    readObject(template, 'the template')['Parameters'] ?? {},
    'Parameters',
  )
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) => {
      const { Default } = readObject(value, name)
      return Default === undefined ? [] : [[name, String(Default)]]
    }),
  )
}

function readBehavior(
  given: Properties,
  pathPattern: string,
  values: Readonly<Record<string, string>>,
): Behavior {
  const behavior = readObject(substitute(given, values), 'a behavior')
  const known = [
    'AllowedMethods',
    'CachePolicyId',
    'OriginRequestPolicyId',
    'PathPattern',
    'ViewerProtocolPolicy',
  ]
  refuseOthers(behavior, [...known, ...unseenOfBehavior])
  readChoice(behavior, 'CachePolicyId', [cachingDisabled])
  readChoice(behavior, 'OriginRequestPolicyId', [allViewerExceptHostHeader])
  const methods = readList(behavior, 'AllowedMethods').map(String)
  return {
    pathPattern,
    allowedMethods: methods.length === 0 ? ['GET', 'HEAD'] : methods,
    protocolPolicy: readChoice(behavior, 'ViewerProtocolPolicy', protocolPolicies),
  }
}

/** A value that is looked up when the stack is deployed is not known here, and neither is a parameter. */
function readOriginHeaders(origin: Properties): readonly OriginHeader[] {
  return readList(origin, 'OriginCustomHeaders').map((value) => {
    const header = readObject(value, 'a custom header')
    const text = header['HeaderValue']
    const isKnown = typeof text === 'string' && !text.includes('{{resolve:')
    return { name: readText(header, 'HeaderName').toLowerCase(), value: isKnown ? text : undefined }
  })
}

function readOriginPath(origin: Properties): string {
  return origin['OriginPath'] === undefined ? '' : readText(origin, 'OriginPath')
}

function readErrorSeconds(value: unknown): readonly [number, number] {
  const response = readObject(value, 'a custom error response')
  refuseOthers(response, ['ErrorCode', 'ErrorCachingMinTTL'])
  return [Number(response['ErrorCode']), Number(response['ErrorCachingMinTTL'])]
}

function readWebAclId(value: unknown): string | undefined {
  if (value === undefined) return undefined
  const { 'Fn::GetAtt': attribute } = readObject(value, 'WebACLId')
  const [id] = Array.isArray(attribute) ? attribute : String(attribute).split('.')
  return String(id)
}

/** Finds the behavior for a path. */
export function findBehavior({ behaviors }: Distribution, path: string): Behavior {
  const found = behaviors.find(({ pathPattern }) => toPattern(pathPattern).test(path))
  if (found === undefined) throw new Error('the distribution has no default behavior')
  return found
}

/** The slash at the beginning of a pattern may be left out. */
function toPattern(pathPattern: string): RegExp {
  const text = pathPattern.replace(/^\/?/, '/').replace(/^\/\*$/, '*')
  const escaped = text.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's')
}
