import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { checkDeployment } from '../../adapters/smoke.ts'
import { openWorld, type World } from '../../local/world.ts'
import { npmEnvironment, startNpm } from '../fixtures/end-to-end/npm-command.ts'
import { runScript } from '../fixtures/end-to-end/run-script.ts'
import { signInByFetch } from '../fixtures/end-to-end/sign-in-by-fetch.ts'
import { copyProject, type ProjectCopy } from '../fixtures/infra/packaging.ts'
import { hangMs } from '../fixtures/patience.ts'

const origin = 'http://localhost:5173'
const webClient = '7demo0web0client1example22'
const nativeClient = '7demo0native1example556677'

let copy: ProjectCopy
let world: World
before(async () => {
  copy = copyProject()
  world = await openWorld({ port: 0, origins: [origin] })
})
after(async () => {
  copy.remove()
  await world.close()
})

const fileOf = (stage: string) => join(copy.folder, 'stages', `${stage}.json`)
const readStage = (stage: string) => JSON.parse(readFileSync(fileOf(stage), 'utf8'))

const awsEnvironment = () => ({
  ...{ AWS_ACCESS_KEY_ID: 'embedded', AWS_SECRET_ACCESS_KEY: 'embedded' },
  ...{ AWS_REGION: 'eu-central-1', AWS_ENDPOINT_URL: world.aws.url },
})

/** Runs the command in the copy as its user would, with AWS on loopback. */
const init = (words: readonly string[], input = '') =>
  runScript(['tools/init.ts', ...words], {
    cwd: copy.folder,
    env: { ...npmEnvironment, ...awsEnvironment() },
    input,
  })

const toWords = (stage: string, clientId: string, ...more: readonly string[]) => [
  ...['--user-pool-id', 'eu-central-1_Embedded1', '--client-id', clientId, '--stage', stage],
  ...more,
]

test('one command makes a stage that the doctor finds correct; a second client is the same command', {
  timeout: hangMs,
}, async () => {
  const yes = ['--domain', world.userPool.domainUrl, '--yes']
  const first = await init(toWords('one', webClient, ...yes))
  assert.equal(first.status, 0, first.stdout + first.stderr)
  assert.match(first.stdout, /- stages\/one\.json: adds the client web\n/)
  assert.match(first.stdout, /\nNext: npm run package -- --stage one, then serve it: /)
  assert.deepEqual(readStage('one').clients[0].origins, [world.frontEnd.url, origin])
  const written = readFileSync(fileOf('one'), 'utf8')
  const again = await init(toWords('one', webClient, '--yes'))
  assert.equal(again.status, 0, again.stdout + again.stderr)
  assert.match(again.stdout, /- stages\/one\.json stays as it is\n/)
  assert.equal(readFileSync(fileOf('one'), 'utf8'), written)
  const second = await init(toWords('one', nativeClient, ...yes))
  assert.equal(second.status, 0, second.stdout + second.stderr)
  const names = readStage('one').clients.map(({ name }: { name: string }) => name)
  assert.deepEqual(names, ['web', 'native'])
})

test('a user signs in through exactly the package of that stage', {
  timeout: hangMs,
}, async (t) => {
  const yes = ['--domain', world.userPool.domainUrl, '--yes']
  assert.equal((await init(toWords('packaged', webClient, ...yes))).status, 0)
  const { code, output } = await copy.run('package', '--stage', 'packaged')
  assert.equal(code, 0, output)
  const template = '.serverless/cloudformation-template-update-stack.json'
  const gateway = startNpm(
    t,
    [
      ...['run', 'gateway', '--', '--port', '0', '--template', join(copy.folder, template)],
      ...['--functions', join(copy.folder, 'dist', 'functions')],
    ],
    awsEnvironment(),
  )
  const line = await gateway.line((one) => one.startsWith('listening on '))
  const url = line.replace('listening on ', '')
  const redirectUri = `${origin}/callback`
  const client = { name: 'web', clientId: webClient, origin, redirectUri }
  const report = await checkDeployment({
    url,
    clients: [{ ...client, isCookieMode: false, hasDiscovery: false }],
    hasSharedDiscovery: false,
  })
  assert.ok(report.isWell, JSON.stringify(report.checks))
  const tokens = await signIn(url, redirectUri)
  assert.deepEqual(
    ['access_token', 'id_token', 'refresh_token'].filter((name) => !(name in tokens)),
    [],
  )
})

