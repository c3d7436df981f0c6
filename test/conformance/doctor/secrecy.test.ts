import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { toRoundText } from '../../../tools/doctor-text.ts'
import { type Canaries, openCanaries } from '../../fixtures/conformance/canaries.ts'
import { type Environment, runDoctor } from '../../fixtures/conformance/doctor-doors.ts'
import {
  type DoctorStage,
  openDoctorStage,
  type Said,
} from '../../fixtures/conformance/doctor-stage.ts'
import { webClient } from '../../fixtures/conformance/proxy.ts'
import type { ScriptedAnswer } from '../../fixtures/conformance/scripted-upstream.ts'

const { secretId } = webClient

/** Opens a stage on which whatever is secret is a canary: the app client's secret, and our own to AWS. */
async function open(t: TestContext) {
  const canaries = openCanaries()
  const secret = toSecret(canaries, 'client secret')
  const stage = await openDoctorStage(secret)
  t.after(() => stage.close())
  const env = {
    AWS_SECRET_ACCESS_KEY: canaries.make('secret access key'),
    AWS_SESSION_TOKEN: canaries.make('session token'),
    POWERTOOLS_LOG_LEVEL: 'DEBUG',
  }
  return { stage, canaries, env, secret }
}

/** A secret, and the Basic value that is made of it, from where the public client id in it ends. */
function toSecret(canaries: Canaries, name: string): string {
  const secret = canaries.make(name)
  const basic = Buffer.from(`${webClient.clientId}:${secret}`).toString('base64')
  canaries.add(`Basic value of the ${name}`, basic.slice(40))
  return secret
}

/** What was said by every door but the table, which says the round of the JSON in other words. */
type SaidOnce = Omit<Said, 'table'> & Partial<Pick<Said, 'table'>>

const toTexts = ({ round, lines, page, table, json }: SaidOnce) => ({
  'what the function returns': JSON.stringify(round),
  'what the function writes': lines.join('\n'),
  'what the local page is told': page,
  'the table': table ? `${table.out}\n${table.err}` : toRoundText(JSON.parse(json.out)),
  'the JSON': `${json.out}\n${json.err}`,
})

/** No door may be silent or show a canary. */
function assertSecrecy(canaries: Canaries, said: SaidOnce): void {
  for (const [door, text] of Object.entries(toTexts(said))) {
    assert.ok(text.length > 20, `${door}: ${text}`)
    assert.deepEqual(canaries.findIn(text), [], door)
  }
}

const knock = (stage: DoctorStage, env: Environment) =>
  stage.knockWith(env, 'round', 'page', 'json')

const setSecrets = ({ client }: DoctorStage, ...values: readonly string[]) => {
  client.secrets = values.map((value, index) => ({
    id: `id-${index}`,
    value,
    createdAtSeconds: 1_700_000_000 + index,
  }))
}

type Spoil = (stage: DoctorStage, canaries: Canaries, secret: string) => void

const brokenClients: Readonly<Record<string, Spoil>> = {
  'nothing is broken': () => {},
  'the described secret is another': (stage, canaries) =>
    setSecrets(stage, toSecret(canaries, 'described secret')),
  'two other secrets are active': (stage, canaries) =>
    setSecrets(stage, toSecret(canaries, 'older secret'), toSecret(canaries, 'newer secret')),
  'the app client has no secret': (stage) => setSecrets(stage),
  'the calls that fix it carry the whole configuration': ({ client }) => {
    client.allowedOAuthFlows = []
    client.allowedOAuthFlowsUserPoolClient = false
    client.callbackUrls = []
    client.supportedIdentityProviders = []
  },
  'the app client is gone': ({ config }) => {
    config.appClients = []
  },
  'the domain belongs to another pool': ({ config }) => {
    config.domainPoolId = 'eu-central-1_Another01'
  },
}

const brokenSecrets: Readonly<Record<string, Spoil>> = {
  'the stored secret is another': ({ secrets }, canaries) => {
    secrets.put(secretId, toSecret(canaries, 'stored secret'))
  },
  'the stored secret is cut off': ({ secrets }, _canaries, secret) => {
    secrets.put(secretId, `{"client_secret":"${secret}`)
  },
  'the stored secret stands under another name': ({ secrets }, _canaries, secret) => {
    secrets.put(secretId, JSON.stringify({ [secret]: secret, value: secret }))
  },
  'the stored secret is of another client': ({ secrets }, _canaries, secret) => {
    secrets.put(secretId, JSON.stringify({ client_id: secret, client_secret: secret }))
  },
  'the stored secret has a line break': ({ secrets }, _canaries, secret) => {
    secrets.put(secretId, `${secret}\n${secret}`)
  },
  'the secret may not be read': ({ secrets }) => secrets.breakWith('secret_denied'),
}

