import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joinReplica, toPrimaryName } from '../../../infra/regions/pair.ts'
import { parseStage } from '../../../infra/stage.ts'

const multiRegionKey = 'arn:aws:kms:eu-central-1:123456789012:key/mrk-0123456789abcdef'
const primary = {
  region: 'eu-central-1',
  publicUrl: 'https://auth.example.com',
  rotateSecretsDays: 90,
  memoryMb: 1024,
  alarmEmails: ['ops@example.com'],
  clients: [
    {
      name: 'web',
      clientId: '1example',
      secretId: 'token-proxy/web',
      domain: 'https://login.example.com',
      userPoolId: 'eu-central-1_Pool1',
      origins: ['https://shop.example.com'],
      redirectUris: ['https://shop.example.com/callback'],
    },
    { name: 'bare', clientId: '2example', secretId: 'token-proxy/bare' },
  ],
}
const own = { replicaOf: 'prod', region: 'eu-west-1' }

const problemsOf = (changes: object, of: object = primary) => {
  const joined = joinReplica({ ...own, ...changes }, { ...of }, 'prod')
  return joined.ok ? [] : joined.problems
}

test('a second Region takes everything from the primary one, rotates nothing and reads its own replica', () => {
  const joined = joinReplica({ ...own, memoryMb: 512 }, primary, 'prod')
  assert.ok(joined.ok)
  const { clients, ...stage } = joined.value
  assert.deepEqual(stage, {
    ...own,
    publicUrl: primary.publicUrl,
    rotateSecretsDays: 0,
    memoryMb: 512,
    alarmEmails: primary.alarmEmails,
  })
  const [web, bare] = primary.clients
  assert.deepEqual(clients, [{ ...web, userPoolRegion: 'eu-west-1' }, bare])
})

test('what is joined is a stage that can be deployed, with the settings of both alike', () => {
  const [web] = primary.clients
  const joined = joinReplica(own, { ...primary, clients: [web] }, 'prod')
  assert.ok(joined.ok)
  const [first, second] = [parseStage({ ...primary, clients: [web] }), parseStage(joined.value)]
  assert.ok(first.ok && second.ok, JSON.stringify([first, second]))
  const [one] = first.stage.settings.clients.values()
  const [other] = second.stage.settings.clients.values()
  assert.deepEqual(other, { ...one, userPoolRegion: 'eu-west-1' })
})

test('what both must have alike may only be said once', () => {
  assert.deepEqual(
    problemsOf({ clients: [], publicUrl: '', cookieKeySecret: 'key', rotateSecretsDays: 0 }),
    ['clients', 'publicUrl', 'cookieKeySecret', 'rotateSecretsDays'].map(
      (field) => `${field} is taken from stages/prod.json, and must not be here`,
    ),
  )
})

test('a pair has two Regions, and one primary', () => {
  assert.deepEqual(problemsOf({ region: 'eu-central-1' }), [
    'region is that of stages/prod.json, and must be another one',
  ])
  assert.deepEqual(problemsOf({}, { ...primary, replicaOf: 'other' }), [
    'replicaOf names prod, a replica itself',
  ])
})

test('CloudFront in front of one Region cannot serve two', () => {
  assert.deepEqual(problemsOf({}, { ...primary, edge: 'required' }), [
    'edge of stages/prod.json must be off: its CloudFront leads to one Region',
  ])
  assert.deepEqual(problemsOf({}, { ...primary, edge: 'off' }), [])
})

test('an ARN of the primary Region is never taken along, but for a key that all Regions have', () => {
  const arn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:web'
  const [web] = primary.clients
  assert.deepEqual(problemsOf({}, { ...primary, clients: [{ ...web, secretId: arn }] }), [
    'clients[0].secretId of stages/prod.json must be a name: an ARN leads to one Region',
  ])
  assert.deepEqual(problemsOf({}, { ...primary, cookieKeySecret: arn }), [
    'cookieKeySecret of stages/prod.json must be a name: an ARN leads to one Region',
  ])
  const key = 'arn:aws:kms:eu-central-1:123456789012:key/0123'
  assert.deepEqual(problemsOf({}, { ...primary, secretsKmsKey: key }), [
    'secretsKmsKey is missing: that of stages/prod.json is in eu-central-1',
  ])
  assert.deepEqual(problemsOf({ secretsKmsKey: 'arn:x' }, { ...primary, secretsKmsKey: key }), [])
  const elsewhere = 'arn:aws:acm:us-east-1:123456789012:certificate/0123'
  assert.deepEqual(problemsOf({}, { ...primary, other: elsewhere }), [])
  const joined = joinReplica(own, { ...primary, secretsKmsKey: multiRegionKey }, 'prod')
  assert.ok(joined.ok)
  assert.equal(
    joined.value['secretsKmsKey'],
    'arn:aws:kms:eu-west-1:123456789012:key/mrk-0123456789abcdef',
  )
})

test('a stage names its primary, or is none of a second Region', () => {
  assert.equal(toPrimaryName(own), 'prod')
  assert.equal(toPrimaryName({ replicaOf: 7 }), undefined)
  assert.equal(toPrimaryName({}), undefined)
})
