import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPoolSecrets } from '../../../adapters/rotation/pool-secrets.ts'
import { Secret } from '../../../core/secret.ts'
import { openAwsEndpoints } from '../../../local/aws/endpoints.ts'
import { openSecretStore } from '../../../local/aws/secrets/store.ts'
import { toClient } from '../../fixtures/core/sample-client.ts'
import { makePool } from '../../fixtures/local/aws-fixture.ts'

test('a secret that is added has the id by which it is listed and deleted, over the wire', async (t) => {
  const pool = makePool()
  const aws = await openAwsEndpoints({ port: 0, secrets: openSecretStore(), pools: [pool] })
  t.after(() => aws.close())
  process.env['AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER'] = aws.url
  process.env['AWS_ACCESS_KEY_ID'] = 'loopback'
  process.env['AWS_SECRET_ACCESS_KEY'] = 'loopback'
  const secrets = openPoolSecrets()
  t.after(() => secrets.close())
  const client = toClient({ clientId: 'client1', userPoolId: pool.poolId })
  const list = async () => {
    const listed = await secrets.list(client)
    return listed.ok ? listed.value.map(({ id }) => id) : assert.fail(listed.cause)
  }
  const [kept = '', given = ''] = await list()
  assert.equal((await secrets.delete(client, given)).ok, true)
  assert.deepEqual(await list(), [kept])
  const added = await secrets.add(client, new Secret('a0value0of0the0rotation0itself'))
  assert.ok(added.ok)
  assert.deepEqual(await list(), [kept, added.value])
  assert.equal((await secrets.delete(client, added.value ?? '')).ok, true)
  assert.deepEqual(await list(), [kept])
})
