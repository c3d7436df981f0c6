import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { findMissingAwsSetup } from '../../../adapters/doctor/aws-setup.ts'
import {
  openScriptedUpstream,
  type ScriptedUpstream,
} from '../../fixtures/conformance/scripted-upstream.ts'

let folder: string
let sts: ScriptedUpstream
const found = { ...process.env }

const profiles = `
[profile keys]
region = eu-central-1
aws_access_key_id = loopback
aws_secret_access_key = loopback

[profile role]
region = eu-central-1
role_arn = arn:aws:iam::000000000000:role/operator
source_profile = keys
`

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doctor-setup-'))
  writeFileSync(join(folder, 'config'), profiles)
  sts = await openScriptedUpstream()
})

after(async () => {
  Object.assign(process.env, found)
  rmSync(folder, { recursive: true })
  await sts.close()
})

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
  process.env['AWS_EC2_METADATA_DISABLED'] = 'true'
  process.env['AWS_CONFIG_FILE'] = join(folder, 'config')
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = join(folder, 'none')
  process.env['AWS_ENDPOINT_URL_STS'] = sts.url
})

const keys = { AWS_ACCESS_KEY_ID: 'loopback', AWS_SECRET_ACCESS_KEY: 'loopback' }

for (const [what, env, told] of [
  ['nothing at all', {}, [/AWS_REGION/, /AWS_PROFILE/]],
  ['credentials alone', keys, [/AWS_REGION/]],
  ['a Region alone', { AWS_REGION: 'eu-central-1' }, [/AWS_PROFILE/]],
  ['a Region that cannot be one', { ...keys, AWS_REGION: 'not a region' }, [/AWS_REGION/]],
  ["the AWS CLI's own Region", { ...keys, AWS_DEFAULT_REGION: 'eu-central-1' }, [/AWS_REGION/]],
  ['a profile that is not there', { AWS_PROFILE: 'x', AWS_REGION: 'eu-west-1' }, [/AWS_PROFILE/]],
  ['both by the environment', { ...keys, AWS_REGION: 'eu-central-1' }, []],
  ['both by a profile', { AWS_PROFILE: 'keys' }, []],
] as const) {
  test(`with ${what} it names ${told.length === 0 ? 'nothing' : 'what is missing'}`, async () => {
    Object.assign(process.env, env)
    const missing = await findMissingAwsSetup()
    assert.equal(missing.length, told.length, missing.join())
    for (const [index, sentence] of missing.entries())
      assert.match(sentence, told[index] ?? /never/)
  })
}

test('a role that AWS does not let be assumed is a denial, not a machine without credentials', async () => {
  const body = '<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>'
  sts.script({ status: 403, headers: { 'content-type': 'text/xml' }, body })
  process.env['AWS_PROFILE'] = 'role'
  assert.deepEqual(await findMissingAwsSetup(), [])
  assert.equal(sts.requests.length, 1)
})
