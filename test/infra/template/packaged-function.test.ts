import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { type FunctionName, functionNames } from '../../../infra/functions.ts'
import { type PackagedExample, packageExample } from '../../fixtures/infra/packaging.ts'
import { readZip } from '../../fixtures/infra/zip-file.ts'

type Variables = Readonly<Record<string, string>>

let packaged: PackagedExample
let unpacked: string
before(async () => {
  packaged = await packageExample()
  unpacked = mkdtempSync(join(tmpdir(), 'token-proxy-unpacked-'))
  for (const name of functionNames) {
    for (const [file, bytes] of readZip(join(packaged.folder, '.serverless', `${name}.zip`))) {
      const path = join(unpacked, name, file)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, bytes)
    }
  }
})
after(() => rmSync(unpacked, { recursive: true, force: true }))

const event = {
  version: '2.0',
  rawPath: '/oauth2/token',
  rawQueryString: '',
  headers: {
    'content-type': 'application/x-www-form-urlencoded',
    origin: 'https://elsewhere.example.com',
  },
  requestContext: { http: { method: 'POST', path: '/oauth2/token' }, requestId: 'request-1' },
  isBase64Encoded: false,
}

/** Loads a module as Lambda does, by the template's handler, and writes the answer apart from the log. */
const caller = `
const [file, name, event] = process.argv.slice(1)
const module = await import(file)
const answer = await module[name](JSON.parse(event), { getRemainingTimeInMillis: () => 15000 })
process.stderr.write(JSON.stringify(answer))`

function propertiesOf(name: FunctionName): Readonly<Record<string, unknown>> {
  const id = `${name.charAt(0).toUpperCase()}${name.slice(1)}LambdaFunction`
  return packaged.template.Resources[id]?.Properties ?? {}
}

function variablesOf(name: FunctionName): Variables {
  return (propertiesOf(name)['Environment'] as { readonly Variables: Variables }).Variables
}

function run(name: FunctionName, script: string, given: readonly string[], variables: Variables) {
  const flags = ['--input-type=module', '--eval', script, '--', ...given]
  const env = { ...variables, AWS_REGION: 'eu-central-1' }
  const cwd = join(unpacked, name)
  return spawnSync(process.execPath, flags, { cwd, encoding: 'utf8', env })
}

function call(name: FunctionName, given: unknown, variables: Variables) {
  const [path, exported] = String(propertiesOf(name)['Handler']).split('.')
  const file = pathToFileURL(join(unpacked, name, `${path}.mjs`)).href
  return run(name, caller, [file, String(exported), JSON.stringify(given)], variables)
}

test("the packaged function, alone with the template's environment, knows the stage's clients", () => {
  const variables = variablesOf('oauth2')
  const [client] = JSON.parse(variables['TOKEN_PROXY_CLIENTS'] ?? '')
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: client.clientId,
    refresh_token: 'refresh-1',
  }).toString()
  const answer = JSON.parse(call('oauth2', { ...event, body }, variables).stderr)
  assert.equal(answer.statusCode, 403)
  assert.equal(JSON.parse(answer.body).error, 'unauthorized_client')
})

test('the packaged doctor, alone, reports settings that it cannot use', () => {
  const { TOKEN_PROXY_CLIENTS: _, ...variables } = variablesOf('doctor')
  const { stdout, stderr } = call('doctor', { source: 'aws.events' }, variables)
  assert.equal(JSON.parse(stderr).isWell, false)
  const records = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.ok(records.some(({ cause, check }) => cause === 'config_invalid' && check !== undefined))
})

test('every module of a package loads with nothing but the package around it', () => {
  for (const name of functionNames) {
    const files = [...readZip(join(packaged.folder, '.serverless', `${name}.zip`)).keys()]
    const modules = files.filter((file) => file.endsWith('.mjs'))
    const addresses = modules.map((file) => pathToFileURL(join(unpacked, name, file)).href)
    const script = 'for (const file of process.argv.slice(1)) await import(file)'
    const { status, stderr } = run(name, script, addresses, variablesOf(name))
    assert.equal(status, 0, stderr)
  }
})
