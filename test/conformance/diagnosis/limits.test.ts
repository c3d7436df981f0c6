// What diagnosis may cost: a success nothing, a failure little, and Cognito's quota next to nothing.
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { ensureBuilt } from '../../../local/built-functions.ts'
import { openBrokenTable } from '../../fixtures/conformance/broken-table.ts'
import {
  assertFinding,
  type DiagnosedWorld,
  type DiagnosedWorldOptions,
  openTestWorld,
} from '../../fixtures/conformance/diagnosed-world.ts'
import { openDirectHandler, toAnswer, toEvent } from '../../fixtures/conformance/direct-handler.ts'
import { judgeInTime } from '../../fixtures/conformance/in-time.ts'
import { type FormParameters, pickRecords, type Reply } from '../../fixtures/conformance/proxy.ts'

const loaded = 'the describer was loaded'

/** The built functions with a describer that says so when it is loaded, and then fails. */
function copyWithBrokenDescriber(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'functions-'))
  t.after(() => rmSync(folder, { recursive: true }))
  cpSync(ensureBuilt(), folder, { recursive: true })
  const chunks = readdirSync(join(folder, 'chunks')).filter((name) =>
    name.startsWith('pool-describer-'),
  )
  assert.equal(chunks.length, 1)
  const text = `process.stdout.write('${loaded}\\n'); throw new Error('no describer')`
  for (const name of chunks) writeFileSync(join(folder, 'chunks', name), text)
  return folder
}

test('a success neither loads the describer nor calls it; a failure without it loses certainty alone', async (t) => {
  const world = await openTestWorld(t, {
    functionsFolder: copyWithBrokenDescriber(t),
    plantedLine: loaded,
  })
  const refresh = await world.refreshForm()
  for (const form of [await world.codeForm(), refresh, refresh]) {
    assert.equal((await world.ask(form)).reply.status, 200)
  }
  assert.equal((await world.ask({ ...refresh, client_id: 'unknown' })).reply.status, 400)
  assert.ok(!world.lines().includes(loaded))
  world.visitor.pool.breakWith('client_gone')
  const failed = await world.ask(refresh)
  assert.ok(world.lines().includes(loaded))
  const { candidates } = failed.record
  assertFinding(failed, {
    cause: 'client_rejected',
    certainty: 'undetermined',
    evidence: ['secret_unchanged'],
    candidates: Array.isArray(candidates) ? candidates : [],
  })
  world.visitor.pool.restore()
  assert.equal((await world.ask(refresh)).reply.status, 200)
  assert.deepEqual(world.describeCalls(), [])
})

function openHandler(t: TestContext, env: DiagnosedWorld['env']) {
  const handler = openDirectHandler({ ...env, TOKEN_PROXY_MOST_IN_FLIGHT: '1000' })
  t.after(() => handler.close())
  const ask = (forms: readonly FormParameters[]) =>
    handler.invoke(forms.map((form) => ({ event: toEvent(new URLSearchParams(form).toString()) })))
  return { ask, records: () => pickRecords(handler.lines()) }
}

const partCalls = ['DescribeUserPool', 'DescribeUserPoolClient', 'ListUserPoolClientSecrets']

test('fifty failures at one moment describe each part once, and all of them are explained', async (t) => {
  const fail = async () => {
    const world = await openTestWorld(t)
    const handler = openHandler(t, world.env)
    const form = await world.refreshForm()
    world.visitor.pool.breakWith('client_gone')
    const answers = await handler.ask(Array.from({ length: 50 }, () => form))
    assert.deepEqual([...world.describeCalls()].sort(), partCalls)
    for (const answer of answers) assert.equal(toAnswer(answer).status, 502)
    return handler.records().map((record) => ({ record }))
  }
  await judgeInTime(fail, (answers) => {
    const found = answers.map(({ record }) => record)
    assert.deepEqual([...new Set(found.map(({ cause }) => cause))], ['client_not_found'])
    // Proved to those that failed before the calls began, and likely to those that failed meanwhile.
    const certainties = new Set(found.map(({ certainty }) => certainty))
    assert.ok(certainties.has('proved'))
    certainties.delete('likely')
    assert.deepEqual([...certainties], ['proved'])
  })
})

