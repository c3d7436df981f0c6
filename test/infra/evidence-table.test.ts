import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  ScanCommand,
} from '@aws-sdk/client-dynamodb'
import dynalite from 'dynalite'
import { systemClock } from '../../adapters/clock.ts'
import { openUseTable } from '../../adapters/evidence/use-table.ts'
import { toEvidenceTable } from '../../infra/evidence-table.ts'
import { stopTimers } from '../fixtures/stopped-timers.ts'

const server = dynalite({ createTableMs: 0 })
const name = 'token-proxy-dev-EvidenceTable-1EXAMPLE'
let client: DynamoDBClient

before(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'embedded',
    AWS_SECRET_ACCESS_KEY: 'embedded',
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${address.port}`,
  })
  client = new DynamoDBClient({})
})
after(() => {
  client.destroy()
  server.close()
  server.closeAllConnections()
})

test('the table of the template takes what the proxy writes, and forgets by its attribute', async (t) => {
  const { TimeToLiveSpecification, SSESpecification, ...shape } =
    toEvidenceTable(undefined).Properties
  const input = { ...shape, TableName: name } as CreateTableCommandInput
  await client.send(new CreateTableCommand(input))
  const forgetAtMs = Date.now() + 600_000
  const use = { digest: 'digest-1', exchangeDigest: 'exchange-1', forgetAtMs, isCounted: true }
  stopTimers(t)
  await openUseTable(name, systemClock).begin(use).end('refused', 5000)
  const { Items: [item] = [] } = await client.send(new ScanCommand({ TableName: name }))
  assert.equal(item?.['digest']?.S, 'digest-1')
  const { AttributeName } = TimeToLiveSpecification as { readonly AttributeName: string }
  assert.equal(item?.[AttributeName]?.N, `${Math.ceil(forgetAtMs / 1000)}`)
  assert.ok(SSESpecification)
})
