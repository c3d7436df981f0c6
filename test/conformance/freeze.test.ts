// A sandbox is frozen between requests: connections die unseen meanwhile, and nothing may wait to run on.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import test, { type TestContext } from 'node:test'
import { setTimeout as pass } from 'node:timers/promises'
import { ensureBuilt } from '../../local/built-functions.ts'
import { openHttpServer } from '../fixtures/adapters/loopback-servers.ts'
import { toEvent } from '../fixtures/conformance/direct-handler.ts'
import { openFunctionWorld } from '../fixtures/conformance/function-world.ts'
import { codeGrant, openProxy, parseLines, refreshGrant } from '../fixtures/conformance/proxy.ts'
import { type Behaviour, openScriptedUpstream } from '../fixtures/conformance/scripted-upstream.ts'

const tokens = { access_token: 'a', token_type: 'Bearer' }

/** One sandbox in front of a server that drops each connection as soon as its answer is out. */
async function openFreezing(t: TestContext, idleMs: number) {
  const server = await openHttpServer(t, (_request, response) => {
    response.on('finish', () => response.socket?.end())
    response.end(JSON.stringify(tokens))
  })
  const domain = `http://127.0.0.1:${server.port}`
  const proxy = await openProxy({
    clients: (web) => [{ ...web, domain }],
    env: { TOKEN_PROXY_IDLE_CONNECTION_MS: String(idleMs) },
    concurrency: 1,
  })
  t.after(() => proxy.close())
  return { proxy, server }
}

test('100 freezes longer than the idle limit fail no exchange', async (t) => {
  const { proxy, server } = await openFreezing(t, 5)
  for (let cycle = 0; cycle < 100; cycle += 1) {
    const reply = await proxy.send({ body: cycle % 2 === 0 ? codeGrant() : refreshGrant() })
    assert.equal(reply.status, 200, `cycle ${cycle}: ${reply.raw}`)
    // The sandbox stands still for this long.
    await pass(10)
  }
  assert.equal(proxy.gateway.sandboxes(), 1)
  assert.equal(server.connections(), 100)
  assert.ok(proxy.records().every((record) => record['attempts'] === undefined))
})

/** Our own limit lies far beyond every pause: only the connection itself reports its end. */
async function openPatient(t: TestContext, onAnswered: (socket: Socket, answer: number) => void) {
  let answers = 0
  const server = await openHttpServer(t, (_request, response) => {
    answers += 1
    const { socket } = response
    const answer = answers
    response.on('finish', () => {
      // Late enough to come while the sandbox is frozen.
      if (socket) setTimeout(() => onAnswered(socket, answer), 15)
    })
    response.setHeader('connection', 'keep-alive')
    response.end(JSON.stringify({ ...tokens, access_token: `a${answer}` }))
  })
  const domain = `http://127.0.0.1:${server.port}`
  const proxy = await openProxy({
    clients: (web) => [{ ...web, domain }],
    env: { TOKEN_PROXY_IDLE_CONNECTION_MS: '60000' },
    concurrency: 1,
  })
  t.after(() => proxy.close())
  return { proxy, answers: () => answers }
}

test('a connection that Cognito closed during a freeze costs no sign-in', async (t) => {
  const { proxy, answers } = await openPatient(t, (socket) => socket.end())
  for (let cycle = 1; cycle <= 40; cycle += 1) {
    const reply = await proxy.send({ body: codeGrant() })
    assert.equal(reply.status, 200, `cycle ${cycle}: ${reply.raw}`)
    await pass(40)
  }
  assert.deepEqual([proxy.gateway.sandboxes(), answers()], [1, 40])
  assert.ok(proxy.records().every((record) => record['attempts'] === undefined))
})

test('an answer without a request is never used', async (t) => {
  const repeated = JSON.stringify({ ...tokens, access_token: 'repeated' })
  const head = `HTTP/1.1 200 OK\r\ncontent-length: ${repeated.length}\r\n\r\n`
  const { proxy, answers } = await openPatient(t, (socket) => socket.write(`${head}${repeated}`))
  for (let cycle = 1; cycle <= 40; cycle += 1) {
    const reply = await proxy.send({ body: codeGrant() })
    assert.deepEqual([reply.status, reply.body['access_token']], [200, `a${cycle}`])
    await pass(40)
  }
  assert.deepEqual([proxy.gateway.sandboxes(), answers()], [1, 40])
})

