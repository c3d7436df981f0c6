import assert from 'node:assert/strict'
import { json } from 'node:stream/consumers'
import test, { type TestContext } from 'node:test'
import { openPoolDescriber } from '../../../adapters/evidence/pool-describer.ts'
import { openAwsEndpoints } from '../../../local/aws/endpoints.ts'
import { openSecretStore } from '../../../local/aws/secrets/store.ts'
import { openHttpServer } from '../../fixtures/adapters/loopback-servers.ts'
import { toClient } from '../../fixtures/core/sample-client.ts'
import { makePool } from '../../fixtures/local/aws-fixture.ts'

/** The describer, through the real SDK, before describe calls on loopback. */
async function open(t: TestContext) {
  const pool = makePool()
  const aws = await openAwsEndpoints({ port: 0, secrets: openSecretStore(), pools: [pool] })
  process.env['AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER'] = aws.url
  process.env['AWS_ACCESS_KEY_ID'] = 'loopback'
  process.env['AWS_SECRET_ACCESS_KEY'] = 'loopback'
  const describer = openPoolDescriber()
  t.after(async () => {
    describer.close()
    await aws.close()
  })
  const client = toClient({ clientId: 'client1', userPoolId: pool.poolId })
  const { signal } = new AbortController()
  return { pool, aws, describer, client, signal }
}

test('an app client is reduced to what tells causes apart', async (t) => {
  const { describer, client, signal, pool } = await open(t)
  const described = await describer.describe('client', client, signal)
  assert.ok(described !== undefined && described !== 'absent')
  assert.equal(described.secret?.reveal(), 'old')
  const { allowsCode, isOAuthEnabled, callbackUrls, isRevocationEnabled, isRotating } = described
  assert.deepEqual(
    { allowsCode, isOAuthEnabled, callbackUrls, isRevocationEnabled, isRotating },
    {
      allowsCode: true,
      isOAuthEnabled: true,
      callbackUrls: ['https://app.example/callback'],
      isRevocationEnabled: true,
      isRotating: true,
    },
  )
  assert.ok(!JSON.stringify(described).includes('"new"'), 'the secret does not print itself')
  for (const one of pool.appClients) Object.assign(one, { secrets: [], allowedOAuthFlows: [] })
  const broken = await describer.describe('client', client, signal)
  assert.ok(broken !== undefined && broken !== 'absent')
  assert.deepEqual([broken.secret, broken.allowsCode], [undefined, false])
})

test('secrets are counted, the pool and the domain described', async (t) => {
  const { describer, client, signal, pool, aws } = await open(t)
  assert.deepEqual(await describer.describe('activeSecrets', client, signal), {
    count: 2,
    oldestAtSeconds: 1,
  })
  assert.deepEqual(await describer.describe('pool', client, signal), {
    hasDeviceTracking: true,
    hasDomain: false,
  })
  pool.domainPoolId = 'eu-central-1_b'
  const domain = await describer.describe('domain', client, signal)
  assert.ok(domain !== undefined && domain !== 'absent')
  assert.equal(domain.userPoolId, 'eu-central-1_b')
  assert.deepEqual(aws.calls.at(-1)?.body, { Domain: 'shop' })
  const custom = { ...client, domain: 'https://login.shop.example' }
  await describer.describe('domain', custom, signal)
  assert.deepEqual(aws.calls.at(-1)?.body, { Domain: 'login.shop.example' })
})

test('a pool has the domain that it names its own, whether by prefix or custom', async (t) => {
  const { describer, client, signal, pool } = await open(t)
  const ask = async (domain: string) => {
    const described = await describer.describe('pool', { ...client, domain }, signal)
    assert.ok(described !== undefined && described !== 'absent')
    return described.hasDomain
  }
  assert.equal(await ask('http://127.0.0.1:3000'), true)
  assert.equal(await ask('https://login.shop.example'), false)
  pool.domainPoolId = 'eu-central-1_b'
  assert.equal(await ask('http://127.0.0.1:3000'), false)
})

test('missing properties are absent', async (t) => {
  const { describer, client, signal } = await open(t)
  for (const other of [
    { ...client, clientId: 'gone' },
    { ...client, userPoolId: 'eu-central-1_gone' },
  ]) {
    assert.equal(await describer.describe('client', other, signal), 'absent')
  }
})

test('no permission and no answer are no evidence, and never a failure', async (t) => {
  const { describer, client, signal, aws } = await open(t)
  aws.denyCognito(true)
  assert.equal(await describer.describe('client', client, signal), undefined)
  assert.equal(aws.calls.length, 1, 'the SDK asks once')
  aws.denyCognito(false)
  aws.silenceCognito(true)
  assert.equal(await describer.describe('client', client, AbortSignal.timeout(50)), undefined)
})

