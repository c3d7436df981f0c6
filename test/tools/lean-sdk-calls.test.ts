// What the SDK makes of answers, in the form that the bundles have and as it is published: the same.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import * as cognito from '@aws-sdk/client-cognito-identity-provider'
import * as dynamo from '@aws-sdk/client-dynamodb'
import * as secrets from '@aws-sdk/client-secrets-manager'
import { build } from 'esbuild'
import { builtinModules } from '../../tools/builtin-modules.ts'
import { leanSdk } from '../../tools/lean-sdk.ts'
import { type LoopbackServer, openHttpServer } from '../fixtures/adapters/loopback-servers.ts'

const root = join(import.meta.dirname, '..', '..')
const published = { secrets, dynamo, cognito }
type Sdk = typeof published
/** The same three, for the bundle. */
const contents = `export * as secrets from '@aws-sdk/client-secrets-manager'
  export * as dynamo from '@aws-sdk/client-dynamodb'
  export * as cognito from '@aws-sdk/client-cognito-identity-provider'`

interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

let lean: Sdk
let server: LoopbackServer
let answers: Answer[] = []
/** What was asked: the path, the headers that say the same each time, and the body. */
let asked: unknown[] = []
const closings: (() => unknown)[] = []

before(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lean-sdk-'))
  closings.push(() => rmSync(folder, { recursive: true }))
  await build({
    stdin: { contents, resolveDir: root },
    ...{ outdir: folder, outExtension: { '.js': '.mjs' }, bundle: true, splitting: true },
    ...{ format: 'esm', platform: 'node', mainFields: ['module', 'main'], logLevel: 'error' },
    plugins: [builtinModules, leanSdk(root)],
  })
  lean = await import(pathToFileURL(join(folder, 'stdin.mjs')).href)
  const ending = { after: (close: () => unknown) => closings.push(close) }
  server = await openHttpServer(ending, async (request, response) => {
    const body = (await request.toArray()).join('')
    const { host, authorization = '', ...headers } = request.headers
    const steady = ['content-length', 'content-type', 'x-amz-security-token', 'x-amz-target']
    const sent = steady.map((name) => headers[name])
    asked.push([request.method, request.url, host, authorization.split('/')[0], ...sent, body])
    const { status = 200, headers: given = {}, body: text } = answers.shift() ?? { body: '' }
    response.writeHead(status, { 'x-amzn-requestid': 'r-1', ...given }).end(text)
  })
})
after(() => closings.map((close) => close()))

const config = {
  ...{ region: 'eu-central-1', maxAttempts: 1 },
  credentials: { accessKeyId: 'id', secretAccessKey: 'key', sessionToken: 'token' },
}
type Changes = Partial<typeof config> & { readonly retryMode?: string; readonly path?: string }

const calls = {
  secret: ({ secrets: sdk }: Sdk, given: object) =>
    new sdk.SecretsManagerClient(given).send(new sdk.GetSecretValueCommand({ SecretId: 'hö"st' })),
  versions: ({ secrets: sdk }: Sdk, given: object) =>
    new sdk.SecretsManagerClient(given).send(new sdk.DescribeSecretCommand({ SecretId: 's' })),
  row: ({ dynamo: sdk }: Sdk, given: object) =>
    new sdk.DynamoDBClient(given).send(
      new sdk.GetItemCommand({ TableName: 't', Key: { digest: { S: 'é' } } }),
    ),
  client: ({ cognito: sdk }: Sdk, given: object) =>
    new sdk.CognitoIdentityProviderClient(given).send(
      new sdk.DescribeUserPoolClientCommand({ UserPoolId: 'eu-central-1_a', ClientId: 'c' }),
    ),
} as const

/** What a call came to, and what was asked for it. */
async function run(sdk: Sdk, call: keyof typeof calls, given: readonly Answer[], changes: Changes) {
  answers = [...given]
  asked = []
  const { path = '', ...others } = changes
  const endpoint = `http://127.0.0.1:${server.port}${path}`
  const outcome = await calls[call](sdk, { ...config, endpoint, ...others }).then(toSeen, toSeen)
  return { outcome, asked }
}

function toSeen(outcome: object): unknown {
  const { $metadata, ...fields } = Object(outcome)
  const { totalRetryDelay: _, ...metadata } = Object($metadata)
  if (!(outcome instanceof Error)) return { fields, metadata }
  const isOfSecrets = [lean, published].some(
    ({ secrets: { SecretsManagerServiceException: its } }) => outcome instanceof its,
  )
  return { ...fields, name: outcome.name, message: outcome.message, isOfSecrets, metadata }
}

