// The witness of every threshold, written by hand: a change of one is a change of who is woken when.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type AlarmProperties,
  toIdOfCause,
  toMetricAlarms,
  toStage,
} from '../../fixtures/infra/alarms-of-stage.ts'

const alarms = toMetricAlarms(toStage())

/** Threshold, period in seconds, so many of so many periods, and the least traffic, if any. */
const thresholds: Readonly<Record<string, readonly [string, number, string, number?]>> = {
  AlarmSuccessShare: ['< 95', 300, '2 of 2', 20],
  AlarmSuspectRefusals: ['> 20', 300, '2 of 2', 100],
  AlarmInvalidGrantRise: ['> 3 deviations', 300, '3 of 3', 50],
  AlarmMostExchangesFail: ['< 50', 300, '3 of 3', 7],
  AlarmLastingFailures: ['> 0', 3600, '3 of 3'],
  AlarmApiThrottles: ['> 5', 300, '2 of 2', 100],
  AlarmNoExchangeSucceeds: ['< 1', 300, '3 of 3', 7],
  AlarmUsersWereServed: ['>= 7', 300, '15 of 24'],
  AlarmLatency: ['> 5000', 300, '3 of 3', 20],
  AlarmProxyLatency: ['> 1000', 300, '3 of 3', 20],
  AlarmUserAuthenticationQuota: ['>= 5760', 60, '3 of 5'],
  AlarmCodeExchangeQuota: ['>= 5760', 60, '3 of 5'],
  AlarmDoctorFailures: ['>= 1', 300, '2 of 2'],
  AlarmDoctorSetup: ['>= 1', 300, '2 of 2'],
  AlarmDoctorFindings: ['>= 1', 300, '2 of 2'],
  AlarmDoctorHeartbeat: ['< 1', 300, '3 of 3'],
  AlarmApiErrors: ['> 5', 300, '2 of 2', 20],
  AlarmOauth2Throttles: ['> 5', 300, '2 of 2', 100],
  AlarmOauth2Errors: ['>= 1', 300, '2 of 2'],
  AlarmOauth2Duration: ['>= 13500', 300, '2 of 2'],
  AlarmMetadataThrottles: ['> 5', 300, '2 of 2', 100],
  AlarmMetadataErrors: ['>= 1', 300, '2 of 2'],
  AlarmMetadataDuration: ['>= 13500', 300, '2 of 2'],
  AlarmDoctorThrottles: ['>= 1', 300, '2 of 2'],
  AlarmDoctorErrors: ['>= 1', 300, '2 of 2'],
  AlarmDoctorDuration: ['>= 108000', 300, '2 of 2'],
  AlarmDeployment: ['>= 1', 60, '1 of 10'],
}

/** How often each cause is met within ten minutes before it is told. */
const perTenMinutes: Readonly<Record<number, readonly string[]>> = {
  1: [
    'caller_sent_credentials',
    'client_secret_mismatch',
    'client_not_found',
    'client_has_no_secret',
    'client_rejected',
    'grant_not_allowed',
    'oauth_flows_disabled',
    'callback_not_registered',
    'revocation_disabled',
    'domain_of_another_pool',
    'secret_not_found',
    'secret_access_denied',
    'secret_malformed',
    'config_invalid',
    'unforeseen',
  ],
  3: [
    'client_unauthorized',
    'lambda_trigger_failed',
    'cognito_request_rejected',
    'waf_blocked',
    'domain_not_found',
    'cognito_answer_unusable',
    'cognito_redirected',
    'edge_key_mismatch',
    'secret_throttled',
    'secret_unavailable',
  ],
  5: [
    'cognito_throttled',
    'cognito_unreachable',
    'cognito_timeout',
    'cognito_connection_lost',
    'cognito_error',
    'deadline_exhausted',
    'proxy_overloaded',
  ],
}

const signs: Readonly<Record<string, string>> = {
  GreaterThanThreshold: '>',
  GreaterThanUpperThreshold: '>',
  GreaterThanOrEqualToThreshold: '>=',
  LessThanThreshold: '<',
}

function read(alarm: AlarmProperties) {
  const { ComparisonOperator, Threshold, Metrics = [], Period } = alarm
  const expressions = Metrics.map(({ Expression = '' }) => Expression).join('\n')
  const [, width] = /BAND\(\w+, (\d+)\)/.exec(expressions) ?? []
  const [, floor] = /^IF\(.+? >= (\d+), /m.exec(expressions) ?? []
  const limit = width === undefined ? Threshold : `${width} deviations`
  return [
    `${signs[ComparisonOperator]} ${limit}`,
    Period ?? Metrics.flatMap(({ MetricStat }) => MetricStat?.Period ?? [])[0],
    `${alarm.DatapointsToAlarm} of ${alarm.EvaluationPeriods}`,
    ...(floor === undefined ? [] : [Number(floor)]),
  ]
}

test('every alarm goes off at its threshold, and there is no other alarm', () => {
  const ofCauses = Object.entries(perTenMinutes).flatMap(([times, names]) =>
    names.map((name) => [toIdOfCause(name), [`>= ${times}`, 600, '1 of 1']] as const),
  )
  const wanted = { ...thresholds, ...Object.fromEntries(ofCauses) }
  const found = Object.fromEntries([...alarms].map(([id, alarm]) => [id, read(alarm)]))
  assert.deepEqual(found, wanted)
})