/** The describer before an API that answers every call with the same. */
async function openAnswered(t: TestContext, answer: object) {
  const bodies: unknown[] = []
  const server = await openHttpServer(t, async (request, response) => {
    bodies.push(await json(request))
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
    response.end(JSON.stringify(answer))
  })
  process.env['AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER'] = `http://127.0.0.1:${server.port}`
  process.env['AWS_ACCESS_KEY_ID'] = 'loopback'
  process.env['AWS_SECRET_ACCESS_KEY'] = 'loopback'
  const describer = openPoolDescriber()
  t.after(() => describer.close())
  const client = toClient({ userPoolId: 'eu-central-1_a' })
  const { signal } = new AbortController()
  return { describer, bodies, client, signal }
}

test('a missing setting is off, except for the attributes, which are all readable by default', async (t) => {
  const { describer, client, signal } = await openAnswered(t, { UserPoolClient: {} })
  const described = await describer.describe('client', client, signal)
  assert.ok(described !== undefined && described !== 'absent')
  const { allowsCode, isOAuthEnabled, isRevocationEnabled, isRotating } = described
  assert.deepEqual(
    [allowsCode, isOAuthEnabled, isRevocationEnabled, isRotating],
    Array(4).fill(false),
  )
  assert.deepEqual([described.callbackUrls, described.scopes], [[], []])
  assert.equal(described.readAttributes, undefined)
})

test('the attributes that an app client may read are those that it names', async (t) => {
  const answer = { UserPoolClient: { ReadAttributes: ['email'], AllowedOAuthScopes: ['openid'] } }
  const { describer, client, signal } = await openAnswered(t, answer)
  const described = await describer.describe('client', client, signal)
  assert.ok(described !== undefined && described !== 'absent')
  assert.deepEqual([described.readAttributes, described.scopes], [['email'], ['openid']])
})

test('one page of several is not the number of all secrets', async (t) => {
  const whole = await openAnswered(t, { ClientSecrets: [{}] })
  assert.deepEqual(await whole.describer.describe('activeSecrets', whole.client, whole.signal), {
    count: 1,
    oldestAtSeconds: undefined,
  })
  const page = await openAnswered(t, { ClientSecrets: [{}], NextToken: 'more' })
  assert.equal(await page.describer.describe('activeSecrets', page.client, page.signal), undefined)
})

test('the oldest secret is identified by its date if each has one', async (t) => {
  const newer = { ClientSecretCreateDate: 1_710_000_000 }
  const older = { ClientSecretCreateDate: 1_700_000_000 }
  for (const [ClientSecrets, oldestAtSeconds] of [
    [[newer, older], 1_700_000_000],
    [[newer], 1_710_000_000],
    [[older, {}], undefined],
    [[], undefined],
  ] as const) {
    const { describer, client, signal } = await openAnswered(t, { ClientSecrets })
    assert.deepEqual(await describer.describe('activeSecrets', client, signal), {
      count: ClientSecrets.length,
      oldestAtSeconds,
    })
  }
})

test('a described secret that is empty is none, and dates are seconds', async (t) => {
  for (const [answer, secret] of [
    [{ ClientSecret: 'one' }, 'one'],
    [{ ClientSecret: '' }, undefined],
    [{}, undefined],
  ] as const) {
    const UserPoolClient = { ...answer, CreationDate: 1_700_000_000.5 }
    const { describer, client, signal } = await openAnswered(t, { UserPoolClient })
    const described = await describer.describe('client', client, signal)
    assert.ok(described !== undefined && described !== 'absent')
    assert.equal(described.secret?.reveal(), secret)
    assert.equal(described.createdAtSeconds, 1_700_000_000.5)
  }
})

test('a prefix domain is described by its prefix only in its own Region', async (t) => {
  const { describer, bodies, client, signal } = await openAnswered(t, { DomainDescription: {} })
  for (const [domain, name] of [
    ['shop.auth.eu-central-1.amazoncognito.com', 'shop'],
    ['shop.auth-fips.eu-central-1.amazoncognito.com', 'shop'],
    ['shop.auth.us-east-1.amazoncognito.com', 'shop.auth.us-east-1.amazoncognito.com'],
  ]) {
    await describer.describe('domain', { ...client, domain: `https://${domain}` }, signal)
    assert.deepEqual(bodies.at(-1), { Domain: name })
  }
})
