import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toCause } from '../../../core/causes/catalogue.ts'
import { grantTypes } from '../../../core/causes/cause.ts'
import { checkCauseNames, checkKinds } from '../../../core/causes/doctor.ts'
import { metrics } from '../../../core/metrics.ts'
import { causeNames } from '../../fixtures/core/sample-outcome.ts'
import {
  type AlarmProperties,
  metricsOf,
  type NamedMetric,
  type Query,
  toComposites,
  toMetricAlarms,
  toStage,
} from '../../fixtures/infra/alarms-of-stage.ts'

/** As long as a stack's name and a runbook's address can be. */
const longestStackName = 'x'.repeat(128)
const runbookUrl = `https://docs.example.com/${'x'.repeat(231)}`
const stage = toStage({ runbookUrl })
const alarms = toMetricAlarms(stage)
const all = [...alarms, ...toComposites(stage)]

/** Runs a check on every metric alarm; whatever is wrong is told with the alarm's name. */
function checkEach(check: (alarm: AlarmProperties, id: string) => void): void {
  assert.ok(alarms.size > 30)
  for (const [id, alarm] of alarms) check(alarm, id)
}

test('every alarm says how many of how many periods, and what a missing one means', () => {
  checkEach((alarm, id) => {
    const { EvaluationPeriods, DatapointsToAlarm, TreatMissingData, Metrics } = alarm
    assert.ok(DatapointsToAlarm >= 1 && DatapointsToAlarm <= EvaluationPeriods, id)
    const isHeartbeat = id === 'AlarmDoctorHeartbeat'
    assert.equal(TreatMissingData, isHeartbeat ? 'breaching' : 'notBreaching', id)
    const periods = Metrics?.flatMap(({ MetricStat }) => MetricStat?.Period ?? []) ?? [alarm.Period]
    const [periodSeconds = 0, ...others] = new Set(periods)
    assert.deepEqual(others, [], id)
    assert.equal(periodSeconds % 60, 0, id)
    assert.ok(periodSeconds > 0 && periodSeconds * EvaluationPeriods <= 86_400, id)
  })
})

test('a metric alarm sends a notice and pages no one, and a signal does neither', () => {
  const signals = ['AlarmNoExchangeSucceeds', 'AlarmUsersWereServed']
  checkEach(({ AlarmActions, OKActions }, id) => {
    const expected = signals.includes(id) ? undefined : [{ Ref: 'AlarmNotices' }]
    assert.deepEqual(AlarmActions, expected, id)
    assert.equal(OKActions, undefined, id)
  })
})

test('every description has a meaning, a fix and a runbook page, in ASCII and within 1024 characters', () => {
  assert.equal(runbookUrl.length, 256)
  for (const [id, { AlarmDescription }] of all) {
    assert.match(
      AlarmDescription,
      /^[\x20-\x7e]{20,}\. Fix: [\x20-\x7e]{10,}\. Runbook: \S+\.md$/,
      id,
    )
    assert.ok(AlarmDescription.includes(`Runbook: ${runbookUrl}/`), id)
    assert.ok(AlarmDescription.length <= 1024, id)
  }
})

test('every name is one of its stack, its own, and within 255 characters', () => {
  const names = all.map(([, { AlarmName }]) =>
    AlarmName['Fn::Sub'].replace(`\${AWS::StackName}`, longestStackName),
  )
  assert.equal(new Set(names).size, names.length)
  for (const name of names) {
    assert.ok(name.startsWith(`${longestStackName}-`) && name.length <= 255, name)
    assert.match(name, /^[a-z0-9-]+$/)
  }
})

/** What AWS counts of the resources that alarms look at. */
const awsMetrics: Readonly<Record<string, readonly [dimension: string, names: readonly string[]]>> =
  {
    'AWS/Lambda': ['FunctionName', ['Invocations', 'Errors', 'Throttles', 'Duration']],
    'AWS/ApiGateway': ['ApiId', ['Count', '4xx', '5xx']],
  }

