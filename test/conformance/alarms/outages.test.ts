// The lines are those of the function's own writer, `adapters/request-record.ts`; the clock is the drill's.
import assert from 'node:assert/strict'
import test from 'node:test'
import type { CauseName } from '../../../core/causes/catalogue.ts'
import {
  assertQuiet,
  comeUp,
  type DrilledRequest,
  failing,
  openDrill,
  succeeding,
  toPageOf,
} from '../../fixtures/conformance/alarm-drill.ts'
import { chooseSeed, openRandom } from '../../fixtures/core/seeded-random.ts'

/** What a Cognito that is down does to requests, each for some of them. */
const cognitoDown: readonly (readonly [cause: CauseName, tookMs: number])[] = [
  ['cognito_timeout', 9900],
  ['cognito_timeout', 9900],
  ['cognito_connection_lost', 4000],
  ['cognito_error', 2500],
  ['cognito_error', 300],
  ['cognito_throttled', 300],
  ['cognito_unreachable', 3000],
  ['cognito_answer_unusable', 500],
  ['deadline_exhausted', 10_000],
  ['proxy_overloaded', 5],
]

interface Outage {
  readonly says: string
  /** An alarm of the page that goes out. */
  readonly alarm: string
  /** What the doctor finds while it lasts. */
  readonly finds: CauseName
  /** The outcome of each request. */
  readonly fails: (random: () => number) => DrilledRequest
  readonly share: number
  readonly perMinute?: number
  /** Whether its page says that it is over. */
  readonly tellsEnd?: false
  /** Also played where few metrics are counted: one of each way in which an outage is seen. */
  readonly alsoInSmall?: true
}

/** Cognito down for this share of the requests: each alarm comes and goes when it will. */
const toCognitoDown = (perMinute: number, share: number): Outage => ({
  says: `Cognito down for ${100 * share} % of ${perMinute} requests a minute, with every symptom,`,
  alarm: 'AlarmCognitoTimeout',
  finds: 'cognito_timeout',
  fails: (random) => {
    const [cause, tookMs] = cognitoDown[Math.floor(random() * cognitoDown.length)] ?? []
    return failing(cause ?? 'cognito_timeout', tookMs)
  },
  share,
  perMinute,
  ...(perMinute === 2 || share === 0.5 ? { alsoInSmall: true } : {}),
})

const outages: readonly Outage[] = [
  ...[2, 6, 12].flatMap((perMinute) =>
    [0.3, 0.5, 0.9].map((share) => toCognitoDown(perMinute, share)),
  ),
  {
    says: 'Cognito slow and failing now and then',
    alarm: 'AlarmCognitoTimeout',
    finds: 'cognito_timeout',
    fails: () => failing('cognito_timeout', 9900),
    share: 0.2,
  },
  {
    says: 'a secret that may not be read',
    alarm: 'AlarmSecretAccessDenied',
    alsoInSmall: true,
    finds: 'secret_access_denied',
    fails: () => failing('secret_access_denied'),
    share: 1,
  },
  {
    says: "a secret that is not the client's",
    alarm: 'AlarmClientSecretMismatch',
    finds: 'client_secret_mismatch',
    fails: () => failing('client_secret_mismatch'),
    share: 1,
  },
  {
    says: 'Secrets Manager down',
    alarm: 'AlarmSecretUnavailable',
    finds: 'secret_unavailable',
    fails: () => failing('secret_unavailable', 3000),
    share: 1,
  },
  {
    says: 'a web ACL that blocks the proxy, as its own probe tells,',
    alarm: 'AlarmDoctorSetup',
    alsoInSmall: true,
    tellsEnd: false,
    finds: 'waf_blocked',
    fails: () => failing('waf_blocked'),
    share: 1,
  },
  {
    says: 'a distribution with a wrong key, as the doctor tells,',
    alarm: 'AlarmDoctorSetup',
    alsoInSmall: true,
    tellsEnd: false,
    finds: 'edge_key_mismatch',
    fails: () => failing('edge_key_mismatch'),
    share: 1,
  },
  {
    says: 'settings that are refused',
    alarm: 'AlarmConfigInvalid',
    alsoInSmall: true,
    finds: 'config_invalid',
    fails: () => failing('config_invalid'),
    share: 1,
  },
  {
    says: 'a function that cannot start',
    alarm: 'AlarmOauth2Errors',
    alsoInSmall: true,
    finds: 'cognito_error',
    fails: () => ({ ...failing('unforeseen', 15_000), isUnanswered: true }),
    share: 1,
  },
]

const played = outages.flatMap((outage) => [
  { outage, watch: 'full' },
  ...(outage.alsoInSmall ? [{ outage, watch: 'small' }] : []),
])

for (const { outage, watch } of played) {
  const { says, alarm, finds, fails, share, perMinute = 12, tellsEnd = true } = outage
  const end = tellsEnd ? ', and says once that it is over' : ''
  const metrics = watch === 'full' ? '' : ', with few metrics, too'
  test(`${says} pages exactly once, whatever is looked at first${end}${metrics}`, (t) => {
    const seed = chooseSeed()
    t.diagnostic(`SEED=${seed}`)
    const random = openRandom(seed)
    const drill = openDrill(random, { watch })
    // What several pages share otherwise is in the page of outages there.
    const page = drill.watch.metricAlarms.has(alarm) ? toPageOf(drill, alarm) : 'PageSignIns'
    comeUp(drill)
    const before = drill.pageMessages().length
    const traffic = (isOut: boolean) => () => {
      for (let sent = 0; sent < perMinute; sent += 1) {
        drill.write(isOut && random() < share ? fails(random) : succeeding())
      }
    }
    drill.pass(15, traffic(false))
    drill.doctor = { finds }
    drill.pass(35, traffic(true))
    drill.doctor = { finds: undefined }
    drill.pass(45, traffic(false))
    assert.deepEqual(drill.pageMessages().slice(before), [
      `${page} ALARM`,
      ...(tellsEnd ? [`${page} OK`] : []),
    ])
    assertQuiet(drill)
  })
}
