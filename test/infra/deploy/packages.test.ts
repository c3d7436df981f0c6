import assert from 'node:assert/strict'
import { test } from 'node:test'
import { choosePackage, findDeployedPackage } from '../../../infra/deploy/packages.ts'
import { choosePrunable } from '../../../infra/gradual/versions.ts'

const toName = (ms: number) => `${ms}-${new Date(ms).toISOString()}`
const [first = '', second = '', third = ''] = [
  1_790_000_000_000, 1_791_000_000_000, 1_792_000_000_000,
].map(toName)
const names = [second, third, first]

test('the way back leads to the package before the deployed one, whatever is newer', () => {
  assert.deepEqual(choosePackage(names, third, undefined), {
    ...{ ok: true, name: second, timestamp: '1791000000000' },
  })
  const chosen = choosePackage(names, second, undefined)
  assert.ok(chosen.ok && chosen.name === first)
})

test('a wanted package is found by each form of its timestamp that osls prints', () => {
  for (const wanted of ['1790000000000', new Date(1_790_000_000_000).toISOString()]) {
    const chosen = choosePackage(names, third, wanted)
    assert.ok(chosen.ok && chosen.name === first, wanted)
  }
})

test('where there is no way back, the packages that are there are named', () => {
  const none = choosePackage(names, first, undefined)
  assert.ok(!none.ok)
  assert.match(
    none.problem,
    /^no package is older than the deployed one; the bucket has 1790000000000/,
  )
  const unknown = choosePackage([], first, 'yesterday')
  assert.ok(!unknown.ok)
  assert.equal(unknown.problem, 'there is no package yesterday; the bucket has none')
})

test('the deployed package is found in the place that a function comes from', () => {
  const key = `serverless/token-proxy/dev/${second}/oauth2.zip`
  assert.equal(findDeployedPackage(JSON.stringify({ Code: { S3Key: key } })), second)
  assert.equal(findDeployedPackage('{}'), undefined)
})

test('five old versions stay, and none that an alias leads to is deleted', () => {
  const versions = ['$LATEST', ...Array.from({ length: 12 }, (_, index) => `${index + 1}`)]
  assert.deepEqual(choosePrunable(versions, ['12', '3']), ['6', '5', '4', '2', '1'])
  assert.deepEqual(choosePrunable(['$LATEST', '1'], []), [])
})
