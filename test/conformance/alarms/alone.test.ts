// Each alarm that is no cause's own, in what only it sees. The clock is the drill's.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { toCause } from '../../../core/causes/catalogue.ts'
import { functionNames } from '../../../infra/functions.ts'
import {
  comeUp,
  type Drill,
  discovering,
  failing,
  openDrill,
  repeat,
  succeeding,
  toCauseAlarm,
  trickle,
} from '../../fixtures/conformance/alarm-drill.ts'
import { ofApi, ofFunction } from '../../fixtures/conformance/aws-metrics.ts'
import { causeNames } from '../../fixtures/core/sample-outcome.ts'

interface Case {
  readonly says: string
  readonly alarm: string
  readonly page: string | undefined
  readonly minutes?: number
  readonly happen: (drill: Drill, minute: number) => void
}

const hiccups = [
  'cognito_timeout',
  'cognito_error',
  'cognito_throttled',
  'cognito_connection_lost',
] as const

const ofTraffic: readonly Case[] = [
  {
    says: 'one exchange in twelve failing, each time by another cause,',
    alarm: 'AlarmSuccessShare',
    page: 'PageSignIns',
    happen: (drill, minute) => {
      // Page loads, so that few of all answers are errors.
      repeat(drill, 12, discovering)
      repeat(drill, 11, succeeding())
      drill.write(failing(hiccups[minute % hiccups.length] ?? assert.fail()))
    },
  },
  ...(['origin_not_allowed', 'code_rejected', 'refresh_cookie_unreadable'] as const).map(
    (cause) => ({
      says: `most requests being refused by ${cause}, while few users come,`,
      alarm: 'AlarmMostExchangesFail',
      page: undefined,
      happen: (drill: Drill) => repeat(drill, 3, failing(cause)),
    }),
  ),
  {
    says: 'every one of ten requests an hour failing',
    alarm: 'AlarmLastingFailures',
    page: 'PageSignIns',
    minutes: 300,
    happen: (drill, minute) => {
      if (minute % 6 === 0) drill.write(failing('cognito_error'))
    },
  },
  {
    says: 'Cognito slow without failing',
    alarm: 'AlarmLatency',
    page: 'PageChecks',
    happen: (drill) => repeat(drill, 5, succeeding(6000)),
  },
  {
    says: 'the proxy itself slow',
    alarm: 'AlarmProxyLatency',
    page: 'PageChecks',
    happen: (drill) => repeat(drill, 5, { ...succeeding(), ownMs: 1200 }),
  },
  {
    says: 'an HTTP API that cannot call its function',
    alarm: 'AlarmApiErrors',
    page: 'PageSignIns',
    happen: (drill) => {
      repeat(drill, 4, succeeding())
      for (const name of ['Count', '5xx']) drill.put(ofApi(name), 1)
    },
  },
  {
    says: 'an HTTP API that throttles',
    alarm: 'AlarmApiThrottles',
    page: 'PageSignIns',
    happen: (drill) => {
      repeat(drill, 30, succeeding())
      drill.put(ofApi('4xx'), 600)
      // As many exchanges as the throttle lets through, for which nothing else is counted here.
      drill.put(ofFunction('oauth2', 'Invocations'), 6000)
    },
  },
]

const ofDoctor: readonly Case[] = [
  {
    says: 'a finding that fails exchanges',
    alarm: 'AlarmDoctorSetup',
    page: 'PageDoctor',
    happen: (drill) => {
      drill.doctor = { finds: 'client_secret_mismatch' }
    },
  },
  {
    says: 'a Cognito that the doctor cannot reach',
    alarm: 'AlarmDoctorFailures',
    page: 'PageSignIns',
    happen: (drill) => {
      drill.doctor = { finds: 'cognito_unreachable' }
    },
  },
  {
    says: 'a client that no round has time for',
    alarm: 'AlarmDoctorFailures',
    page: 'PageSignIns',
    happen: (drill) => {
      drill.doctor = { finds: 'client_not_checked' }
    },
  },
  {
    says: 'a finding that fails none',
    alarm: 'AlarmDoctorFindings',
    page: 'PageChecks',
    happen: (drill) => {
      drill.doctor = { finds: 'refresh_settings_differ' }
    },
  },
]

