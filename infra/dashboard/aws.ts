import { toReadRegion } from '../../core/user-pool.ts'
import { type FunctionName, functionNames, planFunctions } from '../functions.ts'
import { httpApiId, toFunctionId } from '../logical-ids.ts'
import { toUnit } from '../metric-reference.ts'
import type { Stage } from '../stage.ts'
import { toAwsLine, toLine } from './line.ts'
import {
  type Content,
  type Level,
  type Line,
  ownRegion,
  type Rendering,
  toGraph,
} from './widget.ts'

/** Draws what API Gateway and Lambda count themselves. */
export function toLambdaGraphs(stage: Stage, durationLevels: readonly Level[]): Content[] {
  const { oauth2 } = planFunctions(stage)
  const { service, watch } = stage.settings
  return [
    toGraph({
      title: 'HTTP API: all requests, and its 4xx and 5xx responses',
      unit: 'Count',
      lines: ['Count', '4xx', '5xx'].map((name) =>
        toAwsLine('AWS/ApiGateway', name, { ApiId: toReference(httpApiId) }, { label: name }),
      ),
    }),
    toGraph({
      title: 'Lambda: calls, errors and throttles',
      unit: 'Count',
      lines: functionNames.flatMap((name) =>
        ['Invocations', 'Errors', 'Throttles'].map((metric) =>
          toLambdaLine(name, metric, { label: `${name}: ${metric.toLowerCase()}` }),
        ),
      ),
    }),
    toGraph({
      title: 'Lambda: concurrent sandboxes of oauth2, and their limit',
      unit: 'Count',
      lines: [
        toLambdaLine('oauth2', 'ConcurrentExecutions', { stat: 'Maximum', label: 'concurrent' }),
      ],
      levels: [{ value: oauth2.reservedConcurrency, label: 'reserved' }],
    }),
    toGraph({
      title: 'Lambda: duration of oauth2, and its time limit',
      unit: 'Milliseconds',
      lines: ['p50', 'p99', 'Maximum'].map((stat) =>
        toLambdaLine('oauth2', 'Duration', { stat, label: stat.toLowerCase() }),
      ),
      levels: [...durationLevels, { value: oauth2.timeoutSeconds * 1000, label: 'time limit' }],
    }),
    ...(watch === 'small' ? [] : [toColdStartGraph(service)]),
  ]
}

function toColdStartGraph(service: string): Content {
  return toGraph({
    title: 'Cold starts',
    unit: toUnit('ColdStarts'),
    lines: [toLine(service, 'ColdStarts', {}, { label: 'cold starts' })],
  })
}

function toLambdaLine(name: FunctionName, metric: string, rendering: Rendering): Line {
  return toAwsLine(
    'AWS/Lambda',
    metric,
    { FunctionName: toReference(toFunctionId(name)) },
    rendering,
  )
}

/** A reference that CloudFormation replaces with the name of the resource. */
function toReference(logicalId: string): string {
  return `\${${logicalId}}`
}

/**
 * The quota categories in which token requests may count. AWS does not document which one it is. The quotas
 * apply to the account, so these numbers include other user pools and other callers.
 */
const categories = ['UserAuthentication', 'UserFederation', 'UserToken']

/** Draws what Cognito counts itself: calls and throttles of the account, and throttles of each app client. */
export function toCognitoGraphs({ settings }: Stage): Content[] {
  const pools = [...settings.clients.values()].flatMap((client) => {
    const { name, clientId, userPoolId } = client
    return userPoolId === undefined
      ? []
      : [{ name, clientId, userPoolId, region: toReadRegion(client) }]
  })
  const poolRegions = pools.map(({ region }) => region)
  const regions = poolRegions.length === 0 ? [ownRegion] : [...new Set(poolRegions)]
  const throttled = pools.flatMap(({ name, clientId, userPoolId, region }) =>
    ['SignInThrottles', 'TokenRefreshThrottles'].map((metric) =>
      toAwsLine(
        'AWS/Cognito',
        metric,
        { UserPool: userPoolId, UserPoolClient: clientId },
        { label: `${name}: ${metric}`, region },
      ),
    ),
  )
  return [
    drawUsage("Cognito: calls that count towards the account's quotas", 'CallCount', regions),
    drawUsage("Cognito: calls beyond the account's quotas", 'ThrottleCount', regions),
    ...(throttled.length === 0
      ? []
      : [
          toGraph({
            title: 'Cognito: throttled sign-ins and refreshes by client',
            unit: 'Count',
            lines: throttled,
          }),
        ]),
  ]
}

function drawUsage(title: string, metric: string, regions: readonly string[]): Content {
  const lines = regions.flatMap((region) =>
    categories.map((category) => {
      const label = regions.length === 1 ? category : `${region}: ${category}`
      return toAwsLine('AWS/Usage', metric, toUsage(category), { label, region })
    }),
  )
  return toGraph({ title, unit: 'Count', lines })
}

function toUsage(category: string): Readonly<Record<string, string>> {
  return { Service: 'Cognito user pool', Type: 'API', Resource: category, Class: 'None' }
}