function checkAwsMetric({ Namespace, MetricName, Dimensions }: NamedMetric): void {
  const [dimension, names] = awsMetrics[Namespace] ?? assert.fail(Namespace)
  assert.ok(names.includes(MetricName), MetricName)
  const [{ Name, Value } = assert.fail(), ...others] = Dimensions
  assert.deepEqual(others, [])
  assert.equal(Name, dimension)
  assert.match(
    JSON.stringify(Value),
    /^\{"Ref":"(?:(?:Oauth2|Metadata|Doctor)LambdaFunction|HttpApi)"\}$/,
  )
}

function checkOwnMetric({ MetricName, Dimensions }: NamedMetric): void {
  const known = Object.entries(metrics).find(([name]) => name === MetricName)
  const [first, ...others] = Dimensions
  assert.deepEqual(first, { Name: 'service', Value: 'token-proxy-test' })
  const sets: readonly (readonly string[])[] = known?.[1].by ?? assert.fail(MetricName)
  const wanted = others.map(({ Name }) => Name).join()
  assert.ok(
    sets.some((set) => set.join() === wanted),
    `${MetricName} by ${wanted}`,
  )
  const values: Readonly<Record<string, readonly string[]>> = {
    cause: checkCauseNames,
    fault: ['caller', 'operator', 'cognito'],
    kind: checkKinds,
    grant_type: [...grantTypes, 'none'],
  }
  for (const { Name, Value } of others) assert.ok(values[Name]?.includes(String(Value)), Name)
}

test('every metric that an alarm names exists, with exactly these dimensions', () => {
  checkEach((alarm) => {
    for (const metric of metricsOf(alarm)) {
      if (metric.Namespace === 'TokenProxy') checkOwnMetric(metric)
      else checkAwsMetric(metric)
    }
  })
})

function toIds({ Expression = '' }: Query): readonly string[] {
  return Expression.match(/\b[a-z]\w*\b/g) ?? []
}

test('a computed alarm has at most ten metrics, uses each of them, and evaluates one result', () => {
  checkEach(({ Metrics = [], ...alarm }, id) => {
    if (Metrics.length === 0) return
    const ids = Metrics.map(({ Id }) => Id)
    assert.equal(new Set(ids).size, ids.length, id)
    for (const one of ids) assert.match(one, /^[a-z]\w{0,254}$/, id)
    assert.ok(Metrics.filter(({ MetricStat }) => MetricStat !== undefined).length <= 10, id)
    const results = Metrics.filter(({ ReturnData }) => ReturnData)
    const hasBand = 'ThresholdMetricId' in alarm
    assert.equal(results.length, hasBand ? 2 : 1, id)
    const used = new Set(Metrics.flatMap(toIds))
    for (const one of used) assert.ok(ids.includes(one), `${id}: ${one}`)
    const watched = hasBand ? alarm.ThresholdMetricId : results[0]?.Id
    assert.deepEqual(
      ids.filter((one) => !used.has(one)),
      [watched],
      id,
    )
  })
})

