import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import test, { type TestContext } from 'node:test'
import {
  at,
  client,
  lists,
  numbers,
  single,
  texts,
  toClients,
} from '../fixtures/conformance/bad-settings.ts'
import { assertFailure } from '../fixtures/conformance/contract.ts'
import {
  codeGrant,
  openProxy,
  parseLines,
  refreshGrant,
  webClient,
} from '../fixtures/conformance/proxy.ts'

type Environment = Readonly<Record<string, string>>

/** Sends requests of every kind to a proxy with bad settings; gives what it wrote of them and all lines. */
async function refuseAll(t: TestContext, env: Environment) {
  const proxy = await openProxy({ env, concurrency: 1 })
  t.after(() => proxy.close())
  const calls = [
    { body: codeGrant() },
    { body: refreshGrant() },
    { body: 'nonsense', path: '/nowhere' },
    { method: 'GET' },
  ]
  for (const [at, call] of calls.entries()) {
    const reply = await proxy.send(call)
    assertFailure(reply, proxy.records()[at], { cause: 'config_invalid' })
  }
  assert.equal(proxy.records().length, calls.length)
  assert.equal(proxy.secretCalls(), 0)
  assert.equal(proxy.upstream.requests.length, 0)
  const counted = proxy.metrics().map((line) => [line['Requests'], line['Failures'], line['cause']])
  assert.deepEqual(
    counted,
    calls.map(() => [1, 1, 'config_invalid']),
  )
  const said = parseLines(proxy.lines()).filter((line) => line['message'] === 'settings refused')
  // Once by each function: strays are answered by another one than tokens.
  assert.equal(said.length, 2)
  assert.deepEqual(said[0]?.['problems'], said[1]?.['problems'])
  assert.equal(proxy.lines().length, 2 * calls.length + 2)
  return {
    problems: said[0]?.['problems'],
    count: said[0]?.['problem_count'],
    lines: proxy.lines(),
  }
}

for (const [says, env, problem] of single) {
  test(`settings with ${says} open nothing and say so (SEC-18)`, async (t) => {
    const { problems: said } = await refuseAll(t, env)
    assert.deepEqual(said, [problem])
  })
}

for (const [field, values, rule] of texts) {
  test(`each unusable ${field} is named by its place (SEC-18)`, async (t) => {
    const clients = values.map((value, index) => ({
      ...client,
      name: `web-${index}`,
      clientId: `client${index}`,
      refreshTokenRotation: 'on',
      [field]: value,
    }))
    const { problems: said } = await refuseAll(t, toClients(...clients))
    const problems = values.map((_, index) => `TOKEN_PROXY_CLIENTS[${index}].${field} ${rule}`)
    assert.deepEqual(said, problems)
  })
}

for (const [field, values, rule] of lists) {
  test(`each unusable one of the ${field} is named by its place (SEC-18)`, async (t) => {
    const good = field === 'origins' ? webClient.origins : webClient.redirectUris
    const { problems: said } = await refuseAll(
      t,
      toClients({ ...client, [field]: [...good, ...values] }),
    )
    const problems = values.map((_, index) => at(`.${field}[${index + 1}] ${rule}`))
    assert.deepEqual(said, problems)
  })
}

for (const value of ['-1', '1.5', '999999999', 'ten', ' 9', '0x10']) {
  test(`every number that is ${JSON.stringify(value)} is named with its bounds (SEC-18)`, async (t) => {
    const env = Object.fromEntries(numbers.map(([variable]) => [variable, value]))
    const problems = numbers.map(
      ([variable, bounds]) => `${variable} must be a whole number ${bounds}`,
    )
    assert.deepEqual((await refuseAll(t, env)).problems, problems)
  })
}

test('no refused value is in any line, however many there are', async (t) => {
  const canary = randomBytes(12).toString('hex')
  const names = ['name', 'clientId', 'secretId', 'domain', 'userPoolId', 'issuer', 'origins']
  const bad = Object.fromEntries(
    [...names, 'grants', 'redirectUris', canary].map((name) => [name, `!${canary}`]),
  )
  const env = {
    ...Object.fromEntries(numbers.map(([variable]) => [variable, canary])),
    ...toClients(bad, { ...bad, grants: [canary], origins: [`http://${canary}`] }, canary),
    TOKEN_PROXY_SERVICE: `!${canary}`,
    TOKEN_PROXY_RUNBOOK_URL: canary,
    [`TOKEN_PROXY_${canary}`]: canary,
  }
  const { problems, count, lines } = await refuseAll(t, env)
  assert.ok(Array.isArray(problems) && problems.length > 25)
  assert.equal(count, problems.length)
  assert.ok(!lines.join('\n').includes(canary))
})

test('every problem of every client is reported at once, up to forty', async (t) => {
  const clients = Array.from({ length: 9 }, () => ({ unknown: 1 }))
  const { problems, count } = await refuseAll(t, toClients(...clients))
  assert.ok(Array.isArray(problems))
  assert.equal(problems.length, 40)
  // An unknown field, and each of six that is missing: name, id, secret, domain, origins, redirects.
  assert.equal(count, 9 * 7)
})

test('a monitor learns that the settings are refused, and counts for nothing', async (t) => {
  const proxy = await openProxy({ env: { TOKEN_PROXY_CLIENTS: '' }, concurrency: 1 })
  t.after(() => proxy.close())
  for (const path of ['/health', '/']) {
    const reply = await proxy.send({ method: 'GET', path })
    assert.deepEqual([reply.status, reply.body['error']], [503, 'server_error'])
  }
  assert.deepEqual([proxy.records(), proxy.metrics()], [[], []])
})