/** Signs in at the address of the proxy, as a browser and its library would. */
async function signIn(url: string, redirectUri: string): Promise<object> {
  const verifier = randomBytes(32).toString('base64url')
  const query = new URLSearchParams({
    ...{ response_type: 'code', client_id: webClient, redirect_uri: redirectUri },
    ...{ scope: 'openid', code_challenge_method: 'S256' },
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  })
  const back = await signInByFetch(new URL(`${url}/oauth2/authorize?${query}`), redirectUri)
  const answer = await fetch(`${url}/oauth2/token`, {
    method: 'POST',
    headers: { origin },
    body: new URLSearchParams({
      ...{ grant_type: 'authorization_code', client_id: webClient, redirect_uri: redirectUri },
      ...{ code: back.searchParams.get('code') ?? '', code_verifier: verifier },
    }),
  })
  assert.equal(answer.status, 200)
  return answer.json()
}

test('a front end that has moved is named before anything changes, and a flag takes its new addresses', {
  timeout: hangMs,
}, async () => {
  const yes = ['--domain', world.userPool.domainUrl, '--yes']
  assert.equal((await init(toWords('moved', webClient, ...yes))).status, 0)
  const stage = readStage('moved')
  const [client] = stage.clients
  const old = 'http://localhost:4999'
  stage.clients = [
    { ...client, origins: [old, origin], redirectUris: [`${old}/callback`, `${origin}/callback`] },
  ]
  writeFileSync(fileOf('moved'), JSON.stringify(stage))
  const kept = await init(toWords('moved', webClient, '--yes'))
  assert.match(
    kept.stdout,
    /redirectUris of the client has http:\/\/localhost:4999\/callback, which/,
  )
  assert.deepEqual(readStage('moved').clients[0].origins, [old, origin])
  const taken = await init(toWords('moved', webClient, '--as-registered', '--yes'))
  assert.equal(taken.status, 0, taken.stdout + taken.stderr)
  assert.doesNotMatch(taken.stdout, /do not agree/)
  const { origins, redirectUris } = readStage('moved').clients[0]
  assert.deepEqual([...origins].sort(), [...client.origins].sort())
  assert.deepEqual([...redirectUris].sort(), [...client.redirectUris].sort())
})

test('a second Region takes four lines; the doctor compares both, and what changes them is sent to the primary', {
  timeout: hangMs,
}, async () => {
  const yes = ['--domain', world.userPool.domainUrl, '--yes']
  assert.equal((await init(toWords('pair', webClient, ...yes))).status, 0)
  writeFileSync(fileOf('pair-b'), '{ "replicaOf": "pair", "region": "eu-west-1" }')
  const command = (words: readonly string[]) =>
    runScript([...words], { cwd: copy.folder, env: { ...npmEnvironment, ...awsEnvironment() } })
  for (const stage of ['pair', 'pair-b']) {
    const { status, stdout, stderr } = await command(['tools/doctor.ts', '--stage', stage])
    assert.equal(status, 0, stdout + stderr)
    assert.match(stdout, /\neu-central-1 and eu-west-1: nothing is wrong between the two Regions\n/)
    assert.match(stdout, /✓ same secret \(web\)/)
    assert.match(stdout, /! secret replica \(web\) +a secret of its own in eu-west-1/)
  }
  const json = await command(['tools/doctor.ts', '--stage', 'pair-b', '--json'])
  assert.deepEqual(JSON.parse(json.stdout).pairs[0].regions, ['eu-central-1', 'eu-west-1'])
  const { status, stdout } = await init(toWords('pair', nativeClient, ...yes))
  assert.equal(status, 0, stdout)
  assert.match(stdout, /✓ same secret \(native\)/)
  assert.doesNotMatch(stdout, /\(web\)/)
  const rotated = await command([
    ...['tools/secret.ts', 'rotate', '--client', 'web', '--stage', 'pair-b', '--yes'],
  ])
  assert.deepEqual(
    [rotated.status, rotated.stderr],
    [2, 'a replica follows its original: use --stage pair in its place\n'],
  )
  const extended = await init(toWords('pair-b', nativeClient, ...yes))
  assert.match(extended.stderr, /^stages\/pair-b\.json takes its clients from the stage pair: /)
  writeFileSync(fileOf('pair-c'), '{ "replicaOf": "nowhere", "region": "eu-west-1" }')
  const lost = await command(['tools/doctor.ts', '--stage', 'pair-c'])
  assert.deepEqual(
    [lost.status, lost.stderr],
    [2, 'replicaOf names nowhere, and there is no such stage in stages/\n'],
  )
})

