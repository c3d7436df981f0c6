import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askPair } from '../../../adapters/doctor/pair.ts'
import { judgePair, pairCheckNames } from '../../../core/doctor/pair.ts'
import { webClient } from '../../fixtures/conformance/proxy.ts'
import { openTwoRegions, type TwoRegions } from '../../fixtures/conformance/two-regions.ts'
import { hangMs } from '../../fixtures/patience.ts'

async function check({ primary, second }: TwoRegions) {
  const found = await askPair([primary.stage, second.stage])
  return { found, ...judgePair(found) }
}

test('two Regions are compared by the calls of an operator, and no value is kept', {
  timeout: hangMs,
}, async (t) => {
  const regions = await openTwoRegions(t)
  const { primary, second, awsUrl } = regions
  const before = { ...process.env }
  t.after(() => {
    process.env = before
  })
  Object.assign(process.env, {
    ...{ AWS_ENDPOINT_URL: awsUrl, AWS_REGION: 'us-east-1' },
    ...{ AWS_ACCESS_KEY_ID: 'loopback', AWS_SECRET_ACCESS_KEY: 'loopback' },
  })
  const failed = async () =>
    (await check(regions)).checks
      .filter(({ status }) => status !== 'ok')
      .map(({ name, status }) => `${name} ${status}`)

  const { checks, found, isWell } = await check(regions)
  assert.ok(isWell, JSON.stringify(checks))
  assert.deepEqual(
    checks.map(({ name, status }) => [name, status]),
    pairCheckNames.map((name) => [name, 'ok']),
  )
  const value = primary.visitor.client.secrets[0]?.value ?? assert.fail('no secret')
  assert.ok(!JSON.stringify(found).includes(value))

  const [client] = second.config.appClients
  assert.ok(client)
  client.callbackUrls.push('https://new.example/callback')
  assert.deepEqual(await failed(), ['same_app_client failed'])
  client.callbackUrls.pop()

  second.secrets.put(webClient.secretId, 'another+one_0123456789abcdef')
  assert.deepEqual(await failed(), ['same_secret failed'])
  second.secrets.empty(webClient.secretId)
  assert.deepEqual(await failed(), ['same_secret failed'])
  second.secrets.put(webClient.secretId, value)

  second.aws.denyCognito(true)
  assert.deepEqual(await failed(), ['same_app_client warning'])
  second.aws.denyCognito(false)

  primary.config.issuerType = 'ORIGINAL'
  assert.deepEqual(await failed(), ['one_issuer failed'])
  primary.config.issuerType = 'UPDATED'

  regions.failPrimary()
  assert.deepEqual(await failed(), [
    ...['same_secret skipped', 'same_app_client warning', 'one_issuer skipped'],
  ])
})
