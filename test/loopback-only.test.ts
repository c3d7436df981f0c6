// Each way off the machine is tried in a process of its own, since trying makes the process fail.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { hangMs } from './fixtures/patience.ts'

const guard = pathToFileURL(join(import.meta.dirname, 'loopback-only.ts')).href

/** An address and a name that nobody has (RFC 5737, RFC 2606), should the guard fail. */
const foreignAddress = '192.0.2.1'
const foreignName = 'somebody.example'

const imports = `
  import dgram, { createSocket } from 'node:dgram'
  import dns, { lookup, Resolver } from 'node:dns'
  import { lookup as lookUp, Resolver as Asker } from 'node:dns/promises'
  import { once } from 'node:events'
  import { request } from 'node:https'
  import { connect, createServer, Socket } from 'node:net'
  import { promisify } from 'node:util'
  import { Worker } from 'node:worker_threads'
  const toward = async (socket) => { await once(socket, 'connect'); socket.destroy() }
  const datagram = (...args) => {
    const socket = createSocket('udp4')
    return promisify(socket.send).call(socket, 'x', ...args).finally(() => socket.close())
  }
`

/** Runs statements in a process with the guard, and tells the code of what they throw. */
async function run(statements: string, nodeOptions?: string) {
  const tried = `try { ${statements}; console.log('done') }
    catch (thrown) { console.log(thrown.cause?.code ?? thrown.code ?? thrown) }`
  const args = ['--input-type=module', '--eval', imports + tried]
  const preload = nodeOptions === undefined ? ['--import', guard] : []
  const env = { ...process.env, NODE_OPTIONS: nodeOptions ?? '' }
  return await new Promise<{ code: unknown; said: string; complaint: string }>((resolve) => {
    execFile(process.execPath, [...preload, ...args], { env, timeout: hangMs }, (error, out, err) =>
      resolve({ code: error === null ? 0 : error.code, said: out.trim(), complaint: err }),
    )
  })
}

const worker = `const worker = new Worker(\`
    Promise.all([import('node:net'), import('node:worker_threads')]).then(([{ connect }, { parentPort }]) =>
      connect(9, '${foreignAddress}').on('error', ({ code }) => parentPort.postMessage(code)))\`, { eval: true })
  const [code] = await once(worker, 'message'); await worker.terminate(); throw { code }`

const forbidden: Readonly<Record<string, string>> = {
  'a connection to an address': `await toward(connect({ port: 9, host: '${foreignAddress}' }))`,
  'a connection to an IPv6 address': `await toward(connect({ port: 9, host: '2001:db8::1' }))`,
  'a connection by port and host': `await toward(new Socket().connect(9, '${foreignAddress}'))`,
  'a connection to a name': `await toward(connect(9, '${foreignName}'))`,
  'a connection by a lookup of its own': `await toward(connect({ port: 9, host: '${foreignName}',
    lookup: (_name, _options, done) => done(null, '${foreignAddress}', 4) }))`,
  'a connection of a worker': worker,
  'a request over TLS': `await once(request('https://${foreignName}').end(), 'response')`,
  'a fetch': `await fetch('http://${foreignAddress}')`,
  'a lookup': `await promisify(lookup)('${foreignName}')`,
  'a lookup by the module': `await promisify(dns.lookup)('${foreignName}')`,
  'a promised lookup': `await lookUp('${foreignName}')`,
  'a lookup of a service': `await dns.promises.lookupService('${foreignAddress}', 443)`,
  'a query': `await promisify(dns.resolve4)('${foreignName}')`,
  'a promised query': `await dns.promises.resolve('${foreignName}', 'TXT')`,
  'a reverse query': `await dns.promises.reverse('${foreignAddress}')`,
  "a resolver's query": `const one = new Resolver(); await promisify(one.resolve4).call(one, '${foreignName}')`,
  "a promising resolver's query": `await new Asker().resolveMx('${foreignName}')`,
  'a query to a foreign name server': `const one = new Asker(); one.setServers(['${foreignAddress}:5300']);
    await one.resolve4('localhost')`,
  'a datagram': `await datagram(9, '${foreignAddress}')`,
  'a datagram to a name': `await datagram(0, 1, 9, '${foreignName}')`,
  'a connected datagram socket': `const one = createSocket('udp4'); one.connect(9, '${foreignAddress}');
    const [error] = await once(one, 'error'); one.close(); throw error`,
}

for (const [says, statements] of Object.entries(forbidden)) {
  test(`${says} beyond loopback fails, and its process with it`, async () => {
    const { code, said, complaint } = await run(statements)
    assert.equal(said, 'ENETUNREACH')
    assert.equal(code, 1)
    assert.match(complaint, /beyond loopback/)
  })
}

test('the guard also comes by NODE_OPTIONS, as the commands that tests start get it', async () => {
  const { code, said } = await run(`await fetch('http://${foreignAddress}')`, `--import=${guard}`)
  assert.deepEqual([said, code], ['ENETUNREACH', 1])
})

test('a name under .invalid is not found, which is no failure of the process', async () => {
  for (const statements of [
    "await lookUp('nowhere.invalid')",
    "await toward(connect(9, 'nowhere.invalid'))",
  ]) {
    const { code, said } = await run(statements)
    assert.deepEqual([said, code], ['ENOTFOUND', 0])
  }
})

const listen = `const server = createServer((socket) => socket.on('error', () => {}).end('HTTP/1.1 204 x\\r\\n\\r\\n'))
  await once(server.listen(0, '127.0.0.1'), 'listening'); const { port } = server.address();`

/** Answers every query with 127.0.0.1: the question as it came, then one address. */
const nameServer = `const server = createSocket('udp4').on('message', (query, { port, address }) => {
    const question = query.subarray(12, query.indexOf(0, 12) + 5)
    const head = Buffer.from('81800001000100000000', 'hex')
    const found = Buffer.from('c00c000100010000003c00047f000001', 'hex')
    server.send(Buffer.concat([query.subarray(0, 2), head, question, found]), port, address)
  })
  server.bind(0, '127.0.0.1'); await once(server, 'listening'); const own = '127.0.0.1:' + server.address().port;`

const allowed: Readonly<Record<string, string>> = {
  'a connection': `${listen} await toward(connect({ port, host: '127.0.0.1' }));
    await toward(new Socket().connect(port, 'localhost')); await toward(connect(port)); server.close()`,
  'a fetch': `${listen} await fetch('http://localhost:' + port); server.close()`,
  'a lookup': "await promisify(lookup)('localhost'); await lookUp('127.0.0.1')",
  'a query to a name server of its own': `${nameServer} const one = new Asker(), other = new Resolver();
    for (const each of [one, other]) each.setServers([own]);
    const found = [await one.resolve4('x.example'), await promisify(other.resolve4).call(other, 'x.example')];
    server.close(); if (found.join() !== '127.0.0.1,127.0.0.1') throw found.join()`,
  'a datagram': `const server = createSocket('udp4'); server.bind(0, '127.0.0.1'); await once(server, 'listening');
    const { port } = server.address(); const come = once(server, 'message');
    await datagram(port, '127.0.0.1'); await come; const more = once(server, 'message');
    const one = createSocket('udp4'); one.connect(port, 'localhost'); await once(one, 'connect');
    one.send('x'); await more; one.close(); server.close()`,
}

for (const [says, statements] of Object.entries(allowed)) {
  test(`${says} on loopback goes through`, async () => {
    const { code, said, complaint } = await run(statements)
    assert.deepEqual([said, code, complaint], ['done', 0, ''])
  })
}
