import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'

const tools = join(import.meta.dirname, '..', '..', 'tools')

/** Stands for npm: says that it has begun, and installs once the test lets it. */
const npm = `
import { appendFileSync, existsSync, mkdirSync } from 'node:fs'
appendFileSync('installations', process.argv[2] + ' ')
process.stderr.write('npm has begun\\n')
const look = setInterval(() => {
  if (!existsSync('go')) return
  clearInterval(look)
  mkdirSync('node_modules', { recursive: true })
}, 20)
`

/** A checkout in which nothing is installed, with a script to run. */
function openCheckout(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'token-proxy-install-'))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const name of ['run.mjs', 'install-lock.mjs']) {
    cpSync(join(tools, name), join(folder, 'tools', name))
  }
  writeFileSync(join(folder, 'package-lock.json'), '{}')
  writeFileSync(join(folder, 'npm.mjs'), npm)
  writeFileSync(join(folder, 'script.mjs'), "console.log('the script ran')")
  const lock = join(folder, '.install-lock')
  return {
    lock,
    start: (): ChildProcess =>
      spawn(process.execPath, [join(folder, 'tools', 'run.mjs'), 'script.mjs'], {
        cwd: folder,
        env: { PATH: process.env['PATH'], npm_execpath: join(folder, 'npm.mjs') },
      }),
    letNpmEnd: () => writeFileSync(join(folder, 'go'), ''),
    installations: () => readFileSync(join(folder, 'installations'), 'utf8'),
  }
}

/** Resolves once the command has written a line with these words to standard error. */
async function untilSaid({ stderr }: ChildProcess, words: string): Promise<void> {
  assert.ok(stderr)
  for await (const line of createInterface({ input: stderr })) if (line.includes(words)) return
  assert.fail(`it never said: ${words}`)
}

async function finish(child: ChildProcess): Promise<string> {
  assert.ok(child.stdout)
  const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  assert.equal(code, 0)
  return out
}

test('of two commands at once in a stale tree one installs, and both run', async (t) => {
  const { lock, start, letNpmEnd, installations } = openCheckout(t)
  const first = start()
  await untilSaid(first, 'npm has begun')
  const second = start()
  await untilSaid(second, 'waiting for another command that installs')
  letNpmEnd()
  const outputs = await Promise.all([finish(first), finish(second)])
  assert.deepEqual(outputs, ['the script ran\n', 'the script ran\n'])
  assert.equal(installations(), 'ci ')
  assert.equal(existsSync(lock), false)
})

test('the lock of a dead process delays no one', async (t) => {
  const { lock, start, letNpmEnd, installations } = openCheckout(t)
  const { pid } = spawnSync(process.execPath, ['--version'])
  writeFileSync(lock, String(pid))
  const command = start()
  await untilSaid(command, 'npm has begun')
  letNpmEnd()
  assert.equal(await finish(command), 'the script ran\n')
  assert.equal(installations(), 'ci ')
  assert.equal(existsSync(lock), false)
})
