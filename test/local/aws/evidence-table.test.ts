import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { CreateTableCommand, DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import dynalite from 'dynalite'
import { systemClock } from '../../../adapters/clock.ts'
import { openUseTable } from '../../../adapters/evidence/use-table.ts'
import { openEvidenceTable } from '../../../local/aws/evidence-table.ts'
import { openRowSweeper } from '../../../local/aws/row-sweeper.ts'
import { openTableRows } from '../../fixtures/conformance/table-rows.ts'
import { stopTimers } from '../../fixtures/stopped-timers.ts'

const name = 'uses'
const waitMs = 10_000
const laterMs = Date.now() + 3_600_000

async function open(t: TestContext, mostRows: number) {
  const server = dynalite({ createTableMs: 0 })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'loopback',
    AWS_SECRET_ACCESS_KEY: 'loopback',
    AWS_ENDPOINT_URL_DYNAMODB: url,
  })
  const client = new DynamoDBClient({})
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'digest', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'digest', KeyType: 'HASH' }],
    }),
  )
  const sweeper = openRowSweeper({ server, client, name, mostRows })
  const rows = openTableRows({ url, name, close: async () => {} })
  // First, so that the table closes with timers that go on.
  stopTimers(t)
  t.after(() => {
    rows.close()
    client.destroy()
    server.close()
    server.closeAllConnections()
  })
  const table = openUseTable(name, systemClock)
  const use = (digest: string, forgetAtMs = laterMs) =>
    table.begin({ digest, exchangeDigest: 'one', forgetAtMs, isCounted: true }).end('spent', waitMs)
  const digests = async () => (await rows.read()).map(({ digest }) => digest?.S).sort()
  return { sweeper, use, digests }
}

test('of many rows, those written last stay', async (t) => {
  const { sweeper, use, digests } = await open(t, 3)
  for (const digest of ['a', 'b', 'c', 'd', 'e', 'f', 'b']) await use(digest)
  await sweeper.sweep()
  assert.deepEqual(await digests(), ['b', 'e', 'f'])
  assert.equal(sweeper.count(), 3)
})

test('a row is deleted once its end has come', async (t) => {
  const { sweeper, use, digests } = await open(t, 10)
  await use('old', Date.now() - 1000)
  await use('young')
  await sweeper.sweep()
  assert.deepEqual(await digests(), ['young'])
  assert.equal(sweeper.count(), 1)
})

test('a row that is written again after a sweep is known again', async (t) => {
  const { sweeper, use, digests } = await open(t, 1)
  for (const digest of ['a', 'b']) await use(digest)
  await sweeper.sweep()
  await use('a')
  await sweeper.sweep()
  assert.deepEqual(await digests(), ['a'])
})

test('a table that is closed first ends what callers have left behind', async () => {
  // The server takes several turns for an update; the callers leave within any of them.
  for (let turns = 0; turns < 30; turns += 1) {
    const opened = await openEvidenceTable('eu-central-1', 0)
    const client = new DynamoDBClient({ endpoint: opened.url, maxAttempts: 1 })
    const leaving = new AbortController()
    const count = (digest: string) =>
      client.send(
        new UpdateItemCommand({
          TableName: opened.name,
          Key: { digest: { S: digest } },
          UpdateExpression: 'ADD #counter :one',
          ExpressionAttributeNames: { '#counter': 'total' },
          ExpressionAttributeValues: { ':one': { N: '1' } },
        }),
        { abortSignal: leaving.signal },
      )
    const updates = Promise.allSettled(Array.from({ length: 20 }, (_, index) => count(`${index}`)))
    for (let turn = 0; turn < turns; turn += 1) await setImmediate()
    leaving.abort()
    client.destroy()
    await opened.close()
    await updates
  }
})
