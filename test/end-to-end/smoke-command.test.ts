import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { checkDeployment } from '../../adapters/smoke.ts'
import { closedPort } from '../fixtures/adapters/loopback-servers.ts'
import { readReadmeCommand, startNpm } from '../fixtures/end-to-end/npm-command.ts'
import { openPoolWorld, type PoolWorldOptions } from '../fixtures/end-to-end/pool-world.ts'
import { runScript } from '../fixtures/end-to-end/run-script.ts'
import { hangMs } from '../fixtures/patience.ts'

const origin = 'http://localhost:5173'

async function openWorld(t: TestContext, options: PoolWorldOptions = {}) {
  const world = await openPoolWorld({ origin, ...options })
  t.after(() => world.close())
  const client = world.config.appClients.find((one) => one.callbackUrls.some(startsAtOrigin))
  assert.ok(client)
  const redirectUri = client.callbackUrls.find(startsAtOrigin) ?? ''
  return { world, clientId: client.clientId, redirectUri }
}

const startsAtOrigin = (uri: string) => uri.startsWith(origin)

const smoke = (...words: readonly string[]) => runScript(['tools/smoke.ts', ...words])

test('a deployment in order passes every check, and its records blame callers alone', {
  timeout: hangMs,
}, async (t) => {
  const { world, clientId, redirectUri } = await openWorld(t)
  const client = ['--client-id', clientId, '--origin', origin, '--redirect-uri', redirectUri]
  const run = await smoke('--url', `${world.proxyUrl}/`, ...client, '--json')
  assert.deepEqual([run.status, run.stderr], [0, ''])
  const { checks } = JSON.parse(run.stdout)
  const names = checks.map(({ name }: { name: string }) => name)
  assert.ok(names.includes('invented_code') && names.includes('preflight'), names.join())
  assert.deepEqual([...new Set(world.records().map((record) => record['fault']))].sort(), [
    'caller',
    undefined,
  ])
})

test('the command of the README checks a proxy of which it knows no client', {
  timeout: hangMs,
}, async (t) => {
  const { world } = await openWorld(t)
  const words = readReadmeCommand('npm run smoke -- --url http://127.0.0.1:8787')
  const toOurs = (word: string) => (word.startsWith('http:') ? world.proxyUrl : word)
  const command = startNpm(t, words.map(toOurs))
  assert.equal(await command.exitCode(), 0)
  assert.match(command.lines.join('\n'), /everything is correct \(\d+ checks\)\n\n {2}✓ health/)
})

test('a client that keeps its refresh token in a cookie is checked like a browser', {
  timeout: hangMs,
}, async (t) => {
  const { world, clientId, redirectUri } = await openWorld(t, {
    settings: (client) =>
      client.origins.length > 0 ? { ...client, refreshToken: 'cookie' } : client,
  })
  const client = {
    ...{ name: 'web', clientId, origin, redirectUri, isCookieMode: true, hasDiscovery: false },
  }
  const report = await checkDeployment({
    url: world.proxyUrl,
    clients: [client],
    hasSharedDiscovery: true,
  })
  assert.deepEqual(
    report.checks.filter(({ status }) => status !== 'ok'),
    [],
  )
})

test('a secret that Cognito refuses fails the exchange, and leads to its record', {
  timeout: hangMs,
}, async (t) => {
  const { world, clientId, redirectUri } = await openWorld(t)
  for (const client of world.config.appClients) {
    client.secrets = client.secrets.map((secret) => ({
      ...secret,
      value: 'another_secret_01234567',
    }))
  }
  const client = ['--client-id', clientId, '--origin', origin, '--redirect-uri', redirectUri]
  const run = await smoke('--url', world.proxyUrl, ...client, '--json')
  assert.equal(run.status, 1)
  const { checks } = JSON.parse(run.stdout)
  const failed = checks.filter(({ status }: { status: string }) => status === 'failed')
  assert.equal(failed.length, 1)
  assert.equal(failed[0].name, 'invented_code')
  const record = world.records().find((one) => one['request_id'] === failed[0].requestId)
  assert.equal(record?.['fault'], 'operator')
})

test('an address where nothing answers cannot be checked', { timeout: hangMs }, async () => {
  const run = await smoke('--url', `http://127.0.0.1:${closedPort}`)
  assert.equal(run.status, 2)
  assert.match(run.stdout, /could not check\n\n {2}✗ health {2}no answer: ECONNREFUSED/)
})

test('an address that is no address is refused', async () => {
  for (const url of [
    'http://proxy.example.com',
    'proxy',
    'https://a:b@example.com',
    'https://x/?q',
  ]) {
    const run = await smoke('--url', url)
    assert.equal(run.status, 2, url)
    assert.match(run.stderr, /^error: option '--url <address>' argument/)
  }
  assert.match((await smoke()).stderr, /option '--url <address>' is missing/)
})
