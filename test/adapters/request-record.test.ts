import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Clock, systemClock } from '../../adapters/clock.ts'
import { openRequestRecords, type RequestRecords } from '../../adapters/request-record.ts'
import { fail } from '../../core/causes/catalogue.ts'
import type { Outcome } from '../../core/outcome.ts'
import { type Measures, toRecord } from '../../core/record.ts'
import { openManualClock } from '../fixtures/adapters/manual-clock.ts'
import { addUp } from '../fixtures/conformance/emf.ts'
import { parseLines } from '../fixtures/conformance/proxy.ts'
import { measures, toFailedOutcome, toSuccess } from '../fixtures/core/sample-outcome.ts'

const settings = { service: 'token-proxy', runbookUrl: '', watch: 'full' } as const

/** What one thing that happened makes of records, of metrics, and of writes. */
function catchLines(happen: (records: RequestRecords) => void, clock: Clock = systemClock) {
  const writes: (readonly string[])[] = []
  happen(openRequestRecords(settings, (lines) => writes.push(lines), clock))
  const all = parseLines(writes.flat())
  return {
    writes: writes.length,
    lines: all.length,
    records: all.filter((line) => 'message' in line),
    metrics: all.filter((line) => '_aws' in line),
  }
}

const writeOutcome = (outcome: Outcome, changes: Partial<Measures> = {}) =>
  catchLines((records) => records.write(outcome, { ...measures, ...changes }))

test('a success is one line of level INFO that holds its metrics, too', () => {
  const { writes, lines, records, metrics } = writeOutcome(toSuccess())
  assert.deepEqual([writes, lines, records.length], [1, 1, 1])
  assert.deepEqual(records, metrics)
  const { level, service, request_id, Requests } = records[0] ?? {}
  assert.deepEqual([level, service, request_id, Requests], ['INFO', 'token-proxy', 'request-1', 1])
})

test('a success whose record is dropped keeps its metrics', (t) => {
  process.env['AWS_LAMBDA_LOG_LEVEL'] = 'ERROR'
  t.after(() => {
    delete process.env['AWS_LAMBDA_LOG_LEVEL']
  })
  const { records, metrics } = writeOutcome(toSuccess())
  assert.deepEqual(
    records.filter(({ outcome }) => outcome !== undefined),
    [],
  )
  assert.deepEqual([metrics.length, metrics[0]?.['service']], [1, 'token-proxy'])
})

for (const [says, outcome, level] of [
  ["a caller's mistake", toFailedOutcome('code_rejected'), 'WARN'],
  ["an operator's fault", toFailedOutcome('waf_blocked'), 'ERROR'],
  ["Cognito's fault", toFailedOutcome('cognito_timeout'), 'ERROR'],
] as const) {
  test(`${says} is one line of level ${level} and one of metrics, in one write`, () => {
    const { writes, lines, records, metrics } = writeOutcome(outcome)
    const [record] = records
    assert.deepEqual([writes, lines, records.length, metrics.length], [1, 2, 1, 1])
    assert.equal(record?.['level'], level)
    assert.deepEqual([record?.['service'], record?.['request_id']], ['token-proxy', 'request-1'])
  })
}

test('a log level of the environment neither silences nor adds to the record', (t) => {
  t.after(() => {
    delete process.env['POWERTOOLS_LOG_LEVEL']
  })
  const usual = Object.keys(writeOutcome(toSuccess()).records[0] ?? {})
  for (const level of ['SILENT', 'DEBUG', 'CRITICAL']) {
    process.env['POWERTOOLS_LOG_LEVEL'] = level
    const { records } = writeOutcome(toSuccess())
    assert.deepEqual(Object.keys(records[0] ?? {}), usual, level)
  }
})

test('a line has nothing of the logger but level, message and service, in a traced sandbox too', (t) => {
  process.env['_X_AMZN_TRACE_ID'] = 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1'
  t.after(() => {
    delete process.env['_X_AMZN_TRACE_ID']
  })
  const outcome = toFailedOutcome('waf_blocked')
  const [line = {}] = writeOutcome(outcome).records
  const own = Object.keys(toRecord(outcome, measures, ''))
  assert.deepEqual(
    Object.keys(line).filter((name) => !own.includes(name)),
    ['level', 'message', 'service'],
  )
})

/** The series of one outcome: sums by metric and dimension values. */
const toSeries = (outcome: Outcome, spent: Partial<Measures> = {}) => {
  const { metrics } = writeOutcome(outcome, spent)
  return Object.fromEntries(addUp(metrics, { service: 'token-proxy', client: ['shop'] }))
}

