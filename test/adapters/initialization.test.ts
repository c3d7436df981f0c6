import assert from 'node:assert/strict'
import { test } from 'node:test'
import { prepareRequests } from '../../adapters/initialization.ts'
import { client, down, limits, openManualSecrets } from '../fixtures/adapters/manual-secrets.ts'
import { toClient } from '../fixtures/core/sample-client.ts'

const onDemand = { AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand' }

/** Settings with so many clients, the first of them the usual one. */
function toSettings(count: number) {
  const others = Array.from({ length: count - 1 }, (_, index) =>
    toClient({ clientId: `other${index}` }),
  )
  const clients = new Map([client, ...others].map((one) => [one.clientId, one]))
  return { clients, secretTimeoutMs: limits.secretTimeoutMs, connectTimeoutMs }
}

const connectTimeoutMs = 2000
/** Connections that nothing is opened for. */
const connections = { prepare: async () => {} }
const rehearse = async () => {}

test('a secret that was read while Lambda initialised is as old as it is at the first request', async () => {
  const { clock, reads, secrets, ask } = openManualSecrets()
  await prepareRequests({ secrets, connections }, toSettings(1), onDemand, clock, rehearse)
  assert.deepEqual(reads, [{ secretId: client.secretId, timeoutMs: limits.secretTimeoutMs }])
  clock.pass(5000)
  assert.equal(await ask(), 'cache s1 5')
  assert.equal(reads.length, 1)
})

test('a failure while Lambda initialises is kept for the first request', async () => {
  const { clock, reads, vault, secrets, ask } = openManualSecrets()
  vault.next = down
  await prepareRequests({ secrets, connections }, toSettings(1), onDemand, clock, rehearse)
  assert.equal(await ask(), 'secret_unavailable answered_error')
  assert.equal(reads.length, 1)
})

test('the rehearsal begins once the connections stand, and a throw in it changes nothing', async () => {
  const { clock, secrets, ask } = openManualSecrets()
  const seen: string[] = []
  const noted = { prepare: async () => void seen.push('connection') }
  const parts = { secrets, connections: noted }
  await prepareRequests(parts, toSettings(1), onDemand, clock, async () => {
    seen.push('rehearsal')
    throw new Error('bug')
  })
  assert.deepEqual(seen, ['connection', 'rehearsal'])
  assert.equal(await ask(), 'cache s1 0')
})

const cases = [
  { type: 'on-demand', clients: 3, reads: 3 },
  { type: 'provisioned-concurrency', clients: 1, reads: 1 },
  { type: 'on-demand', clients: 4, reads: 0 },
  { type: 'snap-start', clients: 1, reads: 0 },
  { type: undefined, clients: 1, reads: 0 },
]
for (const { type, clients, reads: expected } of cases) {
  test(`with ${clients} clients and the initialisation ${type}, ${expected} secrets are read ahead`, async () => {
    const { clock, reads, secrets } = openManualSecrets()
    const prepared: unknown[] = []
    const noted = { prepare: async (...given: readonly unknown[]) => void prepared.push(given) }
    const environment = type === undefined ? {} : { AWS_LAMBDA_INITIALIZATION_TYPE: type }
    const parts = { secrets, connections: noted }
    let rehearsals = 0
    await prepareRequests(parts, toSettings(clients), environment, clock, async () => {
      rehearsals += 1
    })
    assert.equal(reads.length, expected)
    assert.equal(rehearsals, expected === 0 ? 0 : 1)
    // All of the clients have the same domain.
    assert.deepEqual(prepared, expected === 0 ? [] : [[client.domain, connectTimeoutMs]])
  })
}
