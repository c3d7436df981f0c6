import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTokenShell, type TokenShell } from '../../adapters/token-shell.ts'
import { captureOutput } from '../fixtures/adapters/captured-output.ts'
import { openManualClock } from '../fixtures/adapters/manual-clock.ts'
import { parseLines } from '../fixtures/conformance/proxy.ts'
import { leastClientFields } from '../fixtures/core/sample-client.ts'
import { measures, toSuccess } from '../fixtures/core/sample-outcome.ts'

const usable = { TOKEN_PROXY_CLIENTS: JSON.stringify([leastClientFields]) }

/** A shell and what opening it wrote. */
function open(environment: Readonly<Record<string, string>>) {
  const shells: TokenShell[] = []
  const { stdout } = captureOutput(() =>
    shells.push(openTokenShell(environment, openManualClock())),
  )
  const [shell] = shells
  assert.ok(shell)
  return { shell, lines: parseLines(stdout) }
}

test('usable settings open everything and write nothing', () => {
  const { shell, lines } = open(usable)
  assert.deepEqual([...(shell.open?.settings.clients.keys() ?? [])], ['client1'])
  assert.deepEqual(lines, [])
})

test('refused settings open nothing and write every problem once', () => {
  const { shell, lines } = open({ TOKEN_PROXY_CLIENTS: '[]', TOKEN_PROXY_DEADLINE_MS: 'soon' })
  assert.equal(shell.open, undefined)
  assert.equal(lines.length, 1)
  assert.equal(lines[0]?.['problem_count'], 2)
})

test('a shell tells of one cold start only', () => {
  const { shell } = open(usable)
  assert.deepEqual([shell.takeColdStart(), shell.takeColdStart()], [true, false])
})

test('each shell has its own cold start and its own clock', () => {
  const [first, second] = [open(usable).shell, open(usable).shell]
  assert.ok(first.takeColdStart() && second.takeColdStart())
  assert.notEqual(first.clock, second.clock)
})

test('service and runbook of the settings are those of the records', () => {
  const runbookUrl = 'https://docs.example/runbook'
  const { shell } = open({
    ...usable,
    TOKEN_PROXY_SERVICE: 'sign-in',
    TOKEN_PROXY_RUNBOOK_URL: runbookUrl,
  })
  assert.equal(shell.runbookUrl, runbookUrl)
  const { stdout } = captureOutput(() => shell.records.write(toSuccess(), measures))
  const services = parseLines(stdout).map((line) => line['service'])
  assert.deepEqual(services, ['sign-in', 'sign-in'])
})

test('record and metrics of a request go to standard output, a line each', () => {
  const { shell } = open(usable)
  const { stdout } = captureOutput(() => shell.records.write(toSuccess(), measures))
  const kinds = parseLines(stdout).map((line) => ('_aws' in line ? 'metrics' : 'record'))
  assert.deepEqual(kinds, ['record', 'metrics'])
})
