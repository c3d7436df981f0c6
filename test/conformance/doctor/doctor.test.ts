import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type SwitchName, switches } from '../../../local/switches.ts'
import { findCanaries } from '../../fixtures/browser/canaries.ts'
import {
  type DoctorDoors,
  listChecks,
  openDoctorDoors,
} from '../../fixtures/conformance/doctor-doors.ts'

/** What the doctor says in each broken state; nothing where only a real sign-in can show it. */
const expectations: Readonly<Record<SwitchName, readonly string[]>> = {
  secret_mismatch: ['client_secret: client_secret_mismatch'],
  client_gone: ['client_exists: client_not_found'],
  client_without_secret: ['client_has_secret: client_has_no_secret'],
  code_grant_not_allowed: ['code_flow: grant_not_allowed'],
  oauth_flows_off: ['oauth_enabled: oauth_flows_disabled'],
  callback_not_registered: ['redirect_uris: callback_not_registered'],
  trigger_failed: ['live_probe: lambda_trigger_failed'],
  redirect_differs: [],
  code_expired: [],
  code_used: [],
  verifier_wrong: [],
  refresh_expired: [],
  refresh_revoked: [],
  refresh_rotated_out: [],
  throttled: ['live_probe: cognito_throttled'],
  waf_page: ['live_probe: waf_blocked'],
  not_found: ['live_probe: domain_not_found'],
  method_refused: ['live_probe: cognito_request_rejected'],
  redirected: ['live_probe: cognito_redirected'],
  silence: ['live_probe: cognito_timeout'],
  reset: ['live_probe: cognito_connection_lost'],
  cut_body: ['live_probe: cognito_connection_lost'],
  garbage: ['live_probe: cognito_answer_unusable'],
  html_500: ['live_probe: cognito_error'],
  secret_gone: ['secret_readable: secret_not_found'],
  secret_denied: ['secret_readable: secret_access_denied'],
  secret_broken: ['secret_well_formed: secret_malformed'],
  secrets_down: ['secret_readable: secret_unavailable'],
}

let doors: DoctorDoors

before(async () => {
  doors = await openDoctorDoors()
})

after(() => doors.close())

for (const [name, expected] of Object.entries(expectations) as [SwitchName, string[]][]) {
  const says = expected.length === 0 ? 'everything is correct' : expected.join()
  test(`"${switches[name].title}": function and command say ${says}, and nothing else`, async () => {
    doors.world.switchboard.breakWith(name)
    const callsBefore = doors.world.userPool.calls.length
    const round = await doors.invoke({ client: 'web' })
    assert.deepEqual(listChecks(round, 'failed'), expected)
    assert.ok(doors.world.userPool.calls.length - callsBefore <= 1, 'the probe is never sent twice')
    const { code, out } = await doors.run(['--client', 'web', '--json'])
    assert.deepEqual(listChecks(JSON.parse(out), 'failed'), expected)
    assert.equal(code, expected.length === 0 ? 0 : 1)
    doors.world.switchboard.restore()
  })
}

test('docs/doctor.md has the same table of broken states', () => {
  const page = readFileSync(
    join(import.meta.dirname, '..', '..', '..', 'docs', 'doctor.md'),
    'utf8',
  )
  for (const [name, [expected]] of Object.entries(expectations)) {
    const { title } = switches[name as SwitchName]
    const [, said = ''] = page.split(`\n| ${title} | `)
    const [check, cause] = expected?.split(': ') ?? []
    const wanted =
      check === undefined
        ? 'everything is correct'
        : `✗ ${check.replaceAll('_', ' ')}: \`${cause}\``
    assert.ok(said.startsWith(wanted), title)
  }
})

test('through all of this the secret appears nowhere', () => {
  assert.ok(doors.said().length > 1000)
  assert.deepEqual(findCanaries(doors.said()), [])
})
