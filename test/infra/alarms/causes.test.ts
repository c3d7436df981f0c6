import assert from 'node:assert/strict'
import { test } from 'node:test'
import { causes, toCause } from '../../../core/causes/catalogue.ts'
import { causeNames } from '../../fixtures/core/sample-outcome.ts'
import { toIdOfCause, toMetricAlarms, toStage } from '../../fixtures/infra/alarms-of-stage.ts'

const alarms = toMetricAlarms(toStage())
const withAlarm = causeNames.filter((name) => toCause(name).alarm !== undefined)

test('every fault of the operator or of Cognito has a threshold, and of the callers only a leak', () => {
  const wanted = causeNames.filter((name) => toCause(name).fault !== 'caller')
  assert.deepEqual(withAlarm, ['caller_sent_credentials', ...wanted])
})

test('every cause with a threshold has an alarm that counts exactly it over its window', () => {
  for (const cause of withAlarm) {
    const { alarm } = toCause(cause)
    const { AlarmName, AlarmDescription, AlarmActions, ...condition } =
      alarms.get(toIdOfCause(cause)) ?? assert.fail(cause)
    assert.deepEqual(AlarmName, { 'Fn::Sub': `\${AWS::StackName}-${cause.replaceAll('_', '-')}` })
    assert.deepEqual(condition, {
      Metrics: [
        { Id: 'judged', Expression: 'FILL(measured, 0)', ReturnData: true },
        {
          Id: 'measured',
          MetricStat: {
            Metric: {
              Namespace: 'TokenProxy',
              MetricName: alarm?.counts ?? 'Failures',
              Dimensions: [
                { Name: 'service', Value: 'token-proxy-test' },
                ...(alarm?.counts === undefined ? [{ Name: 'cause', Value: cause }] : []),
              ],
            },
            Stat: 'Sum',
            Period: alarm?.withinSeconds,
          },
          ReturnData: false,
        },
      ],
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: alarm?.atLeast,
      EvaluationPeriods: 1,
      DatapointsToAlarm: 1,
      TreatMissingData: 'notBreaching',
    })
  }
})

test('a cause without a threshold has no alarm', () => {
  for (const cause of causeNames.filter((name) => !withAlarm.includes(name))) {
    assert.ok(!alarms.has(toIdOfCause(cause)), cause)
  }
})

test('its description names the cause, how often it was met, the fix and its page of the runbook', () => {
  const { AlarmDescription } = alarms.get('AlarmCognitoTimeout') ?? assert.fail()
  assert.equal(
    AlarmDescription,
    `cognito_timeout, at least 5 times within 10 min: The request was sent, but no complete answer arrived in time. Fix: ${causes.cognito_timeout.fix} Runbook: docs/runbook/cognito_timeout.md`,
  )
  const runbookUrl = 'https://docs.example.com/runbook'
  const published = toMetricAlarms(toStage({ runbookUrl }))
  for (const cause of withAlarm) {
    const { AlarmDescription: text } = published.get(toIdOfCause(cause)) ?? assert.fail(cause)
    assert.match(text, new RegExp(`^${cause}(?: with the stored secret)?, at least `))
    const end = ` Fix: ${toCause(cause).fix} Runbook: ${runbookUrl}/${cause}.md`
    assert.ok(text.endsWith(end), text)
  }
})
