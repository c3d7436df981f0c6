import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { parsePort } from '../../local/ports.ts'
import { portCount } from '../../local/world.ts'

const root = join(import.meta.dirname, '..', '..')
const start = join('tools', 'start.ts')
const commands = [start, join('local', 'gateway', 'main.ts')]

function run(command: string, port: string) {
  const args = [join(root, command), '--port', port]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  // A stale build is made anew first, which says so.
  return { status, stdout, stderr: stderr.replace(/^built .*\n/, '') }
}

for (const command of commands) {
  test(`${command} names a port that is in use in one sentence and exits with 1`, async (t) => {
    const server = createServer().listen(0, '127.0.0.1')
    t.after(() => server.close())
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const { status, stdout, stderr } = run(command, String(port))
    assert.deepEqual([status, stdout], [1, ''])
    const sentence =
      /^Port (\d+) is in use: stop what listens there, or choose another with --port\.\n$/
    const named = Number(sentence.exec(stderr)?.[1])
    // Other tests run at the same time: one of them may have taken a port that follows.
    const offset = named - Number(port)
    assert.ok(offset >= 0 && offset < (command === start ? portCount : 1), stderr)
  })

  test(`${command} names what is no port in one sentence and exits with 1`, () => {
    const { status, stdout, stderr } = run(command, 'web')
    assert.deepEqual([status, stdout], [1, ''])
    assert.match(stderr, /^--port web is no port.*\.\n$/)
  })
}

test('a port is a whole number that leaves room for those that follow it', () => {
  assert.equal(parsePort('0'), 0)
  assert.equal(parsePort('65535'), 65_535)
  assert.equal(parsePort('65531', 5), 65_531)
  assert.equal(parsePort('65532', 5), undefined)
  for (const text of ['', '-1', '1.5', '0x10', '65536', ' 80']) {
    assert.equal(parsePort(text), undefined, text)
  }
})
