import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSecretsAhead } from '../../adapters/initialization.ts'
import { client, down, limits, openManualSecrets } from '../fixtures/adapters/manual-secrets.ts'
import { toClient } from '../fixtures/core/sample-client.ts'

const onDemand = { AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand' }

/** Settings with so many clients, the first of them the usual one. */
function toSettings(count: number) {
  const others = Array.from({ length: count - 1 }, (_, index) =>
    toClient({ clientId: `other${index}` }),
  )
  const clients = new Map([client, ...others].map((one) => [one.clientId, one]))
  return { clients, secretTimeoutMs: limits.secretTimeoutMs }
}

test('a secret that was read while Lambda initialised is as old as it is at the first request', async () => {
  const { clock, reads, secrets, ask } = openManualSecrets()
  await readSecretsAhead(secrets, toSettings(1), onDemand, clock)
  assert.deepEqual(reads, [{ secretId: client.secretId, timeoutMs: limits.secretTimeoutMs }])
  clock.pass(5000)
  assert.equal(await ask(), 'cache s1 5')
  assert.equal(reads.length, 1)
})

test('a failure while Lambda initialises is kept for the first request', async () => {
  const { clock, reads, vault, secrets, ask } = openManualSecrets()
  vault.next = down
  await readSecretsAhead(secrets, toSettings(1), onDemand, clock)
  assert.equal(await ask(), 'secret_unavailable answered_error')
  assert.equal(reads.length, 1)
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
    const environment = type === undefined ? {} : { AWS_LAMBDA_INITIALIZATION_TYPE: type }
    await readSecretsAhead(secrets, toSettings(clients), environment, clock)
    assert.equal(reads.length, expected)
  })
}