const ofLambda = functionNames.flatMap((name) =>
  (
    [
      ['Throttles', name === 'doctor' ? 1 : 25],
      ['Errors', 1],
      ['Duration', name === 'doctor' ? 108_000 : 13_500],
    ] as const
  ).map(([metric, value]): Case => {
    const [first = '', ...rest] = name
    return {
      says: `${metric} of the function ${name}`,
      alarm: `Alarm${first.toUpperCase()}${rest.join('')}${metric}`,
      page: name === 'doctor' ? undefined : 'PageSignIns',
      happen: (drill) => drill.put(ofFunction(name, metric), value),
    }
  }),
)
const cases = [...ofTraffic, ...ofDoctor, ...ofLambda]

for (const { says, alarm, page, minutes = 40, happen } of cases) {
  const pages = page === undefined ? 'pages nobody' : `pages once by ${page}`
  test(`${says} is noticed by ${alarm} alone, and ${pages}`, () => {
    const drill = openDrill()
    comeUp(drill)
    const before = drill.pageMessages().length
    drill.pass(minutes, (minute) => {
      if (minutes === 40) trickle(drill, minute)
      happen(drill, minute)
    })
    assert.deepEqual(drill.notices(), [alarm])
    const messages = page === undefined ? [] : [`${page} ALARM`]
    assert.deepEqual(drill.pageMessages().slice(before), messages)
  })
}

test('every alarm is drilled alone, here or beside the drill of the causes', () => {
  // Those of single causes are drilled there one by one, and a deployment is the frame of every drill.
  const ofCauses = causeNames
    .filter((cause) => toCause(cause).alarm !== undefined)
    .map(toCauseAlarm)
  const named = [
    ...['AlarmSuspectRefusals', 'AlarmInvalidGrantRise', 'AlarmDoctorHeartbeat'],
    ...['AlarmUserAuthenticationQuota', 'AlarmCodeExchangeQuota'],
  ]
  // They report nothing by themselves; `stopped.test.ts` drills their page.
  const signals = ['AlarmNoExchangeSucceeds', 'AlarmUsersWereServed']
  const beside = ['drill.test.ts', 'quotas.test.ts']
    .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
    .join()
  const alone = cases.map(({ alarm }) => alarm)
  for (const id of named) assert.ok(beside.includes(`'${id}'`) && !alone.includes(id), id)
  const drilled = new Set([...alone, ...named, ...signals, ...ofCauses, 'AlarmDeployment'])
  assert.deepEqual([...drilled].sort(), [...openDrill().watch.metricAlarms.keys()].sort())
})

test('a finding that stands for days pages once, and hides neither the begin nor the end of an outage', () => {
  const drill = openDrill()
  comeUp(drill)
  const before = drill.pageMessages().length
  drill.doctor = { finds: 'refresh_settings_differ' }
  drill.pass(120, (minute) => trickle(drill, minute))
  drill.pass(60, () => repeat(drill, 12, failing('client_secret_mismatch')))
  drill.pass(120, () => repeat(drill, 12, succeeding()))
  assert.deepEqual(drill.pageMessages().slice(before), [
    ...['PageChecks ALARM', 'PageAppClient ALARM', 'PageAppClient OK'],
  ])
})

test('slowness that an outage began with pages after it only where it lasts', () => {
  for (const [tookMs, expected] of [
    [100, []],
    [6000, ['PageChecks ALARM']],
  ] as const) {
    const drill = openDrill()
    comeUp(drill)
    const before = drill.pageMessages().length
    drill.pass(40, () => {
      repeat(drill, 6, succeeding(6000))
      repeat(drill, 6, failing('cognito_timeout', 9900))
    })
    drill.pass(60, () => repeat(drill, 12, succeeding(tookMs)))
    const [begin, end, ...others] = drill.pageMessages().slice(before)
    assert.deepEqual([begin, end], ['PageSignIns ALARM', 'PageSignIns OK'])
    assert.deepEqual(others, expected)
  }
})

test('a bot that asks for what no route has wakes nobody, however seldom a user comes', () => {
  const drill = openDrill()
  comeUp(drill)
  drill.pass(120, (minute) => {
    trickle(drill, minute)
    repeat(drill, 5, failing('route_not_found'))
    // Most of them get no further than the HTTP API.
    for (const name of ['Count', '4xx']) drill.put(ofApi(name), 12_000)
  })
  assert.deepEqual([drill.notices(), drill.pages()], [[], []])
})

test('a short outage in the evening does not come back when the night has few users', () => {
  const drill = openDrill()
  comeUp(drill)
  drill.pass(60, () => repeat(drill, 2, succeeding()))
  drill.pass(30, () => repeat(drill, 2, failing('cognito_timeout')))
  drill.pass(360, (minute) => {
    if (minute % 60 === 0) drill.write(succeeding())
  })
  assert.deepEqual(drill.pages(), ['PageSignIns'])
})
