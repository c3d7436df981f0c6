import assert from 'node:assert/strict'
import { test } from 'node:test'
import { overlapStays, parseRotationEvent } from '../../../core/rotation/event.ts'
import { toTargets } from '../../../core/rotation/target.ts'
import { toClient } from '../../fixtures/core/sample-client.ts'

const arn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:'
const shop = toClient()
const web = toClient({ name: 'web', clientId: 'client2', secretId: 'shared' })
const app = toClient({ name: 'app', clientId: 'client3', secretId: 'shared' })
const clients = new Map([shop, web, app].map((client) => [client.clientId, client]))
const targets = toTargets({ clients, cookieKeySecret: 'token-proxy/cookie-key' })

const token = '3f2b9c4e-0000-4000-8000-000000000000'
const step = {
  Step: 'createSecret',
  SecretId: `${arn}token-proxy/shop-AbCdEf`,
  ClientRequestToken: token,
  RotationToken: 'not used',
}

const spellings = [
  ...['createSecret', 'setSecret', 'testSecret', 'finishSecret'],
  ...['create_secret', 'set_secret', 'test_secret', 'finish_secret'],
]

for (const Step of spellings) {
  test(`takes the step ${Step}`, () => {
    const request = parseRotationEvent({ ...step, Step }, targets)
    assert.deepEqual(request, {
      ...{ ok: true, asks: 'step', token, target: { is: 'client', client: shop } },
      step: Step.replace(/_?[sS]ecret$/, ''),
    })
  })
}

test('finds the key of the cookies by its secret', () => {
  const SecretId = `${arn}token-proxy/cookie-key-AbCdEf`
  const request = parseRotationEvent({ ...step, SecretId }, targets)
  assert.ok(request.ok && request.asks === 'step')
  assert.deepEqual(request.target, { is: 'cookie_key', secretId: 'token-proxy/cookie-key' })
})

for (const source of ['aws.events', 'aws.scheduler']) {
  test(`takes what ${source} sends as the schedule that ends overlaps`, () => {
    assert.deepEqual(parseRotationEvent({ source, detail: {} }, targets), {
      ok: true,
      asks: 'overlap_ends',
    })
  })
}

test('treats a schedule that does not end overlaps as a check for lateness', () => {
  assert.deepEqual(parseRotationEvent(overlapStays, targets), { ok: true, asks: 'lateness' })
})

const refused: readonly (readonly [string, unknown, string])[] = [
  ['no object', 'createSecret', 'not_an_event'],
  ['nothing', null, 'not_an_event'],
  ['an event of another kind', { source: 'aws.s3' }, 'not_an_event'],
  ['a secret that is no text', { ...step, SecretId: 1 }, 'not_an_event'],
  ['a step of no rotation', { ...step, Step: 'deleteSecret' }, 'step_unknown'],
  ['a step in other letters', { ...step, Step: 'CREATESECRET' }, 'step_unknown'],
  ['no step', { ...step, Step: undefined }, 'step_unknown'],
  ['a token that no version can have', { ...step, ClientRequestToken: 'short' }, 'token_missing'],
  ['no token', { ...step, ClientRequestToken: undefined }, 'token_missing'],
  ['a secret of nobody here', { ...step, SecretId: `${arn}other-AbCdEf` }, 'secret_unknown'],
  ['a secret of two clients', { ...step, SecretId: `${arn}shared-AbCdEf` }, 'secret_shared'],
]

for (const [what, event, seen] of refused) {
  test(`refuses ${what}: ${seen}`, () => {
    assert.deepEqual(parseRotationEvent(event, targets), {
      ...{ ok: false, cause: 'rotation_event_unknown', evidence: [seen] },
    })
  })
}
