import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemClock } from '../../adapters/clock.ts'
import { openRequestRecords } from '../../adapters/request-record.ts'
import { fail } from '../../core/causes/catalogue.ts'
import type { Outcome } from '../../core/outcome.ts'
import { toRecord } from '../../core/record.ts'
import { captureOutput } from '../fixtures/adapters/captured-output.ts'
import { openManualClock } from '../fixtures/adapters/manual-clock.ts'
import { addUp } from '../fixtures/conformance/emf.ts'
import { parseLines } from '../fixtures/conformance/proxy.ts'
import { measures, toFailed, toSuccess } from '../fixtures/core/sample-outcome.ts'

const settings = { service: 'token-proxy', runbookUrl: '' }

/** What one outcome makes of records on standard output, and of metric lines. */
function writeOutcome(outcome: Outcome, changes: Partial<typeof measures> = {}) {
  const metricLines: string[] = []
  const records = openRequestRecords(settings, (line) => metricLines.push(line), systemClock)
  const { stdout, stderr } = captureOutput(() => {
    records.write(outcome, { ...measures, ...changes })
  })
  return { stdout, stderr, metricLines }
}

for (const [says, outcome, level] of [
  ['a success', toSuccess(), 'INFO'],
  ["a caller's mistake", toFailed('code_rejected'), 'WARN'],
  ["an operator's fault", toFailed('waf_blocked'), 'ERROR'],
  ["Cognito's fault", toFailed('cognito_timeout'), 'ERROR'],
] as const) {
  test(`${says} is one line of level ${level} on standard output, and one of metrics`, () => {
    const { stdout, stderr, metricLines } = writeOutcome(outcome)
    const [record, ...others] = parseLines(stdout)
    assert.deepEqual([others.length, stderr.length, metricLines.length], [0, 0, 1])
    assert.equal(record?.['level'], level)
    assert.deepEqual([record?.['service'], record?.['request_id']], ['token-proxy', 'request-1'])
  })
}

test('a log level of the environment neither silences nor adds to the record', (t) => {
  t.after(() => {
    delete process.env['POWERTOOLS_LOG_LEVEL']
  })
  const usual = Object.keys(parseLines(writeOutcome(toSuccess()).stdout)[0] ?? {})
  for (const level of ['SILENT', 'DEBUG', 'CRITICAL']) {
    process.env['POWERTOOLS_LOG_LEVEL'] = level
    const { stdout } = writeOutcome(toSuccess())
    assert.deepEqual(Object.keys(parseLines(stdout)[0] ?? {}), usual, level)
  }
})

test('a line has nothing of the logger but level, message and service, in a traced sandbox too', (t) => {
  process.env['_X_AMZN_TRACE_ID'] = 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1'
  t.after(() => {
    delete process.env['_X_AMZN_TRACE_ID']
  })
  const [line = {}] = parseLines(writeOutcome(toSuccess()).stdout)
  const own = Object.keys(toRecord(toSuccess(), measures, ''))
  assert.deepEqual(
    Object.keys(line).filter((name) => !own.includes(name)),
    ['level', 'message', 'service'],
  )
})

/** The series of one outcome: sums by metric and dimension values. */
const toSeries = (outcome: Outcome, isColdStart = false) => {
  const lines = parseLines(writeOutcome(outcome, { isColdStart }).metricLines)
  return Object.fromEntries(addUp(lines, { service: 'token-proxy', client: ['shop'] }))
}

test('a success has the metrics of the contract, each with its own dimensions alone', () => {
  const facts = { attempts: 2, upstreamMs: 80, secretMs: 10, secretAgeSeconds: 30 }
  assert.deepEqual(toSeries(toSuccess({ facts, secretFetches: ['ok'] }), true), {
    'Requests{service=token-proxy}': 1,
    'Requests{client=shop,service=token-proxy}': 1,
    'Successes{service=token-proxy}': 1,
    'Successes{grant_type=authorization_code,service=token-proxy}': 1,
    'UpstreamLatency{service=token-proxy}': 80,
    'ProxyLatency{service=token-proxy}': 30.6,
    'SecretLatency{service=token-proxy}': 10,
    'SecretAge{service=token-proxy}': 30,
    'UpstreamAttempts{service=token-proxy}': 2,
    'ColdStarts{service=token-proxy}': 1,
    'SecretFetches{result=ok,service=token-proxy}': 1,
  })
})

