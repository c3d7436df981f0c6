import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { causes } from '../../core/causes/catalogue.ts'
import { countStanding, readBilledStage } from '../../tools/measure-bill.ts'
import { toExchange, toWholeRun } from '../../tools/sample-exchanges.ts'
import { type LoggedBytes, measureWatching } from '../../tools/watching-bill.ts'
import { sumUp, toBillPage, toLogged } from '../../tools/watching-bill-page.ts'
import { openWrittenLines } from '../../tools/written-lines.ts'
import { codeGrant, openProxy } from '../fixtures/conformance/proxy.ts'

const stage = readBilledStage()
const clients = [...stage.settings.clients.values()].map(({ name }) => name)
const measured = measureWatching(stage.settings, toWholeRun(clients))
const standing = countStanding(stage)
const toMean = (bytes: LoggedBytes) => toLogged(bytes) / bytes.exchanges

const mostSeries = 150
const mostBytesOfSuccess = 1200

test(`all causes, all clients and the doctor make at most ${mostSeries} series`, () => {
  assert.ok(sumUp(measured.series) <= mostSeries, `${sumUp(measured.series)} series`)
  // One for each cause, one for each fault, and one of all.
  assert.equal(measured.series['Failures'], Object.keys(causes).length + 3 + 1)
})

test(`a success logs at most ${mostBytesOfSuccess} bytes, what CloudWatch adds among them`, () => {
  const { success } = measured
  const added = (26 * success.lines) / success.exchanges
  assert.ok(toMean(success) + added <= mostBytesOfSuccess, `${toMean(success)} + ${added}`)
})

test('no exchange logs more than two lines of 2 KiB', () => {
  for (const { lines, exchanges, mostBytes } of [measured.success, measured.failure]) {
    assert.equal(lines, 2 * exchanges)
    assert.ok(mostBytes <= 2 * 2048)
  }
})

/** The page with each measured size left out, since a shorter run comes out a byte beside it. */
const toOutline = (page: string) =>
  page
    .replace(/[\d,]+ exchanges/, '')
    .replaceAll(/^\| (?:succeeded|failed|that succeed|that fail) .*$/gm, '')

test('the written bill is that of this code: run the command in it where this fails', () => {
  const path = join(import.meta.dirname, '..', '..', 'docs', 'watching-bill.md')
  const page = readFileSync(path, 'utf8')
  const fresh = toBillPage({ measured, standing, clients: clients.length })
  assert.equal(toOutline(page), toOutline(fresh))
  for (const [name, bytes] of Object.entries({
    succeeded: measured.success,
    failed: measured.failure,
  })) {
    const [, written] = RegExp(`^\\| ${name} .*\\*\\*(\\d+)\\*\\*`, 'm').exec(page) ?? []
    assert.ok(Math.abs(Number(written) - toMean(bytes)) < 0.01 * toMean(bytes), name)
  }
})

/** What a line says, but for its values. */
const toForm = (line: string) => {
  const { _aws, ...fields } = JSON.parse(line)
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
  const written = proxy.lines().slice(-2)
  const { outcome, measures } = toExchange(2, ['web'])
  const output = openWrittenLines({ service: 'token-proxy', runbookUrl: '' })
  const { records, metrics } = output.write((to) => to.write(outcome, measures))
  const sampled = [...records, ...metrics]
  assert.deepEqual(written.map(toForm), sampled.map(toForm))
  const [writtenBytes, sampledBytes] = [written, sampled].map((lines) => lines.join('').length)
  // Loopback is faster than a Region, which shows in the digits of its times.
  assert.ok(Math.abs((writtenBytes ?? 0) - (sampledBytes ?? 0)) <= 20)
})
