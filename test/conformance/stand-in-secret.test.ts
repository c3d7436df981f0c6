// What the function does while a rotation is under way and Cognito refuses the current secret.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import test, { type TestContext } from 'node:test'
import { addVersion } from '../../local/aws/secrets/versions.ts'
import { openHttpServer } from '../fixtures/adapters/loopback-servers.ts'
import { toStored } from '../fixtures/conformance/function-world.ts'
import { codeGrant, openProxy, refreshGrant, webClient } from '../fixtures/conformance/proxy.ts'

const tokens = { access_token: 'a', token_type: 'Bearer' }
const newSecret = 'second-secret-0123456789-abcdef'

/** A proxy of one sandbox whose token endpoint takes only the given secrets, and judges codes after them. */
async function openRotating(t: TestContext, env: Readonly<Record<string, string>> = {}) {
  const seen = { taken: new Set<string>(), requests: 0, isGrantGood: true }
  const server = await openHttpServer(t, (request, response) => {
    seen.requests += 1
    const pair = atob((request.headers.authorization ?? '').slice('Basic '.length))
    const isTaken = seen.taken.has(pair.slice(pair.indexOf(':') + 1))
    const error = isTaken ? 'invalid_grant' : 'invalid_client'
    const isWell = isTaken && seen.isGrantGood
    response.writeHead(isWell ? 200 : 400)
    response.end(JSON.stringify(isWell ? tokens : { error }))
  })
  const domain = `http://127.0.0.1:${server.port}`
  const clients = (web: typeof webClient) => [{ ...web, domain }]
  const proxy = await openProxy({ clients, env, concurrency: 1 })
  t.after(() => proxy.close())
  seen.taken.add(proxy.secret)
  const stage = (label: string, value: string) => {
    const stored = proxy.secrets.secrets.get(webClient.secretId)
    assert.ok(stored)
    addVersion(stored, randomUUID(), toStored(webClient.clientId, value), [label])
  }
  /** Sends a request and gives its status, the secret's source, the attempts and the calls of Secrets Manager. */
  const ask = async (body = refreshGrant()) => {
    const calls = proxy.secretCalls()
    const { status } = await proxy.send({ body })
    // What a success leaves out goes without saying.
    const { secret_source = 'cache', attempts = 1 } = proxy.records().at(-1) ?? {}
    return [status, secret_source, attempts, proxy.secretCalls() - calls]
  }
  return { proxy, seen, stage, ask }
}

test('the current secret, gone at Cognito while a rotation waits, is replaced by the pending one', async (t) => {
  const { seen, stage, ask, proxy } = await openRotating(t)
  assert.deepEqual(await ask(), [200, 'fetched', 1, 1])
  stage('AWSPENDING', newSecret)
  seen.taken = new Set([newSecret])
  // One read of the current version, then one of each label.
  assert.deepEqual(await ask(codeGrant()), [200, 'pending', 2, 4])
  assert.deepEqual(await ask(), [200, 'pending', 1, 0])
  const [fetch] = proxy
    .metrics()
    .filter(({ result }) => result === 'pending')
    .map(({ SecretFetches }) => SecretFetches)
  assert.equal(fetch, 1)
})

test('a new secret that Cognito does not know everywhere yet is replaced by the previous one', async (t) => {
  const { stage, ask } = await openRotating(t)
  stage('AWSCURRENT', newSecret)
  assert.deepEqual(await ask(codeGrant()), [200, 'previous', 2, 5])
  assert.deepEqual(await ask(codeGrant()), [200, 'previous', 1, 0])
})

test('a pending secret that Cognito refuses, too, is tried once within the cool-down, and named', async (t) => {
  const { seen, stage, ask, proxy } = await openRotating(t, {
    TOKEN_PROXY_SECRET_REFETCH_COOLDOWN_SECONDS: '600',
  })
  await ask()
  stage('AWSPENDING', newSecret)
  seen.taken.clear()
  assert.deepEqual(await ask(), [502, 'cache', 2, 4])
  assert.deepEqual(proxy.records().at(-1)?.['evidence'], [
    'secret_unchanged',
    'pending_secret_refused',
  ])
  for (let turn = 0; turn < 20; turn += 1) assert.deepEqual(await ask(), [502, 'cache', 1, 0])
})

test('what a stranger sends during a rotation makes the proxy read and try nothing more', async (t) => {
  const { seen, stage, ask, proxy } = await openRotating(t)
  await ask()
  stage('AWSPENDING', newSecret)
  seen.isGrantGood = false
  const before = [seen.requests, proxy.secretCalls()]
  const bodies = [
    codeGrant(),
    refreshGrant(),
    codeGrant({ client_secret: newSecret }),
    refreshGrant({ client_id: 'another0client0example000' }),
    codeGrant({ code: 'invalid_client' }),
  ]
  for (const body of bodies) await proxy.send({ body })
  const statuses = proxy.records().slice(-bodies.length)
  assert.ok(statuses.every(({ status }) => status === 400))
  // Three of them are well formed and reach Cognito, which knows the client and refuses what they hold.
  assert.deepEqual([seen.requests, proxy.secretCalls()], [(before[0] ?? 0) + 3, before[1]])
})