test('a failure is counted under its cause and its fault', () => {
  assert.deepEqual(toSeries(toFailed('waf_blocked')), {
    'Requests{service=token-proxy}': 1,
    'Requests{client=shop,service=token-proxy}': 1,
    'Failures{service=token-proxy}': 1,
    'Failures{cause=waf_blocked,service=token-proxy}': 1,
    'Failures{fault=operator,service=token-proxy}': 1,
    'ProxyLatency{service=token-proxy}': 120.6,
  })
})

test('a read that went well and one that failed are both counted, each as what it was', () => {
  const series = toSeries({ ...toFailed('client_rejected'), secretFetches: ['ok', 'failed'] })
  const fetches = Object.entries(series).filter(([name]) => name.startsWith('SecretFetches'))
  assert.deepEqual(Object.fromEntries(fetches), {
    'SecretFetches{result=ok,service=token-proxy}': 1,
    'SecretFetches{result=failed,service=token-proxy}': 1,
  })
})

test('metrics are of the instant that the clock tells, and not of when they are read', () => {
  const clock = openManualClock()
  const metricLines: string[] = []
  const records = openRequestRecords(settings, (line) => metricLines.push(line), clock)
  captureOutput(() => {
    for (const _ of [1, 2]) {
      records.write(toSuccess(), measures)
      clock.pass(90_000)
    }
  })
  const instants = metricLines.map((line) => JSON.parse(line)._aws.Timestamp)
  assert.deepEqual(instants, [clock.nowMs() - 180_000, clock.nowMs() - 90_000])
})

test('a metric writer that throws changes neither the record nor the request', () => {
  const breakDown = () => {
    throw new Error('the pipe is gone')
  }
  const records = openRequestRecords(settings, breakDown, systemClock)
  const { stdout } = captureOutput(() => records.write(toSuccess(), measures))
  assert.equal(stdout.length, 1)
})

test('a standard output that throws changes neither the metrics nor the request', () => {
  const metricLines: string[] = []
  const records = openRequestRecords(settings, (line) => metricLines.push(line), systemClock)
  captureOutput(() => records.write(toSuccess(), measures), true)
  assert.equal(metricLines.length, 1)
})

test('an outcome that cannot be read costs its record, and nothing else', () => {
  const unreadable = Object.defineProperty({ ...toSuccess() }, 'result', {
    get: () => {
      throw new Error('bug')
    },
  })
  const { stdout, metricLines } = writeOutcome(unreadable)
  assert.deepEqual([stdout, metricLines], [[], []])
})

test('the problems of refused settings are one line of at most forty, with their number', () => {
  const problems = Array.from({ length: 50 }, (_, index) => `problem ${index}`)
  const records = openRequestRecords(settings, () => {}, systemClock)
  const { stdout, stderr } = captureOutput(() => records.writeProblems(problems))
  assert.deepEqual([stdout.length, stderr.length], [1, 0])
  const [line] = parseLines(stdout)
  assert.equal(line?.['level'], 'ERROR')
  assert.equal(line?.['message'], 'settings refused')
  assert.deepEqual([line?.['problems'], line?.['problem_count']], [problems.slice(0, 40), 50])
})

test('a link to the runbook is in the record of a failure where there is a runbook', () => {
  const runbookUrl = 'https://docs.example/runbook'
  const records = openRequestRecords({ ...settings, runbookUrl }, () => {}, systemClock)
  const { stdout } = captureOutput(() => {
    records.write(toFailed(fail('waf_blocked')), measures)
  })
  assert.equal(parseLines(stdout)[0]?.['runbook'], `${runbookUrl}/waf_blocked.md`)
})
