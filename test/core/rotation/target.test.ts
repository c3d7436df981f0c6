import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  isSameSecret,
  isShared,
  toSecretId,
  toTargetName,
  toTargets,
} from '../../../core/rotation/target.ts'
import { toClient } from '../../fixtures/core/sample-client.ts'

const arn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:'
const elsewhere = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:'

const pairs: readonly (readonly [configured: string, given: string, isSame: boolean])[] = [
  ['shop', 'shop', true],
  ['shop', `${arn}shop-AbCdEf`, true],
  [`${arn}shop`, `${arn}shop-AbCdEf`, true],
  [`${arn}shop-AbCdEf`, `${arn}shop-AbCdEf`, true],
  [`${arn}shop-AbCdEf`, 'shop', true],
  [`${arn}shop`, 'shop', true],
  [`${arn}shop-AbCdEf`, `${arn}shop`, true],
  ['shop', 'web', false],
  ['shop', `${arn}web-AbCdEf`, false],
  ['shop', `${arn}shop-web-AbCdEf`, false],
  ['shop-AbCdEf', `${arn}shop-AbCdEf`, false],
  ['shop-AbCdEf', `${arn}shop-AbCdEf-GhIjKl`, true],
  ['shop', 'shop-AbCdEf', false],
  [`${arn}shop-AbCdEf`, `${elsewhere}shop-AbCdEf`, false],
  [`${arn}shop`, `${elsewhere}shop-AbCdEf`, false],
]

for (const [configured, given, isSame] of pairs) {
  test(`${configured} in the settings is ${isSame ? '' : 'not '}${given} of an event`, () => {
    assert.equal(isSameSecret(configured, given), isSame)
  })
}

test('every client can rotate, and the key of the cookies where there is one', () => {
  const shop = toClient()
  const clients = new Map([[shop.clientId, shop]])
  assert.deepEqual(toTargets({ clients, cookieKeySecret: '' }).map(toTargetName), ['shop'])
  const targets = toTargets({ clients, cookieKeySecret: 'key' })
  assert.deepEqual(targets.map(toTargetName), ['shop', 'cookie-key'])
  assert.deepEqual(targets.map(toSecretId), ['token-proxy/shop', 'key'])
})

test('a secret that two clients have is shared, by whichever name', () => {
  for (const [secretId, expected] of [
    ['token-proxy/shop', [true, true]],
    [`${arn}token-proxy/shop-AbCdEf`, [true, true]],
    ['token-proxy/phone', [false, false]],
  ] as const) {
    const clients = [toClient(), toClient({ clientId: 'client2', name: 'phone', secretId })]
    const byId = new Map(clients.map((client) => [client.clientId, client]))
    const targets = toTargets({ clients: byId, cookieKeySecret: '' })
    assert.deepEqual(
      targets.map((target) => isShared(target, targets)),
      expected,
    )
  }
})
