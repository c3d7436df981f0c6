import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openAmazon } from '../../local/amazon.ts'
import { openAwsEndpoints } from '../../local/aws/endpoints.ts'
import { openSecretStore } from '../../local/aws/secrets/store.ts'
import { registerOrigin } from '../../local/world-config.ts'
import { openAwsRouter, primaryRegion, secondRegion } from '../fixtures/conformance/two-regions.ts'
import { npmEnvironment } from '../fixtures/end-to-end/npm-command.ts'
import { runScript } from '../fixtures/end-to-end/run-script.ts'
import { copyProject } from '../fixtures/infra/packaging.ts'
import { hangMs } from '../fixtures/patience.ts'

test('the secret is filled, checked and fixed in the Region of the stage, wherever the user pool is', {
  timeout: hangMs,
}, async (t) => {
  const opened = new AsyncDisposableStack()
  t.after(() => opened.disposeAsync())
  const { config, secrets: ofPool, aws, userPool } = await openAmazon(() => 0, {}, opened)
  registerOrigin(config, 'http://localhost:5173')
  const ofStage = openSecretStore()
  const other = await openAwsEndpoints({ port: 0, secrets: ofStage, pools: [config] })
  opened.defer(other.close)
  const awsUrl = await openAwsRouter(t, { [primaryRegion]: aws.url, [secondRegion]: other.url })
  const copy = copyProject()
  opened.defer(async () => copy.remove())
  const stage = join(copy.folder, 'stages', 'far.json')
  writeFileSync(stage, JSON.stringify({ region: secondRegion, clients: [] }))
  const run = (AWS_REGION: string, words: readonly string[]) =>
    runScript([...words], {
      cwd: copy.folder,
      env: {
        ...{ ...npmEnvironment, AWS_REGION, AWS_ENDPOINT_URL: awsUrl },
        ...{ AWS_ACCESS_KEY_ID: 'embedded', AWS_SECRET_ACCESS_KEY: 'embedded' },
      },
    })
  for (const region of [primaryRegion, secondRegion]) {
    const { status, stdout, stderr } = await run(region, [
      ...['tools/init.ts', '--user-pool-id', config.poolId, '--stage', 'far', '--yes'],
      ...['--client-id', '7demo0web0client1example22', '--domain', userPool.domainUrl],
    ])
    assert.equal(status, 0, stdout + stderr)
    assert.match(stdout, /✓ secret readable/)
  }
  assert.ok(!ofPool.secrets.has('token-proxy/far/web'))
  assert.deepEqual([...ofStage.secrets.keys()], ['token-proxy/far/web'])
  ofStage.breakWith('secret_gone')
  const { stdout } = await run(primaryRegion, ['tools/doctor.ts', '--stage', 'far'])
  assert.match(stdout, /describe-user-pool-client --region eu-central-1 --user-pool-id /)
  assert.match(stdout, / create-secret --region eu-west-1 --name token-proxy\/far\/web /)
})