const json = (value: unknown, status = 200, headers = {}): Answer => ({
  ...{ status, headers: { 'content-type': 'application/x-amz-json-1.1', ...headers } },
  body: typeof value === 'string' ? value : JSON.stringify(value),
})
const busy = (headers = {}) => json({ message: 'busy' }, 503, headers)
const good = json({ SecretString: 'good' })
const twice = { maxAttempts: 2 }
const seconds = 1_700_000_000.123

type Case = readonly [string, keyof typeof calls, readonly Answer[], Changes?]

const cases: readonly Case[] = [
  ['a secret', 'secret', [json({ SecretString: '\u2028"\\ü', CreatedDate: seconds, ARN: null })]],
  ['64 KiB with escapes', 'secret', [json({ SecretString: '\u0001"'.repeat(32_768) })]],
  ['an empty answer', 'secret', [json('')]],
  ['an answer of null', 'secret', [json('null')]],
  ['HTML', 'secret', [json('<html>')]],
  ['a byte order mark', 'secret', [json('\ufeff{}')]],
  [
    'versions with their stages',
    'versions',
    [json({ VersionIdsToStages: { v: ['AWSCURRENT'] }, LastChangedDate: `${seconds}` })],
  ],
  [
    'a row',
    'row',
    [
      json({
        Item: { n: { N: '12345678901234567890' }, m: { M: { l: { L: [{ BOOL: true }] } } } },
      }),
    ],
  ],
  ['no row', 'row', [json({})]],
  [
    'a client',
    'client',
    [json({ UserPoolClient: { CreationDate: seconds, RefreshTokenRotation: { Feature: 'X' } } })],
  ],
  ['HTML of a server that is down', 'secret', [json('<html>', 503), good], twice],
  ['an error and then a secret', 'secret', [busy(), good], twice],
  ['two errors', 'secret', [busy(), busy()], twice],
  ['a hint in milliseconds', 'secret', [busy({ 'x-amz-retry-after': '60' }), good], twice],
  ['retries that adapt', 'secret', [busy(), good], { ...twice, retryMode: 'adaptive' }],
  ['a redirect', 'secret', [json('', 302, { location: 'http://a.example' })]],
  ['an endpoint with a path', 'secret', [good], { path: '/base/path' }],
  ...[
    ...['ResourceNotFoundException', 'a.b#ResourceNotFoundException', 'Unheard', undefined],
    ...['ResourceNotFoundException:http://a', 'AccessDeniedException', 'ThrottlingException'],
    ...['ConditionalCheckFailedException', 'DecryptionFailure', 'ExpiredTokenException'],
  ].flatMap((__type) =>
    (['secret', 'row', 'client'] as const).map(
      (call) => [`${__type} of a ${call}`, call, [json({ __type, Message: 'm' }, 400)]] as const,
    ),
  ),
  ['a code in a header', 'secret', [json({}, 400, { 'x-amzn-errortype': 'DecryptionFailure:x' })]],
  ['a code in a field', 'client', [json({ code: 'a#ResourceNotFoundException' }, 400)]],
  ['an error of a query', 'client', [json({}, 400, { 'x-amzn-query-error': 'X;Sender' })]],
  ['an error that is a list', 'secret', [json('[1]', 400)]],
  ['an error without a body', 'secret', [json('', 400)]],
]

for (const [says, call, given, changes = {}] of cases) {
  test(`${says}: the SDK in the bundles asks and reads as the published one`, async () => {
    const ours = await run(lean, call, given, changes)
    assert.deepEqual(ours, await run(published, call, given, changes))
    assert.ok(ours.asked.length > 0)
  })
}

test('the SDK in the bundles waits as long as a date in Retry-After says', async (t) => {
  const waits: number[] = []
  const hintMs = 4000
  // A date has whole seconds. The clock stands, so that the wait is the same however long the call takes.
  const nowMs = Math.floor(Date.now() / 1000) * 1000
  t.mock.method(Date, 'now', () => nowMs)
  const { setTimeout: wait } = globalThis
  t.mock.method(globalThis, 'setTimeout', (go: () => void, ms = 0, ...rest: unknown[]) => {
    if (ms === hintMs) waits.push(ms)
    return wait(go, ms === hintMs ? 0 : ms, ...rest)
  })
  for (const sdk of [lean, published]) {
    const date = new Date(nowMs + hintMs).toUTCString()
    const { outcome } = await run(sdk, 'secret', [busy({ 'retry-after': date }), good], twice)
    assert.equal(Object(outcome).fields.SecretString, 'good')
  }
  assert.deepEqual(waits, [hintMs, hintMs])
})