for (const [says, spoil] of Object.entries({ ...brokenClients, ...brokenSecrets })) {
  test(`no door shows a credential while ${says} (OBS-01)`, async (t) => {
    const { stage, canaries, env, secret } = await open(t)
    spoil(stage, canaries, secret)
    assertSecrecy(canaries, await knock(stage, env))
  })
}

/** Answers of the token endpoint that are full of what must not be shown. */
function toAnswers(canaries: Canaries, secret: string): readonly ScriptedAnswer[] {
  const tokens = Object.fromEntries(
    ['access_token', 'id_token', 'refresh_token'].map((name) => [name, canaries.make(name)]),
  )
  const headers = { 'set-cookie': canaries.make('cookie'), location: `https://${secret}.example/` }
  const error_description = canaries.make('description')
  const page = `<p>${secret} ${Object.values(tokens).join()}</p>`
  return [
    { status: 200, headers, body: { ...tokens, token_type: 'Bearer', expires_in: 3600 } },
    { status: 200, headers, body: page },
    { status: 302, headers, body: page },
    { status: 403, headers, body: page },
    { status: 500, headers, body: { ...tokens, error: secret, error_description } },
    { status: 400, headers, body: { ...tokens, error: secret, error_description } },
    { status: 400, headers, body: { error: 'invalid_client', error_description, secret } },
  ]
}

test('no door shows a credential that the token endpoint sends back (OBS-01)', async (t) => {
  const { stage, canaries, env, secret } = await open(t)
  const answers = toAnswers(canaries, secret)
  for (const answer of answers) {
    stage.answerWith(answer)
    const said = await knock(stage, env)
    assertSecrecy(canaries, said)
    assert.equal(said.json.code, 1, 'none of these answers is that of a sound client')
  }
  assert.equal(stage.probes.length, 3 * answers.length, 'each door has sent its probe')
})

test('no door shows a credential that is in the wrong place of settings or arguments (OBS-01)', async (t) => {
  const { stage, canaries, env, secret } = await open(t)
  const misplaced: readonly Environment[] = [
    stage.withClient({ clientSecret: secret }),
    stage.withClient({ [secret]: true }),
    stage.withClient({ secretId: `~${secret}`, domain: `https://${secret}@x.example` }),
    { TOKEN_PROXY_CLIENTS: secret },
    { TOKEN_PROXY_DEADLINE_MS: secret },
  ]
  for (const change of misplaced) {
    const said = await stage.knockAtAll({ ...env, ...change })
    assertSecrecy(canaries, said)
    assert.deepEqual([said.json.code, said.table.code], [1, 1])
  }
  for (const args of [[secret], ['--client', secret], [`--${secret}`]]) {
    const { code, out, err } = await runDoctor(args, stage.env)
    assert.deepEqual([code, canaries.findIn(out + err)], [2, []])
  }
  const half = { ...stage.env, ...env, AWS_ACCESS_KEY_ID: '', AWS_EC2_METADATA_DISABLED: 'true' }
  const { code, err } = await runDoctor([], { ...half, HOME: '/nonexistent' })
  assert.deepEqual([code, canaries.findIn(err)], [2, []])
})

test('the scan looks where the doctor speaks, and would find a credential in each form (positive control)', async (t) => {
  const { stage, canaries, env, secret } = await open(t)
  const control = openCanaries()
  const seen = control.add('callback', `${secret}-in-a-callback`)
  stage.client.callbackUrls.push(`https://app.example/${seen}`)
  const said = await stage.knockAtAll(env)
  // Two runs may see the clock of Cognito a second apart.
  const withoutClock = (text: string) => text.replace(/\d+ s from/, '… s from').trimEnd()
  const inOtherWords = toRoundText(JSON.parse(said.json.out))
  assert.equal(withoutClock(said.table.out), withoutClock(inOtherWords))
  const { 'what the function writes': lines, ...shown } = toTexts(said)
  for (const [door, words] of Object.entries(shown)) {
    assert.ok(control.findIn(words).includes('callback (plain)'), door)
    assert.ok(canaries.findIn(words).includes('client secret (first 8 characters)'), door)
  }
  assert.match(lines, /"check_result":"ok"/)
  const bytes = Buffer.from(secret)
  const basic = Buffer.from(`${webClient.clientId}:${secret}`).toString('base64')
  const forms = [secret, secret.slice(0, 8), encodeURIComponent(secret), bytes.toString('hex')]
  for (const form of [...forms, bytes.toString('base64'), basic]) {
    assert.notDeepEqual(canaries.findIn(`a ${form} b`), [], form)
  }
  assert.ok(
    canaries.findIn(stage.probes.join()).includes('Basic value of the client secret (plain)'),
  )
})
