// A model of Cognito throttles beyond its quotas. The lines are those of the function's own writer,
// `adapters/request-record.ts`; the clock is the drill's.
import assert from 'node:assert/strict'
import test from 'node:test'
import type { GrantType } from '../../../core/causes/cause.ts'
import {
  assertQuiet,
  comeUp,
  type Drill,
  type DrilledRequest,
  failing,
  openDrill,
  repeat,
  succeeding,
} from '../../fixtures/conformance/alarm-drill.ts'

/** Small, so that a minute has few lines; the quotas are fields of the stage. */
const perSecond = 2
const perMinute = 60 * perSecond
const unlimited = 100_000

const exchanging = (grantType: GrantType): DrilledRequest => {
  const request = succeeding()
  return { ...request, outcome: { ...request.outcome, grantType } }
}

interface Ramp {
  readonly says: string
  readonly alarm: string
  readonly changes: Readonly<Record<string, number>>
  /** How much one exchange of each grant takes of the quota. */
  readonly costs: Readonly<Record<GrantType, number>>
}

const ramps: readonly Ramp[] = [
  {
    says: 'refreshes, and codes that each come from a sign-in,',
    alarm: 'AlarmUserAuthenticationQuota',
    changes: {
      cognitoUserAuthenticationPerSecond: perSecond,
      cognitoCodeExchangesPerSecond: unlimited,
    },
    costs: { refresh_token: 1, authorization_code: 1 },
  },
  {
    says: 'code exchanges',
    alarm: 'AlarmCodeExchangeQuota',
    changes: {
      cognitoUserAuthenticationPerSecond: unlimited,
      cognitoCodeExchangesPerSecond: perSecond,
    },
    costs: { refresh_token: 0, authorization_code: 1 },
  },
]

/** Sends one exchange in turn by each grant, and answers 429 to what is beyond the quota of the minute. */
function sendMinute(drill: Drill, exchanges: number, { costs }: Ramp): boolean {
  let used = 0
  let isThrottled = false
  for (let sent = 0; sent < exchanges; sent += 1) {
    const grant = sent % 2 === 0 ? 'authorization_code' : 'refresh_token'
    used += costs[grant]
    const isBeyond = used > perMinute && costs[grant] > 0
    isThrottled ||= isBeyond
    drill.write(isBeyond ? failing('cognito_throttled') : exchanging(grant))
  }
  return isThrottled
}

for (const ramp of ramps) {
  test(`a ramp of ${ramp.says} is noticed by ${ramp.alarm} before the first is throttled, and pages nobody until then`, () => {
    const drill = openDrill(undefined, ramp.changes)
    comeUp(drill)
    const share = (ramp.costs.refresh_token + ramp.costs.authorization_code) / 2
    let minutesBefore = 0
    let isThrottled = false
    for (let percent = 50; !isThrottled; percent += 2) {
      const isNoticed = drill.notices().length > 0
      if (percent < 80) assert.equal(isNoticed, false, `at ${percent} %`)
      if (isNoticed) minutesBefore += 1
      drill.pass(1, () => {
        isThrottled = sendMinute(drill, Math.round((perMinute * percent) / 100 / share), ramp)
      })
    }
    assert.deepEqual(drill.notices(), [ramp.alarm])
    assert.deepEqual(drill.pages(), [])
    assert.ok(minutesBefore >= 5, `${minutesBefore} minutes before the first throttled exchange`)
  })
}

test('a burst of one minute beyond a quota gives no notice', () => {
  const drill = openDrill(undefined, ramps[0]?.changes)
  comeUp(drill)
  drill.pass(20, (minute) => repeat(drill, minute === 3 ? perMinute : 20, succeeding()))
  assert.deepEqual(drill.notices(), [])
  assertQuiet(drill)
})

test('requests that are refused before Cognito is asked take nothing of its quotas', () => {
  const drill = openDrill(undefined, ramps[0]?.changes)
  comeUp(drill)
  drill.pass(20, () => repeat(drill, 4 * perMinute, failing('parameter_missing')))
  assert.ok(!drill.notices().some((id) => id.endsWith('Quota')))
})
