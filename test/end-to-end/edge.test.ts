// The built functions behind the local gateway, with the distribution of a stage in front of it.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { checkDeployment } from '../../adapters/smoke.ts'
import { edgeKeyHeader } from '../../core/edge-key.ts'
import { openEdge } from '../../local/edge/edge.ts'
import { send } from '../fixtures/conformance/proxy.ts'
import { openPoolWorld, type PoolWorldOptions } from '../fixtures/end-to-end/pool-world.ts'
import { edgeTemplateOf } from '../fixtures/local/edge-template.ts'
import { hangMs } from '../fixtures/patience.ts'

const origin = 'http://localhost:5173'
const template = edgeTemplateOf()
const newKey = () => randomBytes(32).toString('hex')

async function open(
  t: TestContext,
  keys: readonly [string, ...string[]],
  options: PoolWorldOptions = {},
) {
  const world = await openPoolWorld({ origin, edge: { template, keys }, ...options })
  t.after(() => world.close())
  const isOurs = (uri: string) => uri.startsWith(origin)
  const client = world.config.appClients.find(({ callbackUrls }) => callbackUrls.some(isOurs))
  const redirectUri = client?.callbackUrls.find(isOurs)
  assert.ok(client && redirectUri)
  const isCookieMode = options.settings !== undefined
  const target = { name: 'web', clientId: client.clientId, origin, redirectUri, isCookieMode }
  const smoke = (url: string) =>
    checkDeployment({
      ...{ url, clients: [{ ...target, hasDiscovery: false }], hasSharedDiscovery: true },
    })
  return { world, smoke }
}

for (const [says, options] of [
  ['tokens in bodies', {}],
  [
    'refresh tokens in cookies',
    {
      settings: (client) =>
        client.origins.length > 0 ? { ...client, refreshToken: 'cookie' } : client,
    },
  ],
] as const satisfies readonly (readonly [string, PoolWorldOptions])[]) {
  test(`with ${says}, every check passes through the distribution, and none of the functions around it`, {
    timeout: hangMs,
  }, async (t) => {
    const { world, smoke } = await open(t, [newKey()], options)
    const through = await smoke(world.proxyUrl)
    assert.deepEqual(
      through.checks.filter(({ status }) => status !== 'ok'),
      [],
    )
    const known = world.records().length
    const around = await smoke(world.apiUrl)
    const passed = around.checks.filter(({ status }) => status === 'ok').map(({ name }) => name)
    assert.deepEqual(passed.sort(), ['foreign_preflight', 'headers', 'preflight'])
    const causes = new Set(
      world
        .records()
        .slice(known)
        .map((record) => record['cause']),
    )
    assert.deepEqual([...causes], ['edge_key_missing'])
  })
}

test('while a key is replaced, the distribution may send either, and no other', {
  timeout: hangMs,
}, async (t) => {
  const keys = [newKey(), newKey()] as const
  const { world } = await open(t, keys)
  const health = async (key: string) => {
    const edge = await openEdge({
      ...{ port: 0, originUrl: world.apiUrl, template },
      originHeaders: new Map([[edgeKeyHeader, key]]),
    })
    t.after(() => edge.close())
    // What a viewer sends in its place changes nothing.
    const headers = { 'content-type': undefined, [edgeKeyHeader]: keys[0] }
    return (await send(edge.url, { method: 'GET', path: '/health', headers })).status
  }
  assert.deepEqual(await Promise.all([...keys, newKey()].map(health)), [200, 200, 503])
})
