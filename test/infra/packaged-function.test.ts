import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { copyProject, type ProjectCopy } from './packaging.ts'
import { readZip } from './zip-file.ts'

let project: ProjectCopy
let unpacked: string
before(async () => {
  project = copyProject()
  unpacked = mkdtempSync(join(tmpdir(), 'token-proxy-unpacked-'))
  const { code, output } = await project.run('package', '--stage', 'dev')
  assert.equal(code, 0, output)
  for (const [name, bytes] of readZip(join(project.folder, '.serverless', 'oauth2.zip'))) {
    mkdirSync(dirname(join(unpacked, name)), { recursive: true })
    writeFileSync(join(unpacked, name), bytes)
  }
})
after(() => {
  project.remove()
  rmSync(unpacked, { recursive: true, force: true })
})

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

test("the packaged function, alone with the template's environment, knows the stage's clients", () => {
  const properties = project.readTemplate().Resources['Oauth2LambdaFunction']?.Properties ?? {}
  const { Variables: variables } = properties['Environment'] as {
    readonly Variables: Readonly<Record<string, string>>
  }
  const [path, name] = String(properties['Handler']).split('.')
  const [client] = JSON.parse(variables['TOKEN_PROXY_CLIENTS'] ?? '')
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: client.clientId,
    refresh_token: 'refresh-1',
  }).toString()
  const file = pathToFileURL(join(unpacked, `${path}.mjs`)).href
  const given = [file, String(name), JSON.stringify({ ...event, body })]
  const { stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', caller, '--', ...given],
    { cwd: unpacked, encoding: 'utf8', env: { ...variables, AWS_REGION: 'eu-central-1' } },
  )
  const answer = JSON.parse(stderr)
  assert.equal(answer.statusCode, 403)
  assert.equal(JSON.parse(answer.body).error, 'unauthorized_client')
})
