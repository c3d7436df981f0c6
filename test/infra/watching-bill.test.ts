import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Resource } from '../../infra/resource.ts'
import type { Stage } from '../../infra/stage.ts'
import { toWatching } from '../../infra/watching.ts'
import { readStage } from '../../tools/stage-file.ts'
import { codeGrant, openProxy } from '../fixtures/conformance/proxy.ts'
import { openWriter, readEmitted, type WrittenLines } from '../fixtures/infra/emitted.ts'
import { toStage } from '../fixtures/infra/sample-dashboard.ts'
import {
  type SampleExchange,
  toSampleExchanges,
  toSampleSuccess,
} from '../fixtures/infra/sample-exchanges.ts'

const read = readStage('dev')
const stage = read.ok ? read.stage : assert.fail(read.problems.join('; '))
/** The same deployment with few metrics. */
const small = toStage({ watch: 'small' })
const clients = [...stage.settings.clients.values()].map(({ name }) => name)
const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'watching-bill.md'), 'utf8')

/** The numbers in the row of the page that begins with these words. */
function readRow(words: string): readonly number[] {
  const row = page.split('\n').find((line) => line.startsWith(`| ${words} |`))
  const [, , ...cells] = row?.split('|') ?? assert.fail(`the page has no row ${words}`)
  return cells.slice(0, -1).map((cell) => Number(cell.replace(',', '')))
}

/** CloudWatch Logs counts so much for a line beside its own bytes. */
const bytesBesideLine = 26
const toBytes = ({ lines }: WrittenLines) =>
  lines.reduce((sum, line) => sum + Buffer.byteLength(line) + bytesBesideLine, 0)

function assertWithin(words: string, exchanges: readonly SampleExchange[]): void {
  const write = openWriter(stage.settings)
  const [most = 0] = readRow(words)
  for (const { outcome, measures } of exchanges) {
    const bytes = toBytes(write((records) => records.write(outcome, measures)))
    assert.ok(bytes <= most, `${bytes} bytes: ${JSON.stringify(outcome)}`)
    assert.ok(bytes > 0)
  }
}

test('an exchange that succeeds logs no more bytes than its budget', () => {
  assertWithin(
    'bytes logged for an exchange that succeeds',
    clients.map((client) => toSampleSuccess(client)),
  )
})

test('an exchange that fails for any cause logs no more bytes than its budget', () => {
  assertWithin(
    'bytes logged for an exchange that fails',
    toSampleExchanges(clients).filter(({ outcome }) => !outcome.result.ok),
  )
})

test('all causes, all clients and the doctor make no more metric series than their budget', () => {
  const { size } = readEmitted(stage).units
  const [most = 0] = readRow('metric series')
  assert.ok(size <= most && size > most / 2, `${size} series`)
  const few = readEmitted(small).units.size
  const [mostFew = 0] = readRow('metric series with `watch: "small"`')
  assert.ok(few <= mostFew && few > mostFew / 2, `${few} series with few metrics`)
})

/** An alarm is billed by each metric that it reads, and by three where it reads a band of what is usual. */
function countMetrics({ Properties: { Metrics: queries } }: Resource): number {
  if (!Array.isArray(queries)) return 1
  const read = queries.filter((query: object) => 'MetricStat' in query).length
  return JSON.stringify(queries).includes('ANOMALY_DETECTION_BAND') ? 3 * read : read
}

/** What a stage has that is billed each month, in the order of the bill. */
function countBilled(billed: Stage): readonly number[] {
  const resources: readonly Resource[] = Object.values(toWatching(billed))
  const ofType = (type: string) => resources.filter(({ Type }) => Type === type)
  return [
    ofType('AWS::CloudWatch::Alarm').reduce((sum, alarm) => sum + countMetrics(alarm), 0),
    ofType('AWS::CloudWatch::CompositeAlarm').length,
    ofType('AWS::CloudWatch::Dashboard').length,
  ]
}

const inFull = [
  ...['metric series, at most', 'metrics that alarms read', 'composite alarms', 'dashboards'],
] as const
const inSmall = [
  ...['few metric series, at most', 'metrics that the fewer alarms read'],
  ...['fewer composite alarms', 'smaller dashboards'],
] as const

test('the written bill counts what the stack has, and multiplies rightly', () => {
  const budgets = [
    'bytes logged for an exchange that succeeds',
    'bytes logged for an exchange that fails',
  ].map((words) => (readRow(words)[0] ?? 0) / 1000)
  for (const [words, counts] of [
    [inFull, [readRow('metric series')[0], ...countBilled(stage)]],
    [inSmall, [readRow('metric series with `watch: "small"`')[0], ...countBilled(small)]],
    [['that succeed, at most', 'that fail, at most'], budgets],
  ] as const) {
    for (const [at, name] of words.entries()) {
      const [counted, each = Number.NaN, usd = Number.NaN] = readRow(name)
      assert.equal(counted, counts[at], name)
      assert.equal(usd.toFixed(2), ((counts[at] ?? 0) * each).toFixed(2), name)
    }
  }
})

test('a small deployment is watched for at most 15 USD a month, a full one for at most 75', () => {
  for (const [words, sum, most] of [
    [inFull, '**sum, at most**', 75],
    [inSmall, '**small sum, at most**', 15],
  ] as const) {
    const usd = words.reduce((total, name) => total + (readRow(name)[2] ?? Number.NaN), 0)
    const row = page.split('\n').find((line) => line.startsWith(`| ${sum} |`)) ?? assert.fail(sum)
    assert.ok(row.includes(`**${usd.toFixed(2)}**`), `${sum} is ${usd.toFixed(2)}`)
    assert.ok(usd <= most, sum)
  }
})

/** The fields of a line; on a busy machine even a cached secret may take a millisecond, which is then a field. */
const toForm = (line: string) => {
  const { _aws, secret_ms: _, ...fields } = JSON.parse(line)
  return { fields: Object.keys(fields).sort(), directives: _aws?.CloudWatchMetrics }
}

test('the lines that are measured are those that the built function writes', async (t) => {
  const proxy = await openProxy({ concurrency: 1 })
  t.after(() => proxy.close())
  for (let sent = 0; sent < 2; sent += 1) {
    proxy.upstream.script({
      status: 200,
      headers: { 'x-amz-cognito-request-id': '9f3c1f8e-4f6d-4c1b-9a53-7b0f2c9d1e84' },
      body: { access_token: 'access', token_type: 'Bearer' },
    })
    await proxy.send({ body: codeGrant() })
  }
  const written = proxy.lines().slice(-1)
  const write = openWriter({ service: 'token-proxy', runbookUrl: '', watch: 'full' })
  const { outcome, measures } = toSampleSuccess('web')
  const sample = write((records) => records.write(outcome, measures))
  const sampled = sample.lines
  assert.deepEqual(written.map(toForm), sampled.map(toForm))
  const [writtenBytes, sampledBytes] = [written, sampled].map((lines) => lines.join('').length)
  // Loopback is faster than a Region, which shows in the digits of its times.
  assert.ok(Math.abs((writtenBytes ?? 0) - (sampledBytes ?? 0)) <= 20)
})