test('a freeze shorter than the idle limit keeps the connection', async (t) => {
  const proxy = await openProxy({
    concurrency: 1,
    env: { TOKEN_PROXY_IDLE_CONNECTION_MS: '60000' },
  })
  t.after(() => proxy.close())
  proxy.upstream.script(...Array.from({ length: 5 }, () => ({ status: 200, body: tokens })))
  for (let cycle = 0; cycle < 5; cycle += 1) await proxy.send({ body: codeGrant() })
  const reused = proxy.upstream.requests.map(({ isReused }) => isReused)
  assert.deepEqual(reused, [false, true, true, true, true])
})

test('a frozen sandbox does nothing of its own', async (t) => {
  const proxy = await openProxy({
    concurrency: 1,
    env: { TOKEN_PROXY_SECRET_SOFT_AGE_SECONDS: '1', TOKEN_PROXY_IDLE_CONNECTION_MS: '5' },
  })
  t.after(() => proxy.close())
  proxy.upstream.script({ status: 200, body: tokens })
  await proxy.send({ body: codeGrant() })
  const known = [proxy.lines().length, proxy.secretCalls(), proxy.upstream.requests.length]
  // Longer than the soft age of the secret and the idle limit.
  await pass(1300)
  const now = [proxy.lines().length, proxy.secretCalls(), proxy.upstream.requests.length]
  assert.deepEqual(now, known)
})

const endings: Readonly<Record<string, readonly Behaviour[]>> = {
  tokens: [{ status: 200, body: tokens }],
  'a refusal': [{ status: 400, body: { error: 'invalid_grant' } }],
  'a refused secret': [{ status: 400, body: { error: 'invalid_client' } }],
  'a failure': [{ status: 500 }],
  'a reset': ['reset'],
  silence: ['silence'],
  'an answer that drips': [{ drip: '{"access_token":"a"}', everyMs: 100 }],
  'an answer in gzip': [{ status: 200, headers: { 'content-encoding': 'gzip' }, body: '{}' }],
  'an answer that is too large': [{ status: 200, body: ' '.repeat(70_000) }],
}

/** Runs the built function in a process of its own; what was left alive after each answer. */
async function runDirectly(
  env: Readonly<Record<string, string>>,
  events: readonly object[],
): Promise<readonly unknown[]> {
  const script = join(import.meta.dirname, '..', 'fixtures', 'conformance', 'direct-function.ts')
  const args = [script, join(ensureBuilt(), 'oauth2.mjs'), JSON.stringify(events)]
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const [output, [exitCode]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  // It has ended by itself: nothing was left that would keep a process alive.
  assert.equal(exitCode, 0)
  return parseLines(output.split('\n')).flatMap((line) => ('alive' in line ? [line['alive']] : []))
}

test('nothing runs on after any answer', async (t) => {
  const upstream = await openScriptedUpstream()
  t.after(() => upstream.close())
  const { env } = await openFunctionWorld(t, upstream.url)
  upstream.script(...Object.values(endings).flat())
  const event = toEvent(new URLSearchParams(refreshGrant()).toString())
  const short = { ...env, TOKEN_PROXY_DEADLINE_MS: '2000' }
  const alive = await runDirectly(
    short,
    Object.keys(endings).map(() => event),
  )
  assert.deepEqual(
    alive,
    Object.keys(endings).map(() => []),
  )
})

test('nothing runs on after a read of the secret that was never answered', async (t) => {
  const { env, secrets } = await openFunctionWorld(t, 'http://127.0.0.1:1')
  secrets.stall(10)
  const event = toEvent(new URLSearchParams(refreshGrant()).toString())
  assert.deepEqual(await runDirectly({ ...env, TOKEN_PROXY_SECRET_TIMEOUT_MS: '1000' }, [event]), [
    [],
  ])
})