test('shares, percentiles and bands count only from a floor of traffic up', () => {
  const floored: string[] = []
  checkEach(({ Metrics = [], EvaluationPeriods }, id) => {
    const needsFloor = Metrics.some(
      ({ Expression = '', MetricStat }) =>
        / \/ |BAND/.test(Expression) || /^p\d/.test(MetricStat?.Stat ?? ''),
    )
    if (!needsFloor) return
    floored.push(id)
    const floors = Metrics.flatMap(
      ({ Expression = '' }) => /^IF\(.+? >= (\d+), /.exec(Expression) ?? [],
    )
    assert.ok(Number(floors[1]) * EvaluationPeriods >= 20, id)
  })
  assert.deepEqual(floored.sort(), [
    'AlarmApiErrors',
    'AlarmApiThrottles',
    'AlarmInvalidGrantRise',
    'AlarmLatency',
    'AlarmMetadataThrottles',
    'AlarmMostExchangesFail',
    'AlarmOauth2Throttles',
    'AlarmProxyLatency',
    'AlarmSuccessShare',
    'AlarmSuspectRefusals',
  ])
})

test('a period without data counts as a healthy one, so that nothing older is looked at', () => {
  checkEach(({ Metrics = [], ...alarm }, id) => {
    if (id === 'AlarmDoctorHeartbeat') return
    const judged = Metrics.find(({ ReturnData }) => ReturnData)
    const filled = 'ThresholdMetricId' in alarm ? /^IF\(.+, 0\)$/ : /^FILL\(\w+, (?:0|100)\)$/
    assert.match(judged?.Expression ?? '', filled, id)
    const isBelow = alarm.ComparisonOperator === 'LessThanThreshold'
    assert.equal(judged?.Expression?.endsWith(', 100)'), isBelow, id)
  })
})

function causesIn(id: string): readonly string[] {
  const alarm = alarms.get(id) ?? assert.fail(id)
  return metricsOf(alarm).flatMap(({ Dimensions }) =>
    Dimensions.filter(({ Name }) => Name === 'cause').map(({ Value }) => String(Value)),
  )
}

test('the rise of invalid_grant adds up every cause that is answered so, and no other', () => {
  const wanted = causeNames.filter((name) => toCause(name).error === 'invalid_grant')
  assert.deepEqual(causesIn('AlarmInvalidGrantRise'), wanted)
  const { Metrics = [] } = alarms.get('AlarmInvalidGrantRise') ?? assert.fail()
  const sum = Metrics.find(({ Id }) => Id === 'refused')?.Expression
  assert.equal(sum, wanted.map((name) => `FILL(${name}, 0)`).join(' + '))
})

test('what looks like an attack is a refusal before anything is fetched or sent', () => {
  const suspects = causesIn('AlarmSuspectRefusals')
  assert.ok(suspects.includes('client_unknown') && suspects.includes('origin_not_allowed'))
  for (const name of causeNames) {
    const { suspect, fault, facts } = toCause(name)
    assert.equal(suspects.includes(name), suspect === true, name)
    if (suspect) assert.deepEqual({ fault, facts }, { fault: 'caller', facts: [] }, name)
  }
})

test('the duration of every function is held against its own time limit', () => {
  assert.equal(alarms.get('AlarmOauth2Duration')?.Threshold, 13_500)
  assert.equal(alarms.get('AlarmDoctorDuration')?.Threshold, 108_000)
  for (const name of ['Oauth2', 'Doctor']) {
    for (const what of ['Throttles', 'Errors', 'Duration']) {
      const alarm = alarms.get(`Alarm${name}${what}`) ?? assert.fail(what)
      const [metric, ...others] = metricsOf(alarm)
      const isShare = what === 'Throttles' && name !== 'Doctor'
      assert.deepEqual(
        others.map(({ MetricName }) => MetricName),
        isShare ? ['Invocations'] : [],
      )
      assert.equal(metric?.MetricName, what)
      assert.deepEqual(metric?.Dimensions[0]?.Value, { Ref: `${name}LambdaFunction` })
    }
  }
})

test('an exchange counts as slow beyond half of any deadline', () => {
  assert.equal(alarms.get('AlarmLatency')?.Threshold, 5000)
  assert.equal(toMetricAlarms(toStage({ deadlineMs: 3000 })).get('AlarmLatency')?.Threshold, 1500)
})

test('the silence of the doctor raises an alarm only if it has a schedule', () => {
  assert.ok(alarms.has('AlarmDoctorHeartbeat'))
  const still = toMetricAlarms(toStage({ doctorSchedule: false }))
  assert.ok(!still.has('AlarmDoctorHeartbeat'))
  assert.equal(still.size, alarms.size - 1)
})
