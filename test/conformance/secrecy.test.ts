import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { type Canaries, openCanaries } from '../fixtures/conformance/canaries.ts'
import { openDirectHandler, toEvent } from '../fixtures/conformance/direct-handler.ts'
import { upstreamFaults } from '../fixtures/conformance/faults.ts'
import {
  type Call,
  codeGrant,
  openProxy,
  type Reply,
  refreshGrant,
  type TestedProxy,
  toEnvironment,
  webClient,
} from '../fixtures/conformance/proxy.ts'
import type { Behaviour, ScriptedAnswer } from '../fixtures/conformance/scripted-upstream.ts'
import { secretFaults } from '../fixtures/conformance/secret-faults.ts'

const loud = {
  POWERTOOLS_LOG_LEVEL: 'DEBUG',
  AWS_LAMBDA_LOG_LEVEL: 'TRACE',
  POWERTOOLS_LOGGER_LOG_EVENT: 'true',
}

async function open(t: TestContext, env: Readonly<Record<string, string>>) {
  const proxy = await openProxy({
    env: { TOKEN_PROXY_DEADLINE_MS: '2000', TOKEN_PROXY_SECRET_TIMEOUT_MS: '1500', ...env },
    clients: (web) => [
      web,
      ...secretFaults.map(({ client }) => ({
        ...web,
        name: client,
        clientId: client,
        secretId: client,
      })),
    ],
  })
  t.after(() => proxy.close())
  const canaries = openCanaries()
  canaries.add('secret', proxy.secret)
  const basic = Buffer.from(`${webClient.clientId}:${proxy.secret}`).toString('base64')
  // Its first characters are those of the public client id.
  canaries.add('Basic value', basic.slice(40))
  return { proxy, canaries }
}

/** A code exchange or refresh whose every value but the public ones is a canary. */
function toGrant(canaries: Canaries, isCode: boolean, overrides = {}) {
  const extra = { scope: canaries.make('scope'), aws_client_metadata: canaries.make('metadata') }
  const verifier = canaries.add('verifier', codeGrant()['code_verifier'] ?? '')
  return isCode
    ? codeGrant({ code: canaries.make('code'), code_verifier: verifier, ...extra, ...overrides })
    : refreshGrant({ refresh_token: canaries.make('refresh token'), ...extra, ...overrides })
}

const toHeaders = (canaries: Canaries) => ({
  cookie: `session=${canaries.make('cookie')}`,
  'user-agent': canaries.make('user agent'),
  'x-anything': canaries.make('header'),
  'x-token-proxy-edge-key': canaries.make('edge key'),
})

const toTokens = (canaries: Canaries) => ({
  access_token: canaries.make('access token'),
  id_token: canaries.make('id token'),
  refresh_token: canaries.make('new refresh token'),
  token_type: 'Bearer',
  expires_in: 3600,
})

/** The same failure, with canaries wherever an answer has room for them. */
function withCanaries(behaviour: Behaviour, canaries: Canaries): Behaviour {
  if (typeof behaviour !== 'object' || !('status' in behaviour)) return behaviour
  const fields =
    typeof behaviour.body === 'object' && !Buffer.isBuffer(behaviour.body)
      ? behaviour.body
      : undefined
  const body = fields && {
    ...toTokens(canaries),
    error_description: canaries.make('description'),
    ...fields,
    access_token: 1,
  }
  const answer: ScriptedAnswer = {
    ...behaviour,
    headers: {
      'set-cookie': `XSRF-TOKEN=${canaries.make('upstream cookie')}`,
      'x-upstream': canaries.make('upstream header'),
      'x-amz-cognito-request-id': `${canaries.make('request id')}`,
      ...behaviour.headers,
    },
    body: body ?? `${behaviour.body ?? ''}${canaries.make('upstream body')}`,
  }
  return answer
}

const toText = (reply: Reply) => `${JSON.stringify(reply.headers)}\n${reply.raw}`

async function assertSilent(proxy: TestedProxy, canaries: Canaries, call: Call, says: string) {
  const reply = await proxy.send({ ...call, headers: { ...toHeaders(canaries), ...call.headers } })
  assert.deepEqual(canaries.findIn(toText(reply)), [], says)
  assert.notEqual(reply.status, 200, says)
}

for (const [level, env] of [
  ['usual', {}],
  ['loudest', loud],
] as const) {
  test(`no credential is in any line, header or failure at the ${level} log level (OBS-01)`, async (t) => {
    const { proxy, canaries } = await open(t, env)
    for (const isCode of [true, false]) {
      for (const { says, behaviour } of upstreamFaults) {
        proxy.upstream.script(withCanaries(behaviour, canaries))
        await assertSilent(proxy, canaries, { body: toGrant(canaries, isCode) }, says)
      }
    }
    for (const { says, client, breakStore } of secretFaults) {
      breakStore(proxy.secrets, client)
      await assertSilent(
        proxy,
        canaries,
        { body: toGrant(canaries, true, { client_id: client }) },
        says,
      )
      proxy.secrets.restore()
    }
    assert.deepEqual(canaries.findIn(proxy.lines().join('\n')), [])
    assert.equal(proxy.records().length, 2 * upstreamFaults.length + secretFaults.length)
  })
}

