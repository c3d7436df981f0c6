import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { checkNames } from '../../../core/doctor/findings.ts'
import { type Environment, listChecks, runDoctor } from '../../fixtures/conformance/doctor-doors.ts'
import {
  type DoctorStage,
  openDoctorStage,
  refusedCode,
} from '../../fixtures/conformance/doctor-stage.ts'
import { assertLines } from '../../record-schema.ts'

const secret = '1f0a6c2b9d8e7f3a5b4c6d7e8f90a1b2c3d4e5f60718293a4b5c'

let stage: DoctorStage

before(async () => {
  stage = await openDoctorStage(secret)
})

after(() => stage.close())

beforeEach(() => stage.answerWith(refusedCode))

/** A machine on which nobody has set AWS up: no profile, no credentials from anywhere. */
function toBareMachine(without: readonly string[]): Environment {
  const bare = { ...stage.env, HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true' }
  return Object.fromEntries(Object.entries(bare).filter(([name]) => !without.includes(name)))
}

const keys = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']

for (const [what, without, told] of [
  ['no Region', ['AWS_REGION'], [/^could not check: no usable AWS Region .* set AWS_REGION/]],
  ['no credentials', keys, [/^could not check: no AWS credentials .* AWS_PROFILE/]],
  ['half a pair of keys', keys.slice(1), [/^could not check: no AWS credentials/]],
  ['neither Region nor credentials', ['AWS_REGION', ...keys], [/AWS Region/, /AWS credentials/]],
] as const) {
  test(`with ${what} it could not check: exit code 2, and what to set`, async () => {
    const callsBefore = stage.aws.calls.length
    for (const args of [['--client', 'web'], ['--json']]) {
      const { code, out, err } = await runDoctor(args, toBareMachine(without))
      assert.deepEqual([code, out], [2, ''])
      const said = err.trimEnd().split('\n')
      assert.equal(said.length, told.length, err)
      for (const [index, line] of said.entries()) assert.match(line, told[index] ?? /never/)
    }
    assert.equal(stage.aws.calls.length, callsBefore, 'AWS was asked nothing')
  })
}

test('any thrown error ends with one plain sentence and no stack: exit code 2', async () => {
  const { code, out, err } = await runDoctor([], {
    ...stage.env,
    AWS_DEFAULTS_MODE: 'no such mode',
  })
  assert.deepEqual([code, out], [2, ''])
  assert.match(err, /^could not check \(\w+\): [^\n]+\n$/)
  assert.doesNotMatch(err, /no such mode|\.ts|node_modules/)
})

test('a denial by AWS is a failed check: exit code 1', async () => {
  stage.secrets.breakWith('secret_denied')
  const { code, out } = await runDoctor(['--json'], stage.env)
  stage.secrets.restore()
  assert.equal(code, 1)
  assert.deepEqual(listChecks(JSON.parse(out), 'failed'), ['secret_readable: secret_access_denied'])
})

test('refused settings need neither Region nor credentials to be told: exit code 1', async () => {
  const env = { ...toBareMachine(['AWS_REGION', ...keys]), TOKEN_PROXY_CLIENTS: '[{}]' }
  const { code, out } = await runDoctor(['--json'], env)
  assert.equal(code, 1)
  assert.deepEqual(listChecks(JSON.parse(out), 'failed'), ['settings: config_invalid'])
})

/** Each door looks at the clock by itself. */
const withoutSeconds = (text: string) => text.replaceAll(/\d+ s from/g, 'some s from')

test('all valid: exit code 0, and every check is ✓', async () => {
  const { round, table, json, page } = await stage.knockAtAll()
  assert.deepEqual([table.code, json.code], [0, 0])
  assert.equal(table.out.match(/✓/g)?.length, checkNames.length)
  assert.doesNotMatch(table.out, /[✗!–]/)
  const expected = withoutSeconds(JSON.stringify(round))
  assert.equal(withoutSeconds(JSON.stringify(JSON.parse(json.out))), expected)
  assert.ok(withoutSeconds(page).endsWith(expected))
})

test('without a user pool id it checks what it can: exit code 0 by the probe', async () => {
  const env = stage.withClient({ userPoolId: undefined, refreshTokenRotation: undefined })
  const { code, out } = await runDoctor([], env)
  assert.equal(code, 0)
  assert.match(out, /^web: everything is correct$/m)
  assert.match(out, /– client exists .*userPoolId is not set/)
})

test('an app client that it may not look at is not called well: exit code 2', async () => {
  stage.aws.denyCognito(true)
  const { round, lines, table, json } = await stage.knockAtAll()
  const failing = await (async () => {
    stage.answerWith({ status: 400, body: { error: 'invalid_client' } })
    return runDoctor([], stage.env)
  })()
  stage.aws.denyCognito(false)
  assert.ok(round.isWell)
  const [record] = lines
    .map((line) => JSON.parse(line))
    .filter(({ message }) => message === 'check')
  assert.equal(record.check_result, 'unknown')
  assert.deepEqual(record.skipped.slice(0, 3), [
    'domain_owner',
    'client_exists',
    'client_has_secret',
  ])
  assertLines(lines)
  assert.deepEqual([table.code, json.code], [2, 2])
  assert.match(table.out, /^web: nothing is wrong so far/m)
  assert.match(table.out, /Allow cognito-idp:DescribeUserPoolClient/)
  assert.equal(failing.code, 1, 'what has failed counts, whatever could not be seen')
})
