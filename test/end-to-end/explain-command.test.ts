import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runScript } from '../fixtures/end-to-end/run-script.ts'

/** Runs the command with a text on standard input. */
const explain = (words: readonly string[], pasted = '') =>
  runScript(['tools/explain.ts', ...words], { input: pasted })

test('a word as argument is explained with its reasons, what decides, and the fix', async () => {
  const { status, stdout } = await explain(['invalid_client'])
  assert.equal(status, 0)
  assert.match(stdout, /^1\. client_secret_missing \(possible\)$/m)
  for (const part of ['Decide: ', 'Fix: ', 'With the proxy: ', 'Next: ', '  POOL: ']) {
    assert.ok(stdout.includes(part), part)
  }
  assert.match(stdout, /^More: docs\/errors\/invalid_client\.md$/m)
})

test('a text on standard input is explained as JSON, and its secret is named and not shown', async () => {
  const secret = 'k3yThatWasMadeForThisTest'
  const pasted = `grant_type=refresh_token&client_id=demo&client_secret=${secret}\n{"error":"invalid_client"}`
  const { status, stdout, stderr } = await explain(['--json'], pasted)
  assert.equal(status, 0)
  const { secrets, suspicions, page } = JSON.parse(stdout)
  assert.equal(secrets[0].kind, 'client_secret')
  assert.equal(page, 'docs/errors/invalid_client.md')
  assert.ok(suspicions.every((one: { ask: string; fix: string }) => one.ask && one.fix))
  assert.ok(!`${stdout}${stderr}`.includes(secret))
})

test('the JSON has the same fields if nothing is known', async () => {
  const { stdout } = await explain(['--json'], 'It does not work.')
  assert.deepEqual(JSON.parse(stdout), {
    from: 'nothing',
    wording: null,
    about: null,
    page: null,
    suspicions: [],
    secrets: [],
    looked: null,
  })
})

test('a request id picks one record of several', async () => {
  const record = (id: string, cause: string) =>
    JSON.stringify({ outcome: 'failed', request_id: id, cause, certainty: 'proved' })
  const lines = `${record('one', 'waf_blocked')}\n${record('two', 'secret_not_found')}`
  const { stdout } = await explain(['--request-id', 'one'], lines)
  assert.match(stdout, /^It is proved: waf_blocked\.$/m)
})

test('a request id alone says how to get its record', async () => {
  const { status, stdout } = await explain(['--request-id', 'one'])
  assert.equal(status, 0)
  assert.match(stdout, /\$\.request_id = "one"/)
})

test('a request id that no service makes gets into no command and onto no terminal', async () => {
  const { status, stdout, stderr } = await explain(['--request-id', "one'; \u001b[31m"])
  assert.equal(status, 2)
  assert.ok(!`${stdout}${stderr}`.includes('\u001b'))
})

test('an unknown text and an empty input have their own exit codes', async () => {
  const unknown = await explain(['It does not work.'])
  assert.equal(unknown.status, 1)
  assert.match(unknown.stdout, /^Nothing in this text is known/)
  assert.equal((await explain([])).status, 2)
})
