import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { openCloudTrail } from '../../local/aws/cloud-trail.ts'
import { type AwsEndpoints, openAwsEndpoints } from '../../local/aws/endpoints.ts'
import { openLogEvents } from '../../local/aws/log-events.ts'
import { openSecretStore } from '../../local/aws/secrets/store.ts'
import { openUserPool } from '../../local/user-pool/user-pool.ts'
import { demoClients, demoUsers, region, toPoolConfig } from '../../local/world-config.ts'
import { toFullExplanation } from '../../runbook/explanation.ts'
import { toExplanationText } from '../../runbook/explanation-text.ts'
import { lookInAws } from '../../tools/explain/look-in-aws.ts'
import { readStage } from '../../tools/stage-file.ts'
import { openHttpServer } from '../fixtures/adapters/loopback-servers.ts'
import { installAwsCli } from '../fixtures/end-to-end/installed-aws-cli.ts'
import { runScript } from '../fixtures/end-to-end/run-script.ts'

const guard = pathToFileURL(join(import.meta.dirname, '..', 'loopback-only.ts')).href
const home = mkdtempSync(join(tmpdir(), 'explain-'))
const awsCli = installAwsCli()
after(() => {
  rmSync(home, { recursive: true, force: true })
  awsCli.remove()
})

const clientId = demoClients[0]?.clientId ?? ''
const redirectUri = 'https://app.example/callback'

/** An account with the embedded user pool and the log groups of the example stage. */
async function openAccount(t: TestContext, more: object = {}) {
  const config = toPoolConfig()
  const logs = openLogEvents('dev')
  const trail = openCloudTrail(config.poolId, region)
  const aws = await openAwsEndpoints({
    ...{ port: 0, secrets: openSecretStore(), pools: [config], region, logs, trail },
    ...more,
  })
  t.after(aws.close)
  const pool = await openUserPool({ port: 0, issuerUrl: aws.url, config, users: demoUsers })
  t.after(pool.close)
  for (const client of config.appClients) client.callbackUrls.push(redirectUri)
  return { aws, logs, config, domain: pool.domainUrl }
}

const credentials = { AWS_ACCESS_KEY_ID: 'loopback', AWS_SECRET_ACCESS_KEY: 'loopback' }

/** Where the SDK and the CLI find the account. */
const toEndpoints = ({ url }: Pick<AwsEndpoints, 'url'>) => ({
  ...credentials,
  AWS_ENDPOINT_URL: url,
  AWS_ENDPOINT_URL_CLOUDTRAIL: url,
})

/** Looks as the command does, in this process. */
async function look(aws: Pick<AwsEndpoints, 'url'>, pasted: string, isAsked = false) {
  Object.assign(process.env, toEndpoints(aws), { PATH: awsCli.path })
  const read = readStage('dev')
  assert.ok(read.ok)
  const stage = isAsked ? { name: 'dev', stage: read.stage } : undefined
  const requestId = isAsked ? 'known-1' : undefined
  const found = await lookInAws({ pasted, requestId, stage, hours: 24, say: () => {} })
  const full = toFullExplanation(found.explanation, found.looked)
  return { ...found, text: toExplanationText(full), json: JSON.stringify(full) }
}

/** Runs the command with credentials for the account, or without any. */
async function explain(
  aws: Pick<AwsEndpoints, 'url'> | undefined,
  words: readonly string[],
  input = '',
) {
  const env = {
    ...{ PATH: awsCli.path, HOME: home, NODE_OPTIONS: `--import=${guard}` },
    AWS_EC2_METADATA_DISABLED: 'true',
    ...(aws === undefined ? {} : toEndpoints(aws)),
  }
  const ended = await runScript(['tools/explain.ts', ...words], { env, input })
  return { ...ended, all: ended.stdout + ended.stderr }
}

const record = JSON.stringify({
  ...{ outcome: 'failed', request_id: 'known-1', client: 'web', cause: 'waf_blocked' },
  ...{ certainty: 'proved', status: 502 },
})
const ask = ['--stage', 'dev', '--request-id', 'known-1']

const toExchange = (domain: string, more = '') =>
  `curl ${domain}/oauth2/token -d grant_type=authorization_code -d client_id=${clientId} -d code=CODE -d redirect_uri=${redirectUri} ${more}\n{"error":"unauthorized_client"}`

test('the record of a request is found by its id and explained, however late it comes', async (t) => {
  const { aws, logs } = await openAccount(t)
  const early = await explain(aws, ask)
  assert.equal(early.status, 1, early.all)
  assert.match(
    early.stdout,
    /^Looked in AWS, read only:\n {2}the record: no record of the last 24 hours has this id\. A record arrives/,
  )
  assert.match(early.stdout, /aws logs filter-log-events/)
  logs.take(record)
  const late = await explain(aws, ask)
  assert.equal(late.status, 0, late.all)
  assert.match(late.stdout, /^It is proved: waf_blocked\.$/m)
  assert.match(late.stdout, /the record: in \/aws\/lambda\/token-proxy-dev-oauth2, of 20/)
})