test('no value of a refused request is in any line or answer (OBS-01)', async (t) => {
  const { proxy, canaries } = await open(t, loud)
  const secrets = ['client_secret', 'client_assertion', 'assertion', 'username', 'password']
  const names = [...secrets, 'grant_type', 'client_id', 'redirect_uri', 'code_verifier']
  for (const name of names) {
    const body = toGrant(canaries, true, { [name]: canaries.make(name) })
    await assertSilent(proxy, canaries, { body }, name)
  }
  const body = toGrant(canaries, true)
  for (const name of ['authorization', 'dpop', 'origin', 'content-type', 'content-encoding']) {
    const headers = { [name]: canaries.make(name) }
    await assertSilent(proxy, canaries, { body, headers }, name)
  }
  const inPath = encodeURIComponent(canaries.make('path'))
  for (const path of [`/${inPath}`, `/oauth2/token?code=${inPath}`, `/oauth2/token?${inPath}`]) {
    await assertSilent(proxy, canaries, { body, path }, path)
  }
  await assertSilent(
    proxy,
    canaries,
    { body: { [canaries.make('name').slice(0, 20)]: 'x' } },
    'a name',
  )
  await assertSilent(proxy, canaries, { body: canaries.make('raw body') }, 'a raw body')
  assert.deepEqual(canaries.findIn(proxy.lines().join('\n')), [])
  assert.equal(proxy.upstream.requests.length, 0)
})

test('tokens are in the body of their own answer and nowhere else (SEC-15, SEC-17)', async (t) => {
  const { proxy, canaries } = await open(t, loud)
  for (const isCode of [true, false, true, false]) {
    const tokens = toTokens(canaries)
    const body = {
      ...tokens,
      error_description: canaries.make('description'),
      secret: canaries.make('extra'),
    }
    proxy.upstream.script({ status: 200, headers: { 'set-cookie': canaries.make('cookie') }, body })
    const reply = await proxy.send({
      body: toGrant(canaries, isCode),
      headers: toHeaders(canaries),
    })
    assert.deepEqual(reply.body, tokens)
    assert.deepEqual(canaries.findIn(JSON.stringify(reply.headers)), [])
    const rest = Object.values(tokens).reduce<string>(
      (text, token) => text.replaceAll(`"${token}"`, ''),
      reply.raw,
    )
    assert.deepEqual(canaries.findIn(rest), [])
  }
  assert.deepEqual(canaries.findIn(proxy.lines().join('\n')), [])
  assert.equal(proxy.records().filter((record) => record['outcome'] === 'ok').length, 4)
})

test('nothing of a request is shown by a crash, an early end or an overload (SEC-19)', async (t) => {
  const canaries = openCanaries()
  const nowhere = 'http://127.0.0.1:1'
  const env = { ...toEnvironment(nowhere, [{ ...webClient, domain: nowhere }]), ...loud }
  const handler = openDirectHandler({ ...env, TOKEN_PROXY_MOST_IN_FLIGHT: '1' })
  t.after(() => handler.close())
  const event = () => toEvent(new URLSearchParams(toGrant(canaries, true)).toString())
  const answers = [
    ...(await handler.invoke([{ event: event(), trap: 'first_clock_call' }])),
    ...(await handler.invoke([{ event: event(), remainingMs: 0 }])),
    ...(await handler.invoke([{ event: event() }, { event: event() }])),
  ]
  assert.deepEqual(canaries.findIn(JSON.stringify(answers)), [])
  assert.deepEqual(canaries.findIn(handler.lines().join('\n')), [])
})

test('an environment that has Node.js print what it sends is refused: it prints credentials, too', async (t) => {
  const { proxy, canaries } = await open(t, { NODE_DEBUG: 'http,net' })
  const reply = await proxy.send({ body: toGrant(canaries, true) })
  assert.deepEqual(canaries.findIn(proxy.lines().join('\n')), [])
  assert.deepEqual([reply.status, proxy.records()[0]?.['cause']], [503, 'config_invalid'])
})

test('the scan would find a canary in each of its forms', async (t) => {
  const { proxy, canaries } = await open(t, {})
  const value = canaries.make('value')
  const bytes = Buffer.from(value)
  const texts = [
    `a ${value} b`,
    value.slice(0, 8),
    value.slice(-8),
    encodeURIComponent(value),
    bytes.toString('hex'),
    bytes.toString('base64'),
    bytes.toString('base64url'),
    ...['', 'x', 'xx', 'xxx'].map((start) => Buffer.from(`${start}${value}`).toString('base64')),
  ]
  for (const text of texts) assert.notDeepEqual(canaries.findIn(text), [], text)
  proxy.upstream.script({ status: 200, body: toTokens(canaries) })
  const reply = await proxy.send({ body: toGrant(canaries, true) })
  const found = canaries.findIn(toText(reply)).join()
  for (const name of ['access token', 'id token', 'new refresh token'])
    assert.ok(found.includes(name))
  const [seen] = proxy.upstream.requests
  const sent = canaries.findIn(`${seen?.rawHeaders.join()}${seen?.body}`).join()
  for (const name of ['secret', 'Basic value', 'code', 'verifier'])
    assert.ok(sent.includes(name), name)
})
