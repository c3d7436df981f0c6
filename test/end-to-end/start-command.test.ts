import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import {
  findFreePorts,
  npmEnvironment,
  readReadmeCommand,
  startNpm,
  waitUntilClosed,
} from '../fixtures/end-to-end/npm-command.ts'
import { copyProject } from '../fixtures/infra/packaging.ts'
import { hangMs } from '../fixtures/patience.ts'

const run = promisify(execFile)
const hasCurl = spawnSync('curl', ['--version']).status === 0

/** Runs the printed command as it stands; without curl, what it says is sent by hand. */
async function tryIt(command: string): Promise<string> {
  const env = { ...process.env, no_proxy: '*' }
  if (hasCurl) return (await run('sh', ['-c', command], { env })).stdout
  const [, address = ''] = /curl -i (\S+)/.exec(command) ?? []
  const [, origin = ''] = /-H 'origin: ([^']+)'/.exec(command) ?? []
  const fields = [...command.matchAll(/-d (\S+)/g)].map(([, field = '']) => field)
  const headers = { origin, 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await fetch(address, { method: 'POST', headers, body: fields.join('&') })
  return `HTTP/1.1 ${answer.status}\n${await answer.text()}`
}

/** The printed command that begins so, up to the empty line after it. */
function findCommand(welcome: string, begin: string): string {
  const [command = ''] = welcome.slice(welcome.indexOf(begin)).split('\n\n')
  return command.trim()
}

/** Runs the printed command as it stands, but in a copy of the project: it writes a file of it. */
async function makeStage(t: TestContext, command: string): Promise<void> {
  const copy = copyProject()
  t.after(copy.remove)
  const file = join(copy.folder, 'stages', 'local.json')
  // Whoever has tried the command in this project has the file of another world.
  rmSync(file, { force: true })
  const inCopy = command.replace('npm run init --', 'node tools/init.ts')
  const { stdout } = await run('sh', ['-c', inCopy], { cwd: copy.folder, env: npmEnvironment })
  assert.match(
    stdout,
    /\nNext: npm run package -- --stage local, then serve it: npm run gateway -- /,
  )
  assert.equal(JSON.parse(readFileSync(file, 'utf8')).clients[0].name, 'web')
}

/** Resolves once the page of the operators shows more than one request. */
async function hasVisitors(frontEnd: string): Promise<void> {
  const answer = await fetch(`${frontEnd}/api/events`)
  let told = ''
  for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    told += chunk
    if (told.split('event: record').length > 4) return
  }
  assert.fail('the events ended')
}

test('npm start prints its addresses and two commands to try, serves both, and ends on Ctrl-C', {
  timeout: hangMs,
}, async (t) => {
  const ports = 5
  const port = await findFreePorts(ports)
  const world = startNpm(t, [...readReadmeCommand('npm start'), '--', '--port', String(port)])
  await world.line((line) => line.endsWith(' --request-id ID'))
  const welcome = world.lines.join('\n')
  const addressOf = (name: string) =>
    new RegExp(`^ +${name} +(http://\\S+)$`, 'm').exec(welcome)?.[1] ?? `no ${name}`
  assert.equal(addressOf('token proxy'), `http://127.0.0.1:${port}/oauth2/token`)
  const frontEnd = addressOf('demo front end')
  for (const address of [frontEnd, addressOf("operators' page")]) {
    const page = await fetch(address)
    assert.equal(page.status, 200)
    assert.match(await page.text(), /<title>Token proxy/)
  }
  for (const name of ['user pool', 'AWS endpoints']) assert.ok(URL.canParse(addressOf(name)))

  const answer = await tryIt(findCommand(welcome, 'curl -i'))
  assert.match(answer, /^HTTP\/1\.1 400/)
  const { error, error_description: description } = JSON.parse(answer.split('\n').at(-1) ?? '')
  assert.equal(error, 'invalid_grant')
  assert.match(description, /^Cognito refused the refresh token/)
  const record = await world.line((line) => line.includes('"outcome"'))
  assert.equal(JSON.parse(record).cause, 'refresh_token_rejected')

  await hasVisitors(frontEnd)
  const printed = world.lines.filter((line) => line.includes('"outcome"'))
  assert.deepEqual(printed, [record], 'requests of the visitors are not printed')

  await makeStage(t, findCommand(welcome, 'AWS_ENDPOINT_URL='))

  await world.interrupt()
  for (let offset = 0; offset < ports; offset += 1) await waitUntilClosed(port + offset)
})
