// What Secrets Manager asks of the built function where rotation is switched on and does not begin at once.
import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { addVersion, findByStage } from '../../../local/aws/secrets/versions.ts'
import { webClient } from '../../fixtures/conformance/proxy.ts'
import { openRotatingWorld } from '../../fixtures/conformance/rotating-world.ts'
import { hangMs } from '../../fixtures/patience.ts'

const cookieKey = 'token-proxy/cookie-key'

test('to switch rotation on is no failure, whatever the version of the test holds', {
  timeout: hangMs,
}, async (t) => {
  const world = await openRotatingWorld(t, { TOKEN_PROXY_COOKIE_KEY_SECRET: cookieKey })
  const { aws, secrets } = world
  secrets.put(cookieKey, randomBytes(32).toString('base64'))
  for (const SecretId of [webClient.secretId, cookieKey]) {
    const stored = secrets.secrets.get(SecretId) ?? assert.fail()
    const before = [...stored.versions.keys()]
    await aws.call('secretsmanager.RotateSecret', { SecretId, RotateImmediately: false })
    await aws.rotations.settled()
    assert.equal(aws.rotations.progress.get(SecretId)?.state, 'done')
    assert.deepEqual([...stored.versions.keys()], before)
    // Another reading of the documentation: the version has the current value.
    const ClientRequestToken = randomUUID()
    addVersion(stored, ClientRequestToken, findByStage(stored, 'AWSCURRENT')?.value, ['AWSPENDING'])
    assert.equal(
      await world.invoke({ Step: 'testSecret', SecretId, ClientRequestToken, RotationToken: 'a' }),
      true,
    )
  }
  assert.deepEqual(
    world.steps().map(({ client, rotation_step, cause }) => [client, rotation_step, cause]),
    ['web', 'web', 'cookie-key', 'cookie-key'].map((name) => [name, 'test', undefined]),
  )
})
