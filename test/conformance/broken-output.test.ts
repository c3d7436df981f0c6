// A standard output that is closed or full loses lines, and nothing else.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { ensureBuilt } from '../../local/built-functions.ts'
import { openHttpServer } from '../fixtures/adapters/loopback-servers.ts'
import { toEvent } from '../fixtures/conformance/direct-handler.ts'
import { openFunctionWorld } from '../fixtures/conformance/function-world.ts'
import { codeGrant } from '../fixtures/conformance/proxy.ts'

const tokens = JSON.stringify({ access_token: 'a', token_type: 'Bearer' })

/** Calls the function five times in a process with this standard output; gives its answers and its end. */
async function callWith(t: TestContext, output: number | 'closed') {
  const upstream = await openHttpServer(t, (_request, response) => response.end(tokens))
  const { env } = await openFunctionWorld(t, `http://127.0.0.1:${upstream.port}`)
  const event = toEvent(new URLSearchParams(codeGrant()).toString())
  const script = join(
    import.meta.dirname,
    '..',
    'fixtures',
    'conformance',
    'broken-output-function.ts',
  )
  const args = [join(ensureBuilt(), 'oauth2.mjs'), JSON.stringify(event), '5']
  const stdout = output === 'closed' ? 'pipe' : output
  const child = fork(script, args, { env, stdio: ['ignore', stdout, 'inherit', 'ipc'] })
  const exited = once(child, 'exit')
  await once(child, 'message')
  child.stdout?.destroy()
  const answered = once(child, 'message')
  child.send('go')
  // A process that dies never answers.
  const statuses = await Promise.race([answered.then(([seen]) => seen), exited.then(() => [])])
  const [exitCode] = await exited
  return { statuses, exitCode }
}

const fine = { statuses: [200, 200, 200, 200, 200], exitCode: 0 }

test('a standard output that was closed fails no request and ends no process', async (t) => {
  assert.deepEqual(await callWith(t, 'closed'), fine)
})

const full = '/dev/full'
test('a standard output that is full fails no request and ends no process', {
  skip: !existsSync(full),
}, async (t) => {
  const file = await open(full, 'w')
  t.after(() => file.close())
  assert.deepEqual(await callWith(t, file.fd), fine)
})
