import { type FunctionName, functionNames, planFunctions } from '../functions.ts'
import { httpApiId, toFunctionId } from '../logical-ids.ts'
import type { Stage } from '../stage.ts'
import { type AlarmPlan, type Condition, notice, sustained, symptom } from './alarm.ts'
import { toFaults, type Watched } from './sums.ts'
import {
  type Term,
  toAwsMetric,
  toFormula,
  toJudged,
  toJudgedMetric,
  toLambdaMetric,
  toTerm,
} from './terms.ts'

const periodSeconds = 300
/** A handler answers before its time limit; a call that comes close to it missed its own deadline. */
const limitShare = 0.9

/** Plans the alarms for what Lambda and the HTTP API count: failures that our own code never sees. */
export function planPlatformAlarms(stage: Stage): readonly AlarmPlan[] {
  const plans = planFunctions(stage)
  return [
    planApiErrors(stage.settings),
    ...functionNames.flatMap((name) => [
      planThrottles(name),
      planErrors(name),
      planDuration(name, plans[name].timeoutSeconds * 1000),
    ]),
  ]
}

const leastRequests = 20
const mostErrorShare = 5

/** What a function answered with a cause is that cause's to report; this is a lower bound of the rest. */
function planApiErrors(watched: Watched): AlarmPlan {
  const faults = toFaults(watched)
  return {
    name: 'api-errors',
    meaning: `More than ${mostErrorShare} % of the responses of the HTTP API are 5xx that no cause explains: the HTTP API could not call the function.`,
    fix: 'Read the error in the access log of the HTTP API, and check that it is allowed to call the function.',
    ...symptom,
    condition: {
      Metrics: [
        toFormula(
          'share',
          `IF(answers >= ${leastRequests}, 100 * (FILL(errors, 0) - (${faults.expression})) / answers)`,
          false,
        ),
        toJudged('share', 0),
        toApiTerm('errors', '5xx'),
        toApiTerm('answers', 'Count'),
        ...faults.terms.map(([id, metric]) => toTerm(id, metric, 'Sum', periodSeconds)),
      ],
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: mostErrorShare,
      ...sustained,
    },
  }
}

function toApiTerm(id: string, name: string): Term {
  const metric = toAwsMetric('AWS/ApiGateway', name, 'ApiId', httpApiId)
  return toTerm(id, metric, 'Sum', periodSeconds)
}

function planThrottles(name: FunctionName): AlarmPlan {
  return {
    ...toKind(name),
    name: `${name}-throttles`,
    meaning: `Lambda throttles calls of the function ${name}: all of its concurrency is in use.`,
    fix:
      name === 'doctor'
        ? 'Look for overlapping rounds: the function has only one sandbox.'
        : 'Raise reservedConcurrency of the stage, or find out who sends so many requests.',
    condition: name === 'doctor' ? countAny(name, 'Throttles') : shareThrottles(name),
  }
}

const leastThrottles = 100
const mostThrottledShare = 5

/** A single burst of a single laptop is throttled too, and keeps nobody else out. */
function shareThrottles(name: FunctionName): Condition {
  const toSum = (id: string, metric: string) =>
    toTerm(id, toLambdaMetric(toFunctionId(name), metric), 'Sum', periodSeconds)
  return {
    Metrics: [
      toFormula(
        'share',
        `IF(throttled >= ${leastThrottles}, 100 * throttled / (throttled + FILL(served, 0)))`,
        false,
      ),
      toJudged('share', 0),
      toSum('throttled', 'Throttles'),
      toSum('served', 'Invocations'),
    ],
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: mostThrottledShare,
    ...sustained,
  }
}

function planErrors(name: FunctionName): AlarmPlan {
  return {
    ...toKind(name),
    name: `${name}-errors`,
    meaning: `Calls of the function ${name} end without a response: it cannot start, or runs out of time or memory.`,
    fix: `Read Lambda's own lines in the log of the function ${name}; then roll back to the last good version.`,
    condition: countAny(name, 'Errors'),
  }
}

function planDuration(name: FunctionName, timeoutMs: number): AlarmPlan {
  return {
    ...toKind(name),
    name: `${name}-duration`,
    meaning: `Calls of the function ${name} take at least ${limitShare * 100} % of Lambda's time limit and miss their own deadline.`,
    fix: `Find the slowest records in the log of the function ${name}, and what took the time.`,
    condition: {
      ...toJudgedMetric(toLambdaMetric(toFunctionId(name), 'Duration'), 'Maximum', periodSeconds),
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: timeoutMs * limitShare,
      ...sustained,
    },
  }
}

function countAny(name: FunctionName, metric: 'Throttles' | 'Errors'): Condition {
  return {
    ...toJudgedMetric(toLambdaMetric(toFunctionId(name), metric), 'Sum', periodSeconds),
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Threshold: 1,
    ...sustained,
  }
}

/** Only problems of users page somebody; a silent doctor has an alarm of its own for that. */
function toKind(name: FunctionName): typeof symptom | typeof notice {
  return name === 'doctor' ? notice : symptom
}
