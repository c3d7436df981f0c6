import assert from 'node:assert/strict'
import { json } from 'node:stream/consumers'
import test, { type TestContext } from 'node:test'
import { systemClock } from '../../../adapters/clock.ts'
import { openUseTable, type UseRow } from '../../../adapters/evidence/use-table.ts'
import { unused } from '../../../core/diagnosis/use-history.ts'
import { openEvidenceTable } from '../../../local/aws/evidence-table.ts'
import { openHttpServer } from '../../fixtures/adapters/loopback-servers.ts'
import { openManualClock } from '../../fixtures/adapters/manual-clock.ts'
import { openBrokenTable } from '../../fixtures/conformance/broken-table.ts'
import { openTableRows } from '../../fixtures/conformance/table-rows.ts'
import { attemptUntilDone, hangMs } from '../../fixtures/patience.ts'
import { stopTimers } from '../../fixtures/stopped-timers.ts'

const forgetAtMs = 1_800_000_600_000
const waitMs = 1000

const toUse = (digest: string, exchangeDigest = 'one') => ({
  digest,
  exchangeDigest,
  forgetAtMs,
  isCounted: true,
})

function setEnvironment(url: string): void {
  process.env['AWS_ENDPOINT_URL_DYNAMODB'] = url
  process.env['AWS_REGION'] = 'eu-central-1'
  process.env['AWS_ACCESS_KEY_ID'] = 'loopback'
  process.env['AWS_SECRET_ACCESS_KEY'] = 'loopback'
}

async function open(t: TestContext) {
  const opened = await openEvidenceTable('eu-central-1', 0)
  const rows = openTableRows(opened)
  // First, so that the table closes with timers that go on.
  stopTimers(t)
  t.after(async () => {
    rows.close()
    await opened.close()
  })
  setEnvironment(opened.url)
  const table = openUseTable(opened.name, systemClock)
  const begin = (digest: string, exchangeDigest = 'one') =>
    table.begin(toUse(digest, exchangeDigest))
  return { rows, begin }
}

test('every use is counted, and how it ended is noted', async (t) => {
  const { begin } = await open(t)
  const first = { ...unused, total: 1 }
  assert.deepEqual(await begin('code').read(waitMs), first)
  await begin('code').end('refused', waitMs)
  await begin('code').end('lost', waitMs)
  assert.deepEqual(await begin('code').read(waitMs), { ...first, total: 4, refused: 1 })
  assert.deepEqual(await begin('another').read(waitMs), first)
})

for (const [outcome, changes] of [
  ['spent', { spentBy: 'one' }],
  ['rotated_out', { rotatedOut: true }],
  ['revoked', { revoked: true }],
] as const) {
  test(`a use that ended as ${outcome} is known to have done so everywhere`, async (t) => {
    const { begin } = await open(t)
    await begin('code').end(outcome, waitMs)
    assert.deepEqual(await begin('code', 'two').read(waitMs), { ...unused, total: 2, ...changes })
  })
}

test('the note of a success says which exchange it was, and no time at all', async (t) => {
  const { rows, begin } = await open(t)
  await begin('code', 'the exchange digest').end('spent', waitMs)
  const [row] = await rows.read()
  assert.deepEqual(row, {
    digest: { S: 'code' },
    total: { N: '1' },
    spentBy: { S: 'the exchange digest' },
    forgetAt: { N: String(forgetAtMs / 1000) },
  })
})

test('a row is read as it is now, not as it was a moment ago', async (t) => {
  const bodies: unknown[] = []
  const server = await openHttpServer(t, async (request, response) => {
    bodies.push(await json(request))
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}')
  })
  setEnvironment(`http://127.0.0.1:${server.port}`)
  stopTimers(t)
  await openUseTable('evidence', systemClock).begin(toUse('code')).read(waitMs)
  const expected = { TableName: 'evidence', Key: { digest: { S: 'code' } }, ConsistentRead: true }
  assert.deepEqual(bodies.at(-1), expected)
})

test('a row has its time to live in seconds', async (t) => {
  const { rows, begin } = await open(t)
  await begin('code').end('spent', waitMs)
  const [row] = await rows.read()
  assert.equal(row?.['forgetAt']?.N, String(forgetAtMs / 1000))
})

for (const kind of ['hanging', 'denied'] as const) {
  test(`a table that is ${kind} is given up in time, without a word`, {
    timeout: hangMs,
  }, async (t) => {
    const broken = await openBrokenTable(kind)
    t.after(() => broken.close())
    setEnvironment(broken.url)
    const passTime = stopTimers(t)
    const row = openUseTable('evidence', systemClock).begin(toUse('code'))
    const reading = row.read(100)
    await broken.untilCalls(1)
    if (kind === 'hanging') passTime(100)
    assert.equal(await reading, undefined)
    const ending = row.end('refused', 100)
    if (kind === 'hanging') passTime(100)
    await ending
  })
}

test('a table that hangs is left alone after three uses, and tried by a single one half a minute later', {
  timeout: hangMs,
}, async (t) => {
  const broken = await openBrokenTable('hanging')
  t.after(() => broken.close())
  setEnvironment(broken.url)
  const passTime = stopTimers(t)
  const clock = openManualClock()
  const table = openUseTable('evidence', clock)
  const end = async (row: UseRow) => {
    await row.end('lost', 300)
    return row.read(1000)
  }
  const begin = () => table.begin(toUse('code'))
  /** A use that hangs, as call so many of all. */
  const hang = async (calls: number) => {
    const ended = end(begin())
    await broken.untilCalls(calls)
    passTime(300)
    assert.equal(await ended, undefined)
  }
  for (const calls of [1, 2, 3]) await hang(calls)
  // No time passes here: there is nothing to wait for.
  assert.equal(await end(begin()), undefined)
  clock.pass(30_000)
  const tried = hang(4)
  for (const _ of [1, 2]) assert.equal(await end(begin()), undefined)
  await tried
  assert.equal(broken.calls(), 4)
})

test('a table that is slow for the second note still stores it, and stays in use', async (t) => {
  let [longMs, calls] = [100, 0]
  // The second call is never answered, so all of the wait passes: it has to be long enough for both to arrive.
  const attempt = async () => {
    longMs *= 2
    const slow = await openBrokenTable('slow')
    t.after(() => slow.close())
    setEnvironment(slow.url)
    const table = openUseTable('evidence', openManualClock())
    for (const _ of [1, 2, 3, 4]) await table.begin(toUse('code')).end('spent', longMs)
    calls = slow.calls()
    assert.ok(calls <= 8)
    return calls === 8 || undefined
  }
  await attemptUntilDone(attempt, () => `${calls} of 8 calls came`)
})
