import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { toEdgeTemplate } from '../fixtures/local/edge-template.ts'
import { makeFunctions, send } from '../fixtures/local/gateway-fixture.ts'

const main = join(import.meta.dirname, '..', '..', 'tools', 'gateway.ts')
const source = `export const handler = async (event) => {
  console.log('{"said":' + JSON.stringify(process.env.SAY) + '}')
  return { polluted: ({}).polluted === true, own: Object.hasOwn(event.headers, '__proto__') }
}`

/** Tells the key that came, and the digests that are accepted. */
const tellKey = `export const handler = async ({ headers }) => ({
  key: headers['x-token-proxy-edge-key'], digests: process.env.TOKEN_PROXY_EDGE_KEY_DIGESTS
})`

interface Started {
  readonly process: ChildProcess
  readonly lines: AsyncIterator<string>
}

function start(
  t: TestContext,
  env: Record<string, string>,
  flags: readonly string[] = [],
  words: readonly string[] = [],
  functions = source,
): Started {
  const args = [...flags, main, '--port', '0', '--functions', makeFunctions(t, functions), ...words]
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => child.kill('SIGKILL'))
  return { process: child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() }
}

async function nextLine(started: Started): Promise<string> {
  const { value } = await started.lines.next()
  return String(value)
}

async function readAddress(started: Started): Promise<string> {
  const line = await nextLine(started)
  assert.match(line, /^listening on http:\/\/127\.0\.0\.1:\d+$/)
  return line.replace('listening on ', '')
}

test('the command says where it listens, hands on the environment and ends on SIGTERM', async (t) => {
  const clients = JSON.stringify([{ origins: ['https://a.example'] }])
  const started = start(t, { SAY: 'hi', TOKEN_PROXY_CLIENTS: clients })
  const url = await readAddress(started)
  const reply = await send(url, { headers: { origin: 'https://a.example' } })
  assert.equal(reply.status, 200)
  assert.equal(reply.headers['access-control-allow-origin'], 'https://a.example')
  assert.equal(await nextLine(started), '{"said":"hi"}')
  started.process.kill('SIGTERM')
  assert.deepEqual(await once(started.process, 'exit'), [0, null])
  assert.equal((await started.lines.next()).done, true)
})

test('a distribution is played in front of the functions, which accept the key that it sends', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'edge-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'edge-template.json')
  writeFileSync(file, JSON.stringify(toEdgeTemplate()))
  const started = start(t, {}, [], ['--edge-template', file], tellKey)
  const url = await readAddress(started)
  const [, apiUrl = ''] = /HTTP API behind it at (\S+)$/.exec(await nextLine(started)) ?? []
  const tell = async (at: string) => JSON.parse((await send(at)).text)
  const { key, digests } = await tell(url)
  assert.equal(createHash('sha256').update(key).digest('hex'), digests)
  assert.deepEqual(await tell(apiUrl), { digests })
  started.process.kill('SIGTERM')
  assert.deepEqual(await once(started.process, 'exit'), [0, null])
})

test('unreadable clients mean no CORS, not an end', async (t) => {
  const started = start(t, { TOKEN_PROXY_CLIENTS: '[{"origins":"*"}]' })
  const url = await readAddress(started)
  const reply = await send(url, { headers: { origin: '*' } })
  assert.equal(reply.headers['access-control-allow-origin'], undefined)
  started.process.kill('SIGINT')
  assert.deepEqual(await once(started.process, 'exit'), [0, null])
})

test('the gateway runs where __proto__ does not exist', async (t) => {
  const started = start(t, {}, ['--disable-proto=delete'])
  const url = await readAddress(started)
  const reply = await send(url, { headers: ['Host', 'x', '__proto__', 'polluted'] })
  assert.equal(reply.text, '{"polluted":false,"own":true}')
  started.process.kill('SIGTERM')
  assert.deepEqual(await once(started.process, 'exit'), [0, null])
})
