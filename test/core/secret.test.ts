import assert from 'node:assert/strict'
import { test } from 'node:test'
import { format, inspect } from 'node:util'
import { Secret } from '../../core/secret.ts'

const canary = 'canary-of-the-secret'
const secret = new Secret(canary)

const prints: readonly (readonly [string, () => string])[] = [
  ['JSON', () => JSON.stringify({ secret, list: [secret] })],
  ['a template', () => `${secret}`],
  ['String', () => String(secret)],
  ['util.inspect', () => inspect(secret)],
  ['util.inspect of what holds it', () => inspect({ deep: { secret } }, { depth: null })],
  ['util.inspect with hidden fields', () => inspect(secret, { showHidden: true })],
  ['util.inspect without custom printing', () => inspect(secret, { customInspect: false })],
  ['util.format', () => format('%s %o %O %j %d', secret, secret, secret, secret, secret)],
  ['the message of an error', () => inspect(new Error(`refused ${secret}`, { cause: secret }))],
  ['the name of its type', () => Object.prototype.toString.call(secret)],
  ['a spread', () => JSON.stringify({ ...secret })],
  ['its own keys', () => JSON.stringify(Reflect.ownKeys(secret))],
  ['structuredClone', () => inspect(structuredClone(secret), { showHidden: true })],
  ['Object.assign', () => inspect(Object.assign({}, secret))],
]

for (const [where, print] of prints) {
  test(`a secret shows no part of its value in ${where}`, () => {
    const text = print()
    assert.ok(!text.includes(canary), text)
    assert.ok(!text.includes(canary.slice(0, 8)), text)
  })
}

test('a secret reads [redacted] in JSON, templates and util.inspect', () => {
  assert.equal(JSON.stringify([secret]), '["[redacted]"]')
  assert.equal(`${secret}`, '[redacted]')
  assert.equal(secret.toString(), '[redacted]')
  assert.equal(inspect(secret), '[redacted]')
  assert.equal(inspect([secret]), '[ [redacted] ]')
  assert.equal(Object.prototype.toString.call(secret), '[object Secret]')
  assert.equal(new Error(`${secret}`).message, '[redacted]')
})

test('a secret counts as no number', () => {
  assert.ok(Number.isNaN(Number(secret)))
})

test('a secret gives its value through reveal alone', () => {
  assert.equal(secret.reveal(), canary)
})

const pairs: readonly (readonly [string, string, boolean])[] = [
  ['', '', true],
  ['a', 'a', true],
  ['secret', 'secret', true],
  ['secret', 'Secret', false],
  ['secret', 'secreT', false],
  ['secret', 'secre', false],
  ['secre', 'secret', false],
  ['', 'a', false],
  ['a', '', false],
  // Differences that would cancel each other out if they were summed instead of gathered.
  ['ab', 'ba', false],
  ['aa', 'bb', false],
  ['abcd', 'badc', false],
  ['\u0000', '', false],
  ['é', 'e', false],
]

for (const [mine, theirs, expected] of pairs) {
  const verb = expected ? 'equals' : 'does not equal'
  test(`${JSON.stringify(mine)} ${verb} ${JSON.stringify(theirs)} as a secret`, () => {
    assert.equal(new Secret(mine).equals(new Secret(theirs)), expected)
  })
}
