import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findTarget } from '../../../core/explain/look-target.ts'
import type { Named } from '../../../core/explain/named.ts'
import { toStage } from '../../fixtures/infra/alarms-of-stage.ts'

const { settings } = toStage()
const [known] = settings.clients.values()
assert.ok(known !== undefined)

const nothing: Named = {
  ...{ clientId: undefined, userPoolId: undefined, domain: undefined },
  ...{ redirectUri: undefined, alias: undefined },
}
const find = (named: Partial<Named>, hasStage = true) =>
  findTarget({ ...nothing, ...named }, hasStage ? settings : undefined)

test('a client of the stage is looked at with the domain of the stage, whatever the text names', () => {
  for (const named of [{ clientId: known.clientId }, { alias: known.name }]) {
    const target = find({ ...named, domain: 'https://evil.example' })
    assert.equal(target?.clientId, known.clientId)
    assert.equal(target?.domain, known.domain)
    assert.equal(target?.isOwnDomain, true)
  }
})

test('the domain of a text is only a name', () => {
  const domain = 'https://shop.auth.eu-west-1.amazoncognito.com'
  const target = find({ clientId: 'another', domain }, false)
  assert.deepEqual(target, {
    ...{ clientId: 'another', userPoolId: undefined, domain, redirectUri: undefined },
    ...{ isOwnDomain: false, region: 'eu-west-1' },
  })
})

test('the Region is that of the user pool, where the text names one', () => {
  const target = find({ clientId: 'another', userPoolId: 'us-east-1_Abc' })
  assert.equal(target?.region, 'us-east-1')
})

test('the alias of another client is no help where the text names an id', () => {
  assert.equal(find({ clientId: 'another', alias: known.name }), undefined)
})

test('without a client, or a way to its user pool, there is nothing to look at', () => {
  assert.equal(find({}), undefined)
  assert.equal(find({ userPoolId: 'us-east-1_Abc' }), undefined)
  assert.equal(find({ clientId: 'another' }), undefined)
  assert.equal(find({ alias: known.name }, false), undefined)
})
