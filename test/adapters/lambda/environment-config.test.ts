import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadConfig } from '../../../adapters/lambda/environment-config.ts'

const cases = [
  { says: 'a value of the environment', found: 'set', byDefault: 'default', value: 'set' },
  { says: 'the default', found: undefined, byDefault: 'default', value: 'default' },
  { says: 'the computed default', found: undefined, byDefault: () => 'made', value: 'made' },
]
for (const { says, found, byDefault, value } of cases) {
  test(`the configuration of the SDK takes ${says}`, async () => {
    const load = loadConfig<string>({
      environmentVariableSelector: () => found,
      default: byDefault,
    })
    assert.equal(await load(), value)
  })
}

test('the configuration of the SDK is read once, when it is first wanted', async () => {
  let reads = 0
  const environmentVariableSelector = () => {
    reads += 1
    return String(reads)
  }
  const load = loadConfig({ environmentVariableSelector, default: '' })
  assert.equal(reads, 0)
  assert.deepEqual([await load(), await load()], ['1', '1'])
})

test('a value of the environment that the SDK cannot read counts as none', async () => {
  const environmentVariableSelector = () => {
    throw new Error('Cannot load env AWS_USE_FIPS_ENDPOINT')
  }
  assert.equal(await loadConfig({ environmentVariableSelector, default: 'default' })(), 'default')
})
