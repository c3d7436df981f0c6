import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { portCount } from '../../local/world.ts'

const root = join(import.meta.dirname, '..', '..')
const start = join('tools', 'start.ts')
const commands = [start, join('tools', 'gateway.ts')]

function run(command: string, port: string) {
  const args = [join(root, command), '--port', port]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  // A stale build is made again first, which says so.
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
}
