import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signInByHttp } from '../../local/visitor-sign-in.ts'
import { openWorld, type World } from '../../local/world.ts'
import { demoClients, toDemoSettings } from '../../local/world-config.ts'
import { type InstalledAwsCli, installAwsCli } from '../fixtures/end-to-end/installed-aws-cli.ts'
import { runScript } from '../fixtures/end-to-end/run-script.ts'
import { hangMs } from '../fixtures/patience.ts'

const [web = assert.fail('there is no client')] = demoClients

let world: World
let awsCli: InstalledAwsCli
before(async () => {
  world = await openWorld({ port: 0 })
  awsCli = installAwsCli()
})
after(async () => {
  awsCli.remove()
  await world.close()
})

/** Runs the doctor with flags alone: no setting of the proxy is in its environment. */
async function ask(flags: readonly string[], pasted = '') {
  const named = ['--user-pool-id', 'eu-central-1_Embedded1', '--client-id', web.clientId]
  const domain = ['--domain', world.userPool.domainUrl]
  const settings = Object.entries(world.env).filter(([name]) => !name.startsWith('TOKEN_PROXY_'))
  const words = ['tools/doctor.ts', ...named, ...domain, ...flags, '--json']
  const { status, stdout, stderr } = await runScript(words, {
    env: { PATH: awsCli.path, ...Object.fromEntries(settings) },
    timeout: hangMs,
    input: pasted,
  })
  const round = stdout === '' ? undefined : JSON.parse(stdout)
  const checks: readonly { name: string; status: string; cause?: string }[] =
    round?.reports[0].checks ?? []
  return {
    status,
    stdout,
    stderr,
    trail: round?.trail,
    of: (name: string) => checks.find((one) => one.name === name),
  }
}

test('an app client is checked without settings and without its secret', async () => {
  const { status, of } = await ask([])
  assert.equal(status, 0)
  assert.equal(of('client_exists')?.status, 'ok')
  assert.equal(of('client_has_secret')?.status, 'warning')
  for (const name of ['client_secret', 'live_probe']) assert.equal(of(name)?.status, 'skipped')
})

test('a redirect URI and a secret from standard input are compared, and the secret is not shown', async () => {
  const redirectUri = `${world.frontEnd.url}/callback`
  const sound = await ask(['--redirect-uri', redirectUri, '--secret-stdin'], web.secret)
  assert.equal(sound.status, 0, sound.stdout)
  assert.equal(sound.of('live_probe')?.status, 'ok')
  const wrong = await ask(['--redirect-uri', `${redirectUri}/`, '--secret-stdin'], `${web.secret}x`)
  assert.equal(wrong.status, 1)
  assert.equal(wrong.of('redirect_uris')?.cause, 'callback_not_registered')
  assert.equal(wrong.of('client_secret')?.cause, 'client_secret_mismatch')
  for (const { stdout, stderr } of [sound, wrong]) {
    assert.ok(!`${stdout}${stderr}`.includes(web.secret))
  }
})

test('a secret in Secrets Manager is read by its name', async () => {
  const { status, of } = await ask(['--secret-id', web.secretId])
  assert.equal(status, 0)
  assert.equal(of('client_secret')?.status, 'ok')
})

test('a secret that is not there is made in the Region in which it was looked for', async () => {
  const { status, stdout } = await ask(['--secret-id', 'token-proxy/none'])
  assert.equal(status, 1)
  assert.match(stdout, / create-secret --region eu-central-1 --name token-proxy\/none /)
})

test('the four causes of unauthorized_client and invalid_client are found', async () => {
  for (const [name, cause] of [
    ['code_grant_not_allowed', 'grant_not_allowed'],
    ['oauth_flows_off', 'oauth_flows_disabled'],
    ['client_gone', 'client_not_found'],
  ] as const) {
    world.switchboard.breakWith(name)
    const { status, stdout } = await ask([])
    world.switchboard.restore()
    assert.equal(status, 1)
    assert.ok(stdout.includes(`"cause": "${cause}"`), name)
  }
})

test('CloudTrail proves that sign-in and exchange send two redirect URIs', async () => {
  const { authorizationEndpoint, users } = toDemoSettings(world.userPool, world.gateway.url)
  const [user = { username: '', password: '' }] = users
  const redirectUri = `${world.frontEnd.url}/callback`
  const place = { authorizationEndpoint, redirectUri, user, cookies: new Map() }
  const form = await signInByHttp(place, web.clientId, AbortSignal.timeout(hangMs))
  const sent = `${redirectUri}/`
  await fetch(`${world.userPool.domainUrl}/oauth2/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa(`${web.clientId}:${web.secret}`)}`,
      'user-agent': 'test',
    },
    body: new URLSearchParams({ ...form, redirect_uri: sent }),
  })
  const { status, trail } = await ask(['--cloudtrail'])
  assert.equal(status, 1)
  assert.deepEqual(trail.mismatches, [{ sent, began: [redirectUri], count: 1 }])
  assert.ok(trail.signIns > 0 && trail.refused > 0)
})

test('a missing flag and a missing user pool are distinguished from a fault', async () => {
  const { status, stderr } = await runScript(['tools/doctor.ts', '--client-id', 'x'])
  assert.deepEqual([status, /--user-pool-id/.test(stderr)], [2, true])
})
