import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toCause } from '../../../core/causes/catalogue.ts'
import { toCheckKind } from '../../../core/causes/doctor.ts'
import type { MetricName } from '../../../core/metrics.ts'
import { functionNames } from '../../../infra/functions.ts'
import { toFunctionId } from '../../../infra/logical-ids.ts'
import { toAlarms } from '../../../infra/watching.ts'
import { openMetricStore } from '../../../local/cloudwatch/metric-store.ts'
import { readWatch } from '../../../local/cloudwatch/watch.ts'
import { type Statuses, watchAt } from '../../../local/cloudwatch/watcher.ts'
import { toStage } from '../../fixtures/infra/alarms-of-stage.ts'

const stage = toStage()
const watch = readWatch(toAlarms(stage), {
  'AWS::StackName': 'token-proxy-test',
  ...{ AlarmNotices: 'notices', AlarmPages: 'pages', HttpApi: 'api' },
  ...Object.fromEntries(functionNames.map((name) => [toFunctionId(name), name])),
})
const beginMs = 1_800_000_000_000

/** What happens within one minute. */
interface Minute {
  readonly successes: number
  readonly failures?: readonly [
    'cognito_timeout' | 'client_secret_mismatch' | 'secret_access_denied',
    number,
  ]
  readonly failedChecks?: number
  readonly hasDeployment?: boolean
}

/** Plays two hours, evaluates every alarm each minute, and tells what was sent to be paged, and when. */
function play(toMinute: (minute: number) => Minute): readonly string[] {
  let nowMs = beginMs
  const store = openMetricStore(() => nowMs)
  const count = (
    MetricName: MetricName,
    dimension: Readonly<Record<string, string>>,
    times: number,
    value = 1,
  ) => {
    const dimensions = Object.entries({ service: stage.settings.service, ...dimension })
    const Dimensions = dimensions.map(([Name, Value]) => ({ Name, Value }))
    const metric = { Namespace: 'TokenProxy', MetricName, Dimensions }
    for (let time = 0; time < times; time += 1) store.put(metric, value, nowMs - 30_000)
  }
  const pages: string[] = []
  let statuses: Statuses = new Map()
  for (let minute = 0; minute < 120; minute += 1) {
    nowMs = beginMs + minute * 60_000
    const { successes, failures, failedChecks = 0, hasDeployment = false } = toMinute(minute)
    const [cause, times = 0] = failures ?? []
    count('Requests', {}, successes + times)
    count('Successes', { grant_type: 'refresh_token' }, successes)
    if (cause !== undefined) {
      count('Failures', { cause }, times)
      count('Failures', { fault: toCause(cause).fault }, times)
    }
    // A round of which all is well counts a zero, which is data as well.
    if (minute % 5 === 0) {
      count('CheckFailures', {}, 1, failedChecks)
      if (cause !== undefined) count('CheckFailures', { kind: toCheckKind(cause) }, failedChecks)
    }
    if (hasDeployment) count('Deployments', {}, 1)
    const step = watchAt(watch, store, nowMs, statuses)
    statuses = step.statuses
    const sent = step.notifications.filter(({ target }) => target === 'pages')
    // A new alarm tells that it is well as soon as it knows.
    if (minute > 10) pages.push(...sent.map(({ alarm, state }) => `${minute}: ${alarm} ${state}`))
  }
  return pages
}

const isOutage = (minute: number) => minute >= 30 && minute < 50

test('an outage pages once when it begins and once when it is over, at every density of traffic', () => {
  for (const [cause, page] of [
    ['cognito_timeout', 'PageSignIns'],
    ['client_secret_mismatch', 'PageAppClient'],
  ] as const) {
    for (const perMinute of [1, 6, 60]) {
      for (const failing of [perMinute, Math.ceil(perMinute / 3)]) {
        const pages = play((minute) =>
          isOutage(minute)
            ? { successes: perMinute - failing, failures: [cause, failing], failedChecks: 1 }
            : { successes: perMinute },
        )
        const told = pages.map((line) => line.replace(/^\d+: /, ''))
        assert.deepEqual(told, [`${page} ALARM`, `${page} OK`], `${failing} of ${perMinute}`)
      }
    }
  }
})

test('an outage after which no user returns ends just as quietly', () => {
  const pages = play((minute) =>
    isOutage(minute)
      ? { successes: 4, failures: ['cognito_timeout', 8], failedChecks: 1 }
      : { successes: minute < 30 ? 12 : 0 },
  )
  assert.equal(pages.length, 2, pages.join())
})

test('what fails briefly during a deployment pages no one, and its end is reported afterwards', () => {
  const pages = play((minute) => ({
    successes: 20,
    ...(minute === 33 ? { failures: ['secret_access_denied', 3] } : {}),
    hasDeployment: minute === 30,
  }))
  const told = pages.map((line) => line.replace(/^\d+: /, ''))
  assert.deepEqual(told, ['PageSecret OK'])
})

test('what a deployment breaks for good pages a quarter of an hour after it began', () => {
  const pages = play((minute) => ({
    successes: minute < 33 ? 20 : 0,
    ...(minute < 33 ? {} : { failures: ['secret_access_denied', 20] }),
    hasDeployment: minute === 30,
  }))
  assert.deepEqual(pages, ['45: PageSecret ALARM'])
})