test('the app client that a text names decides between the reasons, and its ids are in the commands', async (t) => {
  const { aws, config, domain } = await openAccount(t)
  const client = config.appClients.find((one) => one.clientId === clientId)
  assert.ok(client !== undefined)
  client.allowedOAuthFlowsUserPoolClient = false
  const { status, stdout, all } = await explain(aws, [], toExchange(domain))
  assert.equal(status, 0, all)
  assert.match(stdout, /^1\. oauth_flows_disabled \(likely\)$/m)
  assert.match(stdout, /Seen: Looked: AllowedOAuthFlowsUserPoolClient: false\.$/m)
  assert.match(stdout, /ruled out, as it is now: callback_not_registered/)
  assert.match(stdout, new RegExp(`--user-pool-id ${config.poolId} --client-id ${clientId}`))
  assert.doesNotMatch(stdout, /proved/)
  client.allowedOAuthFlowsUserPoolClient = true
  const repaired = await look(aws, toExchange(domain))
  assert.match(repaired.text, /ruled out, as it is now: oauth_flows_disabled \(OAuth is on\)/)
})

test('the JSON has what was looked at', async (t) => {
  const { aws, config, domain } = await openAccount(t)
  const { stdout } = await explain(aws, ['--json'], toExchange(domain))
  const { looked } = JSON.parse(stdout)
  assert.equal(looked.appClient.userPoolId, config.poolId)
  assert.equal(looked.record, null)
  assert.ok(looked.appClient.checks.some((check: { name: string }) => check.name === 'code_flow'))
  assert.ok(looked.ruledOut.length > 1)
})

test('with --offline, and where the text names nothing, AWS is asked nothing', async (t) => {
  const { aws, domain } = await openAccount(t)
  const offline = await explain(aws, ['--offline'], toExchange(domain))
  assert.equal(offline.status, 0)
  await explain(aws, ['--offline', ...ask])
  await explain(aws, ['invalid_client'])
  assert.deepEqual(aws.calls, [])
})

test('whatever cannot be looked at is said, and the text is explained in any case', async (t) => {
  const { aws, domain } = await openAccount(t)
  const refuse = (target: string, type: string) =>
    aws.refuse(target, { type, message: 'canary-of-aws', status: 400 })
  const filter = 'Logs_20140328.FilterLogEvents'
  const refusals: readonly [type: string, why: RegExp][] = [
    ['AccessDeniedException', /these credentials may not logs:FilterLogEvents/],
    ['ThrottlingException', /too many searches at the moment/],
    ['ResourceNotFoundException', /there is no log group .* is the stage deployed there/],
    ['InternalFailure', /did not answer \(InternalFailure\): try again/],
  ]
  for (const [type, why] of refusals) {
    refuse(filter, type)
    const { text, looked } = await look(aws, '', true)
    assert.match(text, why)
    assert.ok(looked?.record?.ok === false && looked.record.isAbsent === undefined)
    assert.doesNotMatch(text, /canary-of-aws/)
  }
  const owner = 'AWSCognitoIdentityProviderService.DescribeUserPoolDomain'
  refuse(owner, 'AccessDeniedException')
  const unowned = await look(aws, toExchange(domain))
  assert.match(unowned.text, /may not cognito-idp:DescribeUserPoolDomain/)
  assert.match(unowned.text, /redirect_uri_mismatch/)
  aws.refuse(owner)
  aws.denyCognito(true)
  const unread = await look(aws, toExchange(domain, 'eu-central-1_Embedded1'))
  assert.match(unread.text, /could not look: .*no permission/)
  assert.match(unread.text, /redirect_uri_mismatch/)
})

test('without credentials that is said, and nothing else is waited for', async (t) => {
  const { domain } = await openAccount(t)
  const named = await explain(undefined, [], toExchange(domain))
  assert.equal(named.status, 0)
  assert.match(named.stdout, /could not look: .*no AWS credentials could be had/)
  const asked = await explain(undefined, ask)
  assert.equal(asked.status, 2)
  assert.match(asked.stdout, /no AWS credentials could be had/)
})

test('nothing is sent to a domain that only the text names', async (t) => {
  const { aws } = await openAccount(t, { poolOfDomain: () => undefined })
  const server = await openHttpServer(t, (_request, response) => response.end())
  const { text } = await look(aws, toExchange(`http://127.0.0.1:${server.port}`))
  assert.match(text, /no user pool of this account and Region has the domain/)
  assert.equal(server.connections(), 0)
})

test('no credential of a text is in what is looked at or said', async (t) => {
  const { aws, domain } = await openAccount(t)
  const secret = '1a2b3c4d5e6f7g8h9i0j1k2l3m4n5o6p7q8r9s0t1u2v3w4x5y6z'
  const texts = [
    toExchange(domain, `-d client_secret=${secret}`),
    toExchange(domain).replace(clientId, secret),
    toExchange(domain).replace(redirectUri, `${redirectUri}/${secret}`),
    toExchange(domain).replace(redirectUri, `https://app.example/?code=${secret}`),
    toExchange(domain, `-H 'Authorization: Basic ${btoa(`${clientId}:${secret}`)}'`),
  ]
  for (const pasted of texts) {
    const { text, json } = await look(aws, pasted)
    assert.ok(!`${text}${json}`.includes(secret), text)
  }
  assert.ok(!JSON.stringify(aws.calls).includes(secret))
})

test('a record that somebody else wrote shows no escape on the terminal', async (t) => {
  const { aws, logs } = await openAccount(t)
  const odd = { request_id: 'known-1', cause: 'waf_blocked\u001b[31m', outcome: 'failed' }
  logs.take(JSON.stringify(odd))
  const { text } = await look(aws, '', true)
  assert.ok(!text.includes('\u001b'))
})