test('a thousand failures of every kind make ten describe calls at most, two for callers and four for what anyone can bring about', async (t) => {
  const world = await openTestWorld(t)
  const handler = openHandler(t, world.env)
  const { pool } = world.visitor
  const form = await world.refreshForm()
  for (const name of ['oauth_flows_off', 'client_gone', 'refresh_expired', 'not_found'] as const) {
    pool.breakWith(name)
    for (const _ of [1, 2, 3, 4, 5]) await handler.ask(Array.from({ length: 50 }, () => form))
  }
  assert.equal(handler.records().length, 1000)
  assert.ok(world.describeCalls().length <= 10, world.describeCalls().join(', '))
})

test('descriptions that do not arrive delay a failure briefly, and only once', async (t) => {
  const world = await openTestWorld(t, { env: { TOKEN_PROXY_DEADLINE_MS: '14000' } })
  const form = await world.refreshForm()
  assert.equal((await world.ask(form)).reply.status, 200)
  world.aws.silenceCognito(true)
  world.visitor.pool.breakWith('client_gone')
  const first = await world.ask(form)
  assert.equal(first.record['cause'], 'client_rejected')
  assert.ok(Number(first.record['total_ms']) < 10_000, `${first.record['total_ms']} ms`)
  assert.equal((await world.ask(form)).record['cause'], 'client_rejected')
  assert.deepEqual([...world.describeCalls()].sort(), partCalls)
})

test('a failure is answered before its deadline however long descriptions and table stay away', async (t) => {
  const table = await openBrokenTable('hanging')
  t.after(() => table.close())
  // Far longer than a busy machine takes for what does answer.
  const deadlineMs = 14_000
  const world = await openTestWorld(t, {
    hasTable: true,
    env: { AWS_ENDPOINT_URL_DYNAMODB: table.url, TOKEN_PROXY_DEADLINE_MS: String(deadlineMs) },
  })
  const form = await world.refreshForm()
  assert.equal((await world.ask(form)).reply.status, 200)
  world.aws.silenceCognito(true)
  world.visitor.pool.breakWith('refresh_expired')
  const { record } = await world.ask(form)
  assert.equal(record['cause'], 'refresh_token_rejected')
  assert.ok(Number(record['total_ms']) < deadlineMs, `${record['total_ms']} ms`)
})

interface TableState {
  readonly says: string
  readonly open: (t: TestContext) => Promise<DiagnosedWorldOptions['env']>
}
const broken = (kind: 'hanging' | 'denied') => async (t: TestContext) => {
  const table = await openBrokenTable(kind)
  t.after(() => table.close())
  return { AWS_ENDPOINT_URL_DYNAMODB: table.url, TOKEN_PROXY_EVIDENCE_TABLE: 'evidence' }
}
const tableStates: readonly TableState[] = [
  { says: 'is absent', open: async () => ({ TOKEN_PROXY_EVIDENCE_TABLE: 'no-such-table' }) },
  { says: 'is denied', open: broken('denied') },
  { says: 'hangs', open: broken('hanging') },
]

/** Far more than a busy machine takes, and far less than the deadline, for which a hanging table could be waited. */
const muchMs = 3000

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]

/** Refreshes in a warm sandbox, and gives how long the middle one of them took. */
async function measure(world: DiagnosedWorld): Promise<number> {
  const form = await world.refreshForm()
  const spans: number[] = []
  for (const _ of Array.from({ length: 9 })) {
    const { record } = await world.ask(form)
    assert.equal(record['outcome'], 'ok')
    spans.push(Number(record['total_ms']))
  }
  return median(spans) ?? 0
}

/** The answer without what differs from one request to the next. */
const toText = ({ status, raw }: Reply) => [status, raw.replace(/Request id: .*"/, '"')]

for (const { says, open: openTable } of tableStates) {
  test(`a table that ${says} changes no answer and delays no success`, async (t) => {
    const sound = await openTestWorld(t)
    const world = await openTestWorld(t, { env: (await openTable(t)) ?? {} })
    const added = (await measure(world)) - (await measure(sound))
    assert.ok(added < muchMs, `${added} ms`)
    const answers = await Promise.all(
      [sound, world].map(async (one) => {
        const form = await one.codeForm()
        const first = await one.ask(form)
        assert.equal(first.reply.status, 200)
        assert.ok(Number(first.record['total_ms']) < muchMs, `${first.record['total_ms']} ms`)
        const second = await one.ask(form)
        assert.equal(second.record['cause'], 'code_already_used')
        return toText(second.reply)
      }),
    )
    assert.deepEqual(answers[0], answers[1])
  })
}
