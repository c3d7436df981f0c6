import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toMetricKey } from '../../../local/cloudwatch/metric.ts'
import {
  type AlarmProperties,
  metricsOf,
  toComposites,
  toMetricAlarms,
  toStage,
} from '../../fixtures/infra/alarms-of-stage.ts'
import { readEmitted } from '../../fixtures/infra/emitted.ts'
import { readLines, readWidgets } from '../../fixtures/infra/sample-dashboard.ts'

const stage = toStage({ watch: 'small' })
const alarms = toMetricAlarms(stage)
const ofFull = toMetricAlarms(toStage())
const { units } = readEmitted(stage)

/** The proxy's own metrics that an alarm looks at, as they are counted. */
const ownKeys = (alarm: AlarmProperties) =>
  metricsOf(alarm)
    .filter(({ Namespace }) => Namespace === 'TokenProxy')
    .map(({ Namespace, MetricName, Dimensions }) =>
      toMetricKey({
        Namespace,
        MetricName,
        Dimensions: Dimensions.map(({ Name, Value }) => ({ Name, Value: String(Value) })),
      }),
    )

test('with `watch: small` the functions count every metric that an alarm or a graph reads', () => {
  for (const [id, alarm] of alarms) {
    for (const key of ownKeys(alarm)) assert.ok(units.has(key), `${id}: ${key}`)
  }
  const drawn = readWidgets(stage).flatMap(readLines)
  for (const { namespace, name, dimensions } of drawn) {
    if (namespace !== 'TokenProxy') continue
    const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }))
    const key = toMetricKey({ Namespace: namespace, MetricName: name, Dimensions })
    assert.ok(units.has(key), key)
  }
})

test('with `watch: small` there is every alarm that pages for no single cause, and three counts for the causes', () => {
  const counts = ['AlarmFailuresAt1', 'AlarmFailuresAt3', 'AlarmFailuresAt5']
  assert.deepEqual([...alarms.keys()].sort(), [
    ...['AlarmApiErrors', 'AlarmApiThrottles', 'AlarmCallerSentCredentials', 'AlarmDeployment'],
    ...['AlarmDoctorFailures', 'AlarmDoctorFindings', 'AlarmDoctorHeartbeat', 'AlarmDoctorSetup'],
    ...[...counts, 'AlarmLastingFailures', 'AlarmLatency'],
    ...['AlarmMetadataDuration', 'AlarmMetadataErrors', 'AlarmMetadataThrottles'],
    ...['AlarmNoExchangeSucceeds', 'AlarmOauth2Duration', 'AlarmOauth2Errors'],
    ...['AlarmOauth2Throttles', 'AlarmSuccessShare', 'AlarmUsersWereServed'],
  ])
  for (const [id, alarm] of alarms) {
    const { Metrics = [], ...rest } = alarm
    if (counts.includes(id)) {
      const count = Number(id.slice(-1))
      const [{ MetricStat } = assert.fail(), ...others] = Metrics.filter((one) => one.MetricStat)
      assert.deepEqual(others, [])
      assert.deepEqual(
        [rest.Threshold, MetricStat?.Period, rest.EvaluationPeriods],
        [count, 600, 1],
      )
      continue
    }
    const { Threshold, ComparisonOperator, EvaluationPeriods, DatapointsToAlarm } =
      ofFull.get(id) ?? assert.fail(id)
    assert.deepEqual(
      { ...rest, AlarmDescription: '', AlarmActions: '' },
      {
        ...rest,
        ...{ AlarmDescription: '', AlarmActions: '' },
        ...{ Threshold, ComparisonOperator, EvaluationPeriods, DatapointsToAlarm },
      },
      id,
    )
  }
})

test('with `watch: small` one page is for all outages, beside those that must not hide one', () => {
  assert.deepEqual(
    [...toComposites(stage).keys()],
    ['PageSignIns', 'PageStopped', 'PageDoctor', 'PageChecks', 'PageSecurity', 'PageAnyPage'],
  )
})