test('every question has an answer ready, and nothing happens before the last yes', {
  timeout: hangMs,
}, async () => {
  const words = toWords('asked', webClient)
  const answers = ['shop', '', world.userPool.domainUrl, '', origin, 'ops@example.com']
  const no = await init(words, [...answers, 'n', ''].join('\n'))
  assert.deepEqual([no.status, no.stderr], [2, 'You said no.\nNothing was changed.\n'])
  assert.match(no.stdout, /^alias of the client \[web\]: \n/)
  assert.match(no.stdout, /Secrets Manager \[token-proxy\/asked\/shop\]: \n/)
  assert.ok(!existsSync(fileOf('asked')))
  const yes = await init(words, [...answers, '', ''].join('\n'))
  assert.equal(yes.status, 0, yes.stdout + yes.stderr)
  const { clients, alarmEmails } = readStage('asked')
  assert.deepEqual([clients[0].name, clients[0].origins], ['shop', [origin]])
  assert.deepEqual(alarmEmails, ['ops@example.com'])
})

test('what cannot be done changes nothing, and says why', { timeout: hangMs }, async () => {
  const ended = await init(toWords('none', webClient), 'shop\n')
  assert.deepEqual(
    [ended.status, ended.stderr],
    [2, 'The input ended before the last answer.\nNothing was changed.\n'],
  )
  const nobody = await init(toWords('none', '7nobody', '--yes'))
  assert.equal(nobody.status, 2)
  assert.match(nobody.stderr, /^There is no such user pool in eu-central-1/)
  const unusable = await init(toWords('none', webClient, '--origin', 'shop', '--yes'))
  assert.equal(unusable.status, 2)
  assert.match(unusable.stderr, /\[0\]\.origins\[0\] must be an exact https origin/)
  assert.ok(!existsSync(fileOf('none')))
  writeFileSync(fileOf('broken'), '{')
  const broken = await init(toWords('broken', webClient, '--yes'))
  assert.match(broken.stderr, /^stages\/broken\.json is not a JSON object/)
  assert.equal(readFileSync(fileOf('broken'), 'utf8'), '{')
  const nameless = await init(['--user-pool-id', 'x', '--client-id', 'y'])
  assert.match(nameless.stderr, /option '--stage <name>' is missing/)
})

test('a secret that is filled beside an unknown one is checked all the same, and what to fix is said', {
  timeout: hangMs,
}, async (t) => {
  world.switchboard.breakWith('rotation_second_secret')
  t.after(() => world.switchboard.restore())
  const yes = ['--domain', world.userPool.domainUrl, '--yes']
  const { status, stdout } = await init(toWords('beside', webClient, ...yes))
  assert.equal(status, 1, stdout)
  assert.match(stdout, /a second secret that no version names; the current value works/)
  assert.match(stdout, /✓ live probe/)
  assert.match(stdout, /\nThe stage file is written\. Next: fix what is said above/)
  assert.ok(existsSync(fileOf('beside')))
})

test('an app client without a secret, and a pool without a domain, are named beforehand', {
  timeout: hangMs,
}, async (t) => {
  world.switchboard.breakWith('client_without_secret')
  t.after(() => world.switchboard.restore())
  const refused = await init(toWords('none', webClient, '--yes'))
  assert.equal(refused.status, 2)
  assert.match(refused.stderr, /^- the app client has no secret/)
})
