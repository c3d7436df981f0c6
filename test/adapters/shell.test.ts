import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTokenShell } from '../../adapters/token-shell.ts'
import { openManualClock } from '../fixtures/adapters/manual-clock.ts'
import { parseLines } from '../fixtures/conformance/proxy.ts'
import { leastClientFields } from '../fixtures/core/sample-client.ts'
import { measures, toFailedOutcome } from '../fixtures/core/sample-outcome.ts'

const usable = { TOKEN_PROXY_CLIENTS: JSON.stringify([leastClientFields]) }

/** A shell and the lines that it has written by the time they are read. */
function open(environment: Readonly<Record<string, string>>) {
  const written: string[] = []
  const shell = openTokenShell(environment, openManualClock(), (lines) => written.push(...lines))
  return { shell, readLines: () => parseLines(written) }
}

test('usable settings open everything and write nothing', () => {
  const { shell, readLines } = open(usable)
  assert.deepEqual([...(shell.open?.settings.clients.keys() ?? [])], ['client1'])
  assert.deepEqual(readLines(), [])
})

test('refused settings open nothing and write every problem once', () => {
  const { shell, readLines } = open({ TOKEN_PROXY_CLIENTS: '[]', TOKEN_PROXY_DEADLINE_MS: 'soon' })
  assert.equal(shell.open, undefined)
  const lines = readLines()
  assert.equal(lines.length, 1)
  assert.equal(lines[0]?.['problem_count'], 2)
})

test('a shell reports only one cold start', () => {
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
  const { shell, readLines } = open({
    ...usable,
    TOKEN_PROXY_SERVICE: 'sign-in',
    TOKEN_PROXY_RUNBOOK_URL: runbookUrl,
  })
  assert.equal(shell.runbookUrl, runbookUrl)
  shell.records.write(toFailedOutcome('waf_blocked'), measures)
  const services = readLines().map((line) => line['service'])
  assert.deepEqual(services, ['sign-in', 'sign-in'])
})

test('record and metrics of a failure leave one after the other', () => {
  const { shell, readLines } = open(usable)
  shell.records.write(toFailedOutcome('waf_blocked'), measures)
  const kinds = readLines().map((line) => ('_aws' in line ? 'metrics' : 'record'))
  assert.deepEqual(kinds, ['record', 'metrics'])
})