test('a success has the metrics of the contract, each with its own dimensions alone', () => {
  const secret = { secretMs: 10, secretSource: 'stale', secretAgeSeconds: 30 } as const
  const facts = { attempts: 2, upstreamMs: 80, ...secret }
  assert.deepEqual(toSeries(toSuccess(), { facts, secretFetches: ['ok'], isColdStart: true }), {
    'Requests{service=token-proxy}': 1,
    'Requests{client=shop,service=token-proxy}': 1,
    'Successes{service=token-proxy}': 1,
    'Successes{grant_type=authorization_code,service=token-proxy}': 1,
    'UpstreamLatency{service=token-proxy}': 80,
    'ProxyLatency{service=token-proxy}': 30.6,
    'SecretLatency{service=token-proxy}': 10,
    'SecretAge{service=token-proxy}': 30,
    'UpstreamAttempts{service=token-proxy}': 2,
    'UpstreamAttempts{grant_type=authorization_code,service=token-proxy}': 2,
    'ColdStarts{service=token-proxy}': 1,
    'SecretFetches{result=ok,service=token-proxy}': 1,
  })
})

test('a failure is counted under its cause and its fault', () => {
  assert.deepEqual(toSeries(toFailedOutcome('waf_blocked')), {
    'Requests{service=token-proxy}': 1,
    'Requests{client=shop,service=token-proxy}': 1,
    'Failures{service=token-proxy}': 1,
    'Failures{cause=waf_blocked,service=token-proxy}': 1,
    'Failures{fault=operator,service=token-proxy}': 1,
    'ProxyLatency{service=token-proxy}': 120.6,
  })
})

test('a read that went well and one that failed are both counted, each as what it was', () => {
  const series = toSeries(toFailedOutcome('client_rejected'), { secretFetches: ['ok', 'failed'] })
  const fetches = Object.entries(series).filter(([name]) => name.startsWith('SecretFetches'))
  assert.deepEqual(Object.fromEntries(fetches), {
    'SecretFetches{result=ok,service=token-proxy}': 1,
    'SecretFetches{result=failed,service=token-proxy}': 1,
  })
})

test('metrics are of the instant that the clock tells, and not of when they are read', () => {
  const clock = openManualClock()
  const { metrics } = catchLines((records) => {
    for (const _ of [1, 2]) {
      records.write(toSuccess(), measures)
      clock.pass(90_000)
    }
  }, clock)
  const instants = metrics.map(({ _aws }) => Object(_aws).Timestamp)
  assert.deepEqual(instants, [clock.nowMs() - 180_000, clock.nowMs() - 90_000])
})

test('an output that throws changes nothing for the request', () => {
  const breakDown = () => {
    throw new Error('the pipe is gone')
  }
  openRequestRecords(settings, breakDown, systemClock).write(toSuccess(), measures)
})

const bug = { enumerable: true, get: () => assert.fail('bug') }

test('metrics that cannot be made cost no record', () => {
  const broken = Object.defineProperty({ ...measures }, 'secretFetches', bug)
  const { records, metrics } = catchLines((opened) => opened.write(toSuccess(), broken))
  assert.deepEqual([records.length, metrics.length], [1, 0])
})

test('an outcome that cannot be read costs its record, and nothing else', () => {
  const unreadable = Object.defineProperty({ ...toSuccess() }, 'result', bug)
  assert.equal(writeOutcome(unreadable).writes, 0)
})

test('the problems of refused settings are one line of at most forty, with their number', () => {
  const problems = Array.from({ length: 50 }, (_, index) => `problem ${index}`)
  const { writes, records } = catchLines((opened) => opened.writeProblems(problems))
  const [line] = records
  assert.deepEqual([writes, records.length], [1, 1])
  assert.equal(line?.['level'], 'ERROR')
  assert.equal(line?.['message'], 'settings refused')
  assert.deepEqual([line?.['problems'], line?.['problem_count']], [problems.slice(0, 40), 50])
})

test('a link to the runbook is in the record of a failure where there is a runbook', () => {
  const runbookUrl = 'https://docs.example/runbook'
  const lines: string[] = []
  const write = (more: readonly string[]) => lines.push(...more)
  openRequestRecords({ ...settings, runbookUrl }, write, systemClock).write(
    toFailedOutcome(fail('waf_blocked')),
    measures,
  )
  assert.equal(parseLines(lines)[0]?.['runbook'], `${runbookUrl}/waf_blocked.md`)
})

test("a warning of the logger's own takes the same way as the records", (t) => {
  process.env['AWS_LAMBDA_LOG_LEVEL'] = 'WARN'
  t.after(() => {
    delete process.env['AWS_LAMBDA_LOG_LEVEL']
  })
  const { writes, records } = writeOutcome(toFailedOutcome('waf_blocked'))
  assert.equal(writes, 1)
  assert.deepEqual(
    records.map(({ level }) => level),
    ['WARN', 'ERROR'],
  )
})

test('with `watch: small` the record stays, and metrics that no page needs are left out', () => {
  const lines: string[] = []
  const write = (more: readonly string[]) => lines.push(...more)
  const records = openRequestRecords({ ...settings, watch: 'small' }, write, systemClock)
  records.write(toFailedOutcome('secret_access_denied'), measures)
  const [record, { _aws, ...counted } = {}, ...others] = parseLines(lines)
  assert.deepEqual(others, [])
  assert.equal(record?.['cause'], 'secret_access_denied')
  assert.deepEqual(counted, { service: 'token-proxy', pages_at: '1', Requests: 1, Failures: 1 })
})
